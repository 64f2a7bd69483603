export { inspectCuda } from './cuda.ts'
export type { CudaProvider } from './cuda.ts'
export { openEncoders } from './open.ts'
export type { EncoderOptions, Encoders } from './open.ts'
