// Ingest jobs in this process, one after another: what `serve` uses without a queue. Their state is kept beside the spool.
import { access, rm } from 'node:fs/promises'
import { GraphloomError, isGraphloomError } from '../../errors.ts'
import { type IngestJob, type IngestRequest, isSettled, type JobFailure, type JobProgress, type Jobs, type JobState } from '../jobs.ts'
import { JobFiles, type KeptJob } from './file.ts'

/** How far a run is; `failures` are at most a thousand. */
export interface RunState {
  readonly progress: JobProgress
  readonly failures: readonly JobFailure[]
  /** By stage. */
  readonly seconds: Readonly<Record<string, number>>
}

export interface InProcessOptions {
  /** Folder of the jobs' states. */
  readonly folder: string
  /** Reads, extracts and writes what lies in the request's folder; may be stopped and begun again at any moment. */
  readonly ingest: (request: IngestRequest, watch: { readonly onProgress: (state: RunState) => void; readonly signal: AbortSignal }) => Promise<RunState>
  /** Told why a job failed as a whole. */
  readonly onError?: (error: unknown) => void
  /** Settled jobs that are remembered. */
  readonly remembered?: number
}

const REMEMBERED = 1000
const NOTHING: RunState = { progress: { documents: 0, done: 0, unchanged: 0, failed: 0 }, failures: [], seconds: {} }

/** Takes up the jobs that an earlier process left. */
export async function openInProcessJobs(options: InProcessOptions): Promise<Jobs> {
  const files = new JobFiles(options.folder)
  const jobs = new InProcessJobs(files, options)
  jobs.resume(await files.load())
  return jobs
}

class InProcessJobs implements Jobs {
  readonly #files: JobFiles
  readonly #options: InProcessOptions
  /** In the order of their making. */
  readonly #kept = new Map<string, KeptJob>()
  readonly #watchers = new Map<string, Set<() => void>>()
  readonly #running = new Map<string, AbortController>()
  #line: Promise<void> = Promise.resolve()
  #closing = false

  constructor(files: JobFiles, options: InProcessOptions) {
    this.#files = files
    this.#options = options
  }

  resume(kept: readonly KeptJob[]): void {
    for (const one of kept) {
      const unsettled = !isSettled(one.job)
      this.#kept.set(one.job.id, unsettled ? { ...one, job: { ...one.job, state: 'waiting', ...NOTHING } } : { ...one, job: { ...NOTHING, ...one.job } })
      if (unsettled) this.#queue(one.job.id)
    }
  }

