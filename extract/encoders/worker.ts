// A worker thread's side of the pool: opens one session, answers batches of windows with their pairs' vectors.
import { parentPort, workerData } from 'node:worker_threads'
import type { EncoderInput } from '../encoder.ts'
import { type DeviceName, openSession } from './onnx.ts'

export interface WorkerSetup {
  readonly modelPath: string
  readonly device: DeviceName
}
export interface WorkerRequest {
  readonly inputs: readonly EncoderInput[]
}
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'vectors'; readonly vectors: readonly Float32Array<ArrayBuffer>[] }

const port = parentPort!
const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
const { modelPath, device } = workerData as WorkerSetup

try {
  const session = await openSession(modelPath, device)
  // A failing run is not caught: it ends the worker, and the pool starts another with a fresh session.
  port.on('message', async ({ inputs }: WorkerRequest) => {
    const vectors: Float32Array<ArrayBuffer>[] = []
    for (const input of inputs) vectors.push((await session.run(input)) as Float32Array<ArrayBuffer>)
    reply({ kind: 'vectors', vectors }, vectors.map(({ buffer }) => buffer))
  })
  reply({ kind: 'ready' })
} catch (error) {
  reply({ kind: 'unavailable', message: error instanceof Error ? error.message : String(error) })
  port.close()
}
