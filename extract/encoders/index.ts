export { openEncoders } from './open.ts'
export type { EncoderOptions, Encoders } from './open.ts'