  async enqueue(request: IngestRequest): Promise<IngestJob> {
    if (this.#closing) throw new GraphloomError('api.unavailable', 'The server is stopping.', { retryable: true })
    const { id, collection, created, by, files } = request
    const job: IngestJob = { id, collection, state: 'waiting', created, by, files, ...NOTHING }
    await this.#keep({ request, job })
    this.#queue(id)
    await this.#forget()
    return job
  }

  async get(id: string): Promise<IngestJob | undefined> {
    return this.#kept.get(id)?.job
  }

  async list(collections: readonly string[] | undefined, { limit, after }: { readonly limit: number; readonly after?: string }): Promise<readonly IngestJob[]> {
    const latest = [...this.#kept.values()].map(({ job }) => job).filter(({ collection }) => collections?.includes(collection) ?? true).reverse()
    const from = after === undefined ? 0 : latest.findIndex(({ id }) => id === after) + 1
    return latest.slice(from, from + limit)
  }

  async counts(): Promise<Readonly<Record<JobState, number>>> {
    const counts = { waiting: 0, active: 0, done: 0, failed: 0, cancelled: 0 }
    for (const { job } of this.#kept.values()) counts[job.state]++
    return counts
  }

  async *events(id: string, signal: AbortSignal): AsyncIterable<IngestJob> {
    let last: IngestJob | undefined
    for (let job = this.#kept.get(id)?.job; job !== undefined && !signal.aborted; job = this.#kept.get(id)?.job) {
      if (job !== last) yield job
      last = job
      if (isSettled(job)) return
      if (this.#kept.get(id)?.job === last) await this.#change(id, signal)
    }
  }

  async cancel(id: string): Promise<IngestJob | undefined> {
    const kept = this.#kept.get(id)
    if (kept === undefined || isSettled(kept.job)) return kept?.job
    await this.#update(id, { state: 'cancelled' })
    this.#running.get(id)?.abort()
    return this.#kept.get(id)?.job
  }

  async retry(id: string): Promise<IngestJob | undefined> {
    const kept = this.#kept.get(id)
    if (kept === undefined) return undefined
    if (!isSettled(kept.job)) return kept.job
    const there = await access(kept.request.folder).then(() => true, () => false)
    if (!there) return undefined
    const { reason: _, ...job } = kept.job
    await this.#keep({ ...kept, job: { ...job, state: 'waiting', ...NOTHING } })
    this.#queue(id)
    return this.#kept.get(id)?.job
  }

  async close(): Promise<void> {
    this.#closing = true
    for (const running of this.#running.values()) running.abort()
    await this.#line
  }

  #queue(id: string): void {
    this.#line = this.#line.then(() => this.#work(id))
  }

  async #work(id: string): Promise<void> {
    const kept = this.#kept.get(id)
    if (this.#closing || kept === undefined || kept.job.state !== 'waiting') return
    const stop = new AbortController()
    this.#running.set(id, stop)
    try {
      await this.#update(id, { state: 'active' })
      if (stop.signal.aborted) return // cancelled or closed meanwhile
      const onProgress = (state: RunState) => this.#show(id, state)
      const state = await this.#options.ingest(kept.request, { onProgress, signal: stop.signal })
      if (this.#closing && stop.signal.aborted) return // goes on at the next start
      await this.#end(id, { ...state, state: 'done' })
    } catch (error) {
      await this.#end(id, { state: 'failed', reason: isGraphloomError(error) ? `${error.message} [${error.code}]` : 'The server failed; its log has the reason.' })
      this.#options.onError?.(error)
    } finally {
      this.#running.delete(id)
    }
  }

  /** A job that was cancelled meanwhile stays so; the files of failed documents stay for a retry. */
  async #end(id: string, change: Partial<IngestJob>): Promise<void> {
    const kept = this.#kept.get(id)
    if (kept === undefined) return
    const cancelled = kept.job.state === 'cancelled'
    await this.#update(id, cancelled ? { ...change, state: 'cancelled' } : change)
    const clean = !cancelled && change.state === 'done' && this.#kept.get(id)?.job.progress.failed === 0
    if (clean) await rm(kept.request.folder, { recursive: true, force: true })
  }

  async #update(id: string, change: Partial<IngestJob>): Promise<void> {
    const kept = this.#kept.get(id)
    if (kept) await this.#keep({ ...kept, job: { ...kept.job, ...change } })
  }

  /** Progress is shown, not kept: a restart begins anew anyway. */
  #show(id: string, { progress, failures, seconds }: RunState): void {
    const kept = this.#kept.get(id)
    if (kept === undefined || isSettled(kept.job)) return
    this.#kept.set(id, { ...kept, job: { ...kept.job, progress, failures, seconds } })
    this.#tell(id)
  }

  async #keep(kept: KeptJob): Promise<void> {
    this.#kept.set(kept.job.id, kept)
    await this.#files.save(kept)
    this.#tell(kept.job.id)
  }

  async #forget(): Promise<void> {
    const settled = [...this.#kept.values()].filter(({ job }) => isSettled(job))
    for (const { job, request } of settled.slice(0, Math.max(0, settled.length - (this.#options.remembered ?? REMEMBERED)))) {
      this.#kept.delete(job.id)
      await rm(request.folder, { recursive: true, force: true })
      await this.#files.remove(job.id)
    }
  }

  #tell(id: string): void {
    for (const wake of this.#watchers.get(id) ?? []) wake()
  }

  #change(id: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const watchers = this.#watchers.get(id) ?? new Set()
      this.#watchers.set(id, watchers)
      const wake = () => {
        watchers.delete(wake)
        if (watchers.size === 0) this.#watchers.delete(id)
        signal.removeEventListener('abort', wake)
        resolve()
      }
      watchers.add(wake)
      if (signal.aborted) wake()
      else signal.addEventListener('abort', wake, { once: true })
    })
  }
}
