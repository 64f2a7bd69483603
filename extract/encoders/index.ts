export { openEncoder } from './open.ts'
export type { EncoderOptions } from './open.ts'
