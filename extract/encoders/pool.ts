// N long-lived worker threads behind one queue. A crashed worker fails its own task (retryable) and is replaced.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { GraphloomError } from '../../errors.ts'
import type { EncoderInput } from '../encoder.ts'
import type { WorkerReply, WorkerRequest, WorkerSetup } from './worker.ts'

export interface Pool {
  /** Vectors of each window's pairs, in order. */
  run(inputs: readonly EncoderInput[]): Promise<readonly Float32Array[]>
  close(): Promise<void>
}

interface Task {
  readonly inputs: readonly EncoderInput[]
  resolve(vectors: readonly Float32Array[]): void
  reject(error: GraphloomError): void
}

interface Slot {
  worker: Worker
  task: Task | undefined
  ready: boolean
}

/** Starts `size` workers and waits until each has its model loaded; throws `model.device` when the device is not available. */
export async function startPool(setup: WorkerSetup, size: number): Promise<Pool> {
  const pool = new WorkerPool(setup)
  try {
    await Promise.all(Array.from({ length: size }, () => pool.start()))
  } catch (error) {
    await pool.close()
    throw error
  }
  return pool
}

class WorkerPool implements Pool {
  private readonly setup: WorkerSetup
  private readonly slots = new Set<Slot>()
  private readonly queue: Task[] = []
  private closed = false

  constructor(setup: WorkerSetup) {
    this.setup = setup
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const slot: Slot = { worker: spawn(this.setup), task: undefined, ready: false }
      this.slots.add(slot)
      let cause: unknown
      slot.worker.on('message', (message: WorkerReply) => {
        if (message.kind === 'unavailable') {
          reject(new GraphloomError('model.device', `The model does not run on ${this.setup.device}: ${message.message}`))
        } else if (message.kind === 'ready') {
          slot.ready = true
          slot.worker.unref()
          resolve()
          this.next()
        } else this.finish(slot, message.vectors)
      })
      slot.worker.on('error', (error) => { cause = error })
      slot.worker.on('exit', (code) => {
        reject(new GraphloomError('model.worker', `An encoder worker ended before it was ready (exit code ${code}).`, { cause, retryable: true }))
        this.lost(slot, code, cause)
      })
    })
  }

  run(inputs: readonly EncoderInput[]): Promise<readonly Float32Array[]> {
    if (this.closed) return Promise.reject(new GraphloomError('model.closed', 'The encoder was closed; open another one.'))
    return new Promise((resolve, reject) => {
      this.queue.push({ inputs, resolve, reject })
      this.next()
    })
  }

  async close(): Promise<void> {
    this.closed = true
    for (const task of this.queue.splice(0)) task.reject(new GraphloomError('model.closed', 'The encoder was closed before this text was encoded.', { retryable: true }))
    await Promise.all([...this.slots].map(({ worker }) => worker.terminate()))
  }

  private next(): void {
    for (const slot of this.slots) {
      if (this.queue.length === 0) return
      if (!slot.ready || slot.task) continue
      slot.task = this.queue.shift()!
      slot.worker.ref()
      // The inputs are copied: a caller may keep its own, and they are small.
      slot.worker.postMessage({ inputs: slot.task.inputs } satisfies WorkerRequest)
    }
  }

  private finish(slot: Slot, vectors: readonly Float32Array[]): void {
    const { task } = slot
    slot.task = undefined
    // Idle workers must not keep the process alive.
    slot.worker.unref()
    task?.resolve(vectors)
    this.next()
  }

  private lost(slot: Slot, code: number, cause: unknown): void {
    this.slots.delete(slot)
    slot.task?.reject(new GraphloomError('model.worker', `An encoder worker ended while it encoded (exit code ${code}); the document can be tried again.`, { retryable: true, cause }))
    slot.task = undefined
    // One that never was ready would fail again: its opener has been told.
    if (this.closed || !slot.ready) return
    this.start().catch((error: GraphloomError) => {
      if (this.slots.size === 0) for (const task of this.queue.splice(0)) task.reject(error)
    })
  }
}

/** The worker's file is `worker.js` after compilation; in a source tree it is `worker.ts`, and tsx is registered in the thread first. */
function spawn(workerData: WorkerSetup): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./worker.js', import.meta.url), { workerData })
  // `require.resolve` finds the CommonJS twin, which cannot register hooks from a thread.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api').replace(/cjs$/, 'mjs')).href
  const entry = new URL('./worker.ts', import.meta.url).href
  // `execArgv: ['--import', 'tsx']` has no effect in the threads of Node 20.
  const code = `import(${JSON.stringify(tsx)}).then((tsx) => { tsx.register(); return import(${JSON.stringify(entry)}) })`
  return new Worker(code, { eval: true, workerData })
}
