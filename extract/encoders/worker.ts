// A worker thread's side of the pool: opens one session, answers batches of sequences with their states.
import { parentPort, workerData } from 'node:worker_threads'
import { type DeviceName, openSession } from './onnx.ts'

export interface WorkerSetup {
  readonly modelPath: string
  readonly device: DeviceName
}
export interface WorkerRequest {
  readonly ids: readonly Int32Array[]
}
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'states'; readonly states: readonly Float32Array<ArrayBuffer>[] }

const port = parentPort!
const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
const { modelPath, device } = workerData as WorkerSetup

try {
  const session = await openSession(modelPath, device)
  // A failing run is not caught: it ends the worker, and the pool starts another with a fresh session.
  port.on('message', async ({ ids }: WorkerRequest) => {
    const states: Float32Array<ArrayBuffer>[] = []
    for (const sequence of ids) states.push((await session.run(sequence)) as Float32Array<ArrayBuffer>)
    reply({ kind: 'states', states }, states.map(({ buffer }) => buffer))
  })
  reply({ kind: 'ready' })
} catch (error) {
  reply({ kind: 'unavailable', message: error instanceof Error ? error.message : String(error) })
  port.close()
}
