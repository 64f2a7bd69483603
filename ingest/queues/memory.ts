// The in-process queue: the default where one machine does it all. Nothing outlives the process; the same command continues from the store.
import { setTimeout as sleep } from 'node:timers/promises'
import { GraphloomError } from '../../errors.ts'
import { addYields, backoffAfter, checkJob, failureOf, type Job, type JobFailure, type JobState, type JobStatus, type JobYield, NO_YIELD, QUEUE_DEFAULTS, type Queue, type QueueOptions, type Reference, type RunProgress, type Work } from '../queue.ts'

interface Entry<Ref extends Reference> {
  readonly job: Job<Ref>
  status: JobStatus
  attempts: number
  progress: number
  failure?: JobFailure
  /** Of an active job. */
  abort?: AbortController
  /** Of a delayed job. */
  timer?: NodeJS.Timeout
}

type Run = { -readonly [Key in keyof RunProgress]: RunProgress[Key] } & { stopped: boolean; yielded: JobYield }

/** Opens an empty queue in this process. */
export function openMemoryQueue<Ref extends Reference>(given: Partial<QueueOptions> = {}): Queue<Ref> {
  return new MemoryQueue<Ref>({ ...QUEUE_DEFAULTS, ...given })
}

class MemoryQueue<Ref extends Reference> implements Queue<Ref> {
  readonly #options: QueueOptions
  readonly #entries = new Map<string, Entry<Ref>>()
  readonly #waiting = new Set<Entry<Ref>>() // a set keeps the order and forgets in constant time
  readonly #active = new Set<Promise<void>>()
  readonly #runs = new Map<string, Run>()
  readonly #taken = new Set<() => void>()
  #work: Work<Ref> | undefined
  #concurrency = 0
  #paused = false

  constructor(options: QueueOptions) {
    this.#options = options
  }

