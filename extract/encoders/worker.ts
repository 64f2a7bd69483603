// A worker thread's side of the pool: opens a session for each model, answers tasks of windows for any of them.
import { parentPort, workerData } from 'node:worker_threads'
import { type DeviceName, openSession, type Session, type Window, type WindowOutput } from './onnx.ts'

export interface WorkerSetup<Model extends string = string> {
  /** ONNX files. */
  readonly models: Readonly<Record<Model, string>>
  readonly device: DeviceName
}
export interface WorkerRequest {
  readonly model: string
  readonly windows: readonly Window[]
}
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unavailable'; readonly message: string }
  | { readonly kind: 'outputs'; readonly outputs: readonly WindowOutput[] }

const port = parentPort!
const reply = (message: WorkerReply, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer)
const { models, device } = workerData as WorkerSetup

try {
  const sessions = new Map<string, Session>()
  for (const [model, path] of Object.entries(models)) sessions.set(model, await openSession(path, device))
  // A failing run is not caught: it ends the worker, and the pool starts another with fresh sessions.
  port.on('message', async ({ model, windows }: WorkerRequest) => {
    const outputs: WindowOutput[] = []
    for (const window of windows) outputs.push(await sessions.get(model)!.run(window))
    reply({ kind: 'outputs', outputs }, outputs.flatMap((output) => Object.values(output).map(({ buffer }) => buffer)))
  })
  reply({ kind: 'ready' })
} catch (error) {
  reply({ kind: 'unavailable', message: error instanceof Error ? error.message : String(error) })
  port.close()
}
