// N long-lived worker threads, each with every model, behind one queue. A crashed worker fails its own task (retryable) and is replaced.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { GraphloomError } from '../../errors.ts'
import type { Window, WindowOutput } from './onnx.ts'
import { cutTasks } from './tasks.ts'
import type { WorkerReply, WorkerRequest, WorkerSetup } from './worker.ts'

export interface Pool<Model extends string> {
  /** What `model` says of each window, in order. */
  run(model: Model, windows: readonly Window[]): Promise<readonly WindowOutput[]>
  close(): Promise<void>
}

interface Task extends WorkerRequest {
  resolve(outputs: readonly WindowOutput[]): void
  reject(error: GraphloomError): void
}

interface Slot {
  worker: Worker
  task: Task | undefined
  ready: boolean
  /** Told when the thread has come back from the native runtime, or is gone. */
  readonly idle: (() => void)[]
}

/** Starts `size` workers and waits until each has its models loaded; throws `model.device` when the device is not available. */
export async function startPool<Model extends string>(setup: WorkerSetup<Model>, size: number): Promise<Pool<Model>> {
  const pool = new WorkerPool<Model>(setup)
  try {
    await Promise.all(Array.from({ length: size }, () => pool.start()))
  } catch (error) {
    await pool.close()
    throw error
  }
  return pool
}

class WorkerPool<Model extends string> implements Pool<Model> {
  private readonly setup: WorkerSetup<Model>
  private readonly slots = new Set<Slot>()
  private readonly queue: Task[] = []
  private closed = false

  constructor(setup: WorkerSetup<Model>) {
    this.setup = setup
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const slot: Slot = { worker: spawn(this.setup), task: undefined, ready: false, idle: [] }
      this.slots.add(slot)
      let cause: unknown
      slot.worker.on('message', (message: WorkerReply) => {
        if (message.kind === 'unavailable') {
          reject(new GraphloomError('model.device', `The models do not run on ${this.setup.device}: ${message.message}`))
        } else if (message.kind === 'ready') {
          slot.ready = true
          slot.worker.unref()
          resolve()
          this.next()
        } else this.finish(slot, message.outputs)
        for (const tell of slot.idle.splice(0)) tell()
      })
      slot.worker.on('error', (error) => { cause = error })
      slot.worker.on('exit', (code) => {
        reject(new GraphloomError('model.worker', `An encoder worker ended before it was ready (exit code ${code}).`, { cause, retryable: true }))
        this.lost(slot, code, cause)
      })
    })
  }

  async run(model: Model, windows: readonly Window[]): Promise<readonly WindowOutput[]> {
    if (this.closed) throw new GraphloomError('model.closed', 'The encoders were closed; open them again.')
    const answers = cutTasks(windows).map((task) => new Promise<readonly WindowOutput[]>((resolve, reject) => this.queue.push({ model, windows: task, resolve, reject })))
    this.next()
    return (await Promise.all(answers)).flat()
  }

  async close(): Promise<void> {
    this.closed = true
    for (const task of this.queue.splice(0)) task.reject(new GraphloomError('model.closed', 'The encoders were closed before this text was encoded.', { retryable: true }))
    await Promise.all([...this.slots].map(async (slot) => {
      // A thread that is ended while it is inside the native runtime takes the whole process along: what is in hand is finished first.
      if (slot.task || !slot.ready) await new Promise<void>((tell) => slot.idle.push(tell))
      await slot.worker.terminate()
    }))
  }

  private next(): void {
    for (const slot of this.slots) {
      if (this.queue.length === 0) return
      if (!slot.ready || slot.task) continue
      slot.task = this.queue.shift()!
      slot.worker.ref()
      // The inputs are copied: a caller may keep its own, and they are small.
      slot.worker.postMessage({ model: slot.task.model, windows: slot.task.windows } satisfies WorkerRequest)
    }
  }

  private finish(slot: Slot, outputs: readonly WindowOutput[]): void {
    const { task } = slot
    slot.task = undefined
    // Idle workers must not keep the process alive.
    slot.worker.unref()
    task?.resolve(outputs)
    this.next()
  }

  private lost(slot: Slot, code: number, cause: unknown): void {
    this.slots.delete(slot)
    slot.task?.reject(new GraphloomError('model.worker', `An encoder worker ended while it encoded (exit code ${code}); the document can be tried again.`, { retryable: true, cause }))
    slot.task = undefined
    for (const tell of slot.idle.splice(0)) tell()
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