  async add(jobs: Iterable<Job<Ref>> | AsyncIterable<Job<Ref>>, { signal }: { readonly signal?: AbortSignal } = {}) {
    let added = 0
    let known = 0
    for await (const job of jobs) {
      checkJob(job)
      const run = this.#run(job.run)
      if (await this.#full(run, signal)) break
      if (this.#entries.has(job.id)) known++
      else {
        added++
        run.pending++
        const entry: Entry<Ref> = { job, status: 'waiting', attempts: 0, progress: 0 }
        this.#entries.set(job.id, entry)
        this.#offer(entry)
      }
    }
    return { added, known }
  }

  async consume(work: Work<Ref>, { concurrency }: { readonly concurrency: number }) {
    if (this.#work) throw new GraphloomError('queue.consuming', 'This queue is being consumed already; open another one, or ask for more concurrency.')
    this.#work = work
    this.#concurrency = concurrency
    this.#take()
    return { stop: () => this.#stop() }
  }

  async counts() {
    const counts: Record<JobStatus, number> = { waiting: 0, delayed: 0, active: 0, failed: 0 }
    for (const { status } of this.#entries.values()) counts[status]++
    return counts
  }

  async progress(run: string) {
    const { pending, done, failed, cancelled } = this.#runs.get(run) ?? { pending: 0, done: 0, failed: 0, cancelled: 0 }
    return { pending, done, failed, cancelled }
  }

  async yielded(run: string) {
    return this.#runs.get(run)?.yielded ?? NO_YIELD
  }

  async find(id: string) {
    const entry = this.#entries.get(id)
    return entry && stateOf(entry)
  }

  async *failed() {
    const dead = [...this.#entries.values()].filter(({ status }) => status === 'failed').reverse()
    for (const entry of dead) if (entry.status === 'failed') yield stateOf(entry)
  }

  async retry(id: string) {
    const entry = this.#entries.get(id)
    if (entry?.status !== 'failed') return false
    const run = this.#run(entry.job.run)
    run.failed--
    run.pending++
    entry.attempts = 0
    delete entry.failure
    this.#offer(entry)
    return true
  }

  async cancel(which: { readonly id: string } | { readonly run: string }) {
    if ('run' in which) this.#run(which.run).stopped = true
    const entries = 'run' in which ? [...this.#entries.values()].filter(({ job }) => job.run === which.run) : [this.#entries.get(which.id)].filter((entry) => entry !== undefined)
    for (const entry of entries) {
      clearTimeout(entry.timer)
      if (entry.status === 'active') entry.abort?.abort()
      else this.#settle(entry, 'cancelled')
    }
    return entries.length
  }

  async pause() { this.#paused = true }
  async paused() { return this.#paused }
  async resume() {
    this.#paused = false
    this.#take()
  }

  async close() {
    await this.#stop()
    for (const { timer } of this.#entries.values()) clearTimeout(timer)
  }

  async #stop() {
    this.#concurrency = 0
    await Promise.all(this.#active)
  }

  /** Waits while too much is waiting; true when nothing more is to be added. */
  async #full(run: Run, signal: AbortSignal | undefined): Promise<boolean> {
    const { highWater } = this.#options
    if (this.#waiting.size >= highWater) {
      while (this.#waiting.size > highWater / 2 && !run.stopped && !signal?.aborted) await this.#someTaken()
    }
    return run.stopped || (signal?.aborted ?? false)
  }

  async #someTaken() {
    await new Promise<void>((resolve) => {
      this.#taken.add(resolve)
      void sleep(100).then(resolve) // an abort or a cancellation takes nothing
    })
  }

  #run(name: string): Run {
    const run = this.#runs.get(name) ?? { pending: 0, done: 0, failed: 0, cancelled: 0, stopped: false, yielded: NO_YIELD }
    this.#runs.set(name, run)
    return run
  }

  #offer(entry: Entry<Ref>) {
    entry.status = 'waiting'
    this.#waiting.add(entry)
    this.#take()
  }

  #take() {
    while (this.#work && !this.#paused && this.#active.size < this.#concurrency) {
      const [entry] = this.#waiting
      if (!entry) break
      this.#waiting.delete(entry)
      const attempt = this.#attempt(entry, this.#work).finally(() => {
        this.#active.delete(attempt)
        this.#take()
      })
      this.#active.add(attempt)
    }
    for (const wake of this.#taken) wake()
    this.#taken.clear()
  }

  async #attempt(entry: Entry<Ref>, work: Work<Ref>) {
    const abort = new AbortController()
    Object.assign(entry, { status: 'active', abort, attempts: entry.attempts + 1 })
    try {
      await Promise.resolve() // not within the call of `add` or `consume`
      const given = await work({ job: entry.job, number: entry.attempts, signal: abort.signal, progress: async (fraction) => { entry.progress = fraction }, survived: async () => {} })
      if (given !== undefined) this.#run(entry.job.run).yielded = addYields(this.#run(entry.job.run).yielded, given)
      this.#settle(entry, 'done')
    } catch (error) {
      if (abort.signal.aborted) this.#settle(entry, 'cancelled')
      else this.#fail(entry, error)
    }
  }

  #fail(entry: Entry<Ref>, error: unknown) {
    const { code, reason, retryable } = failureOf(error)
    entry.failure = { code, reason }
    if (!retryable || entry.attempts >= this.#options.attempts) return this.#settle(entry, 'failed')
    entry.status = 'delayed'
    entry.timer = setTimeout(() => this.#offer(entry), backoffAfter(entry.attempts, this.#options))
  }

  #settle(entry: Entry<Ref>, end: 'done' | 'failed' | 'cancelled') {
    const run = this.#run(entry.job.run)
    if (entry.status === 'failed') run.failed--
    else run.pending--
    run[end]++
    this.#waiting.delete(entry)
    this.#entries.delete(entry.job.id)
    if (end !== 'failed') return
    entry.status = 'failed'
    this.#entries.set(entry.job.id, entry) // again, so that the latest failure stands last
  }
}

function stateOf<Ref extends Reference>({ job, status, attempts, progress, failure }: Entry<Ref>): JobState<Ref> {
  return { ...job, status, attempts, progress, ...(failure ? { failure } : {}) }
}
