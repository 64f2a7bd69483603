// Port: ingest jobs of the API. A job is one upload: files in a spool folder, read and written as `graphloom ingest` would.
// Deliberately not in it: how documents are extracted and by whom; adapters get that as a function or hand it to a queue.
export type JobState = 'waiting' | 'active' | 'done' | 'failed' | 'cancelled'

/** What is to be ingested: every file below `folder`; the path below it is the document's URI. */
export interface IngestRequest {
  readonly id: string
  readonly collection: string
  /** Absolute; the job owns it and removes it when it is done or cancelled. */
  readonly folder: string
  /** Number of files in it. */
  readonly files: number
  /** Name of the key that asked. */
  readonly by: string
  /** ISO 8601. */
  readonly created: string
}

export interface JobProgress {
  /** Documents read so far; files may hold many. */
  readonly documents: number
  readonly done: number
  readonly unchanged: number
  readonly failed: number
}

export interface JobFailure {
  readonly uri: string
  readonly record?: string
  readonly code: string
  readonly reason: string
}

export interface IngestJob {
  readonly id: string
  readonly collection: string
  readonly state: JobState
  readonly created: string
  readonly by: string
  readonly files: number
  readonly progress: JobProgress
  /** At most a thousand; `progress.failed` counts all. */
  readonly failures: readonly JobFailure[]
  /** By stage, summed over all who worked at it; `total` is what the job took so far. Empty before it begins. */
  readonly seconds: Readonly<Record<string, number>>
  /** Why the whole job failed. */
  readonly reason?: string
}

export interface Jobs {
  enqueue(request: IngestRequest): Promise<IngestJob>
  get(id: string): Promise<IngestJob | undefined>
  /** Jobs of the collections (all when undefined), the latest first; `after` is the id of the last one seen. */
  list(collections: readonly string[] | undefined, page: { readonly limit: number; readonly after?: string }): Promise<readonly IngestJob[]>
  /** The job as it is now, then after every change, until it is settled or `signal` is aborted. */
  events(id: string, signal: AbortSignal): AsyncIterable<IngestJob>
  /** How many of the jobs that are remembered are in each state. */
  counts(): Promise<Readonly<Record<JobState, number>>>
  /** Ends a job that waits or runs; what is committed stays. Undefined when nobody knows it. */
  cancel(id: string): Promise<IngestJob | undefined>
  /** Does a failed or cancelled job again; undefined when nobody knows it or its files are gone. */
  retry(id: string): Promise<IngestJob | undefined>
  /** Waits for what is in hand; unfinished jobs go on at the next start. */
  close(): Promise<void>
}

/** Whether nothing more will happen to the job by itself. */
export function isSettled({ state }: Pick<IngestJob, 'state'>): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}
