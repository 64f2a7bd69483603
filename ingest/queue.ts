// The port between who offers documents and who extracts them, in one process or on many machines.
// Deliberately not in it: priorities, schedules, results other than counts. A job carries references, never text; what it finds is in the store.
// Work is done at least once: a worker that dies, or loses its lock, has its job done again by another, so work must be repeatable.
import { createHash } from 'node:crypto'
import { GraphloomError, isGraphloomError } from '../errors.ts'

/** A small JSON object that says where the work is, e.g. URI and record. */
export type Reference = Readonly<Record<string, string | number | boolean | null>>

export interface Job<Ref extends Reference = Reference> {
  /** Content key: the same work has the same id, whoever offers it (see `jobId`). */
  readonly id: string
  /** The run that offered it; progress is counted by run. */
  readonly run: string
  readonly reference: Ref
}

export type JobStatus = 'waiting' | 'delayed' | 'active' | 'failed'

/** A job that is not done yet; jobs that are done or cancelled are forgotten, and may be offered again. */
export interface JobState<Ref extends Reference = Reference> extends Job<Ref> {
  readonly status: JobStatus
  /** How often it was begun. */
  readonly attempts: number
  /** 0 to 1, as its worker last said. */
  readonly progress: number
  /** Why the last attempt failed. */
  readonly failure?: JobFailure
}

export interface JobFailure {
  readonly code: string
  readonly reason: string
}

/** Jobs of one run: those still to be settled, and how the others ended. */
export interface RunProgress {
  readonly pending: number
  readonly done: number
  readonly failed: number
  readonly cancelled: number
}

export type QueueCounts = Readonly<Record<JobStatus, number>>

/** What a worker is given for one attempt. */
export interface Attempt<Ref extends Reference = Reference> {
  readonly job: Job<Ref>
  /** From 1. */
  readonly number: number
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal
  /** Tells how far the work is, 0 to 1. */
  progress(fraction: number): Promise<void>
  /** Tells that what the job itself can do to its worker is over: a worker that dies from now on is hardly held against it. */
  survived(): Promise<void>
}

/** What jobs add to the account of their run, each of them once: numbers that are summed, and lines of which the first are kept. */
export interface JobYield {
  readonly sums: Readonly<Record<string, number>>
  readonly notes: readonly string[]
}

export type Work<Ref extends Reference = Reference> = (attempt: Attempt<Ref>) => Promise<JobYield> | Promise<void>

export interface Consumer {
  /** Takes no further jobs and waits for those in hand. */
  stop(): Promise<void>
}

export interface Queue<Ref extends Reference = Reference> {
  /** Offers jobs; waits while too many are waiting, so that a million can be offered in flat memory. Known ids are not added again. */
  add(jobs: Iterable<Job<Ref>> | AsyncIterable<Job<Ref>>, options?: { readonly signal?: AbortSignal }): Promise<{ readonly added: number; readonly known: number }>
  /** Begins to work, once per opened queue. A retryable GraphloomError is tried again after a pause; any other error ends the job as failed. */
  consume(work: Work<Ref>, options: { readonly concurrency: number }): Promise<Consumer>
  counts(): Promise<QueueCounts>
  progress(run: string): Promise<RunProgress>
  /** What the jobs of a run that are done yielded together. */
  yielded(run: string): Promise<JobYield>
  find(id: string): Promise<JobState<Ref> | undefined>
  /** The dead-letter list: jobs that failed for good, the latest first; one may retry or cancel while listing. */
  failed(): AsyncIterable<JobState<Ref>>
  /** Puts a failed job back, with all its attempts; false when it is not in the dead-letter list. */
  retry(id: string): Promise<boolean>
  /** Drops waiting and failed jobs and tells active ones to end; gives the number of jobs concerned. */
  cancel(which: { readonly id: string } | { readonly run: string }): Promise<number>
  /** Stops every worker of the queue from taking jobs, until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
  paused(): Promise<boolean>
  close(): Promise<void>
}

export interface QueueOptions {
  /** Attempts at a job whose failures are retryable. */
  readonly attempts: number
  /** Milliseconds before the second attempt; doubled before each further one. */
  readonly backoff: number
  /** Longest pause between attempts, milliseconds. */
  readonly longestBackoff: number
  /** `add` waits above so many waiting jobs, until half of them are taken. */
  readonly highWater: number
}

/** Notes that are kept of a run. */
export const MOST_NOTES = 1000
export const NO_YIELD: JobYield = { sums: {}, notes: [] }
export const QUEUE_DEFAULTS: QueueOptions = { attempts: 5, backoff: 1000, longestBackoff: 60_000, highWater: 5000 }
const LONGEST_REFERENCE = 4096

/** Content key of the work on one document: the same bytes in the same place by the same extraction are the same job. */
export function jobId(key: { readonly collection: string; readonly uri: string; readonly record?: string; readonly sha256: string; readonly stamp: string }): string {
  return createHash('sha256').update(JSON.stringify([key.collection, key.uri, key.record ?? null, key.sha256, key.stamp])).digest('hex')
}

/** Milliseconds to wait after failed attempt `number` (from 1). */
export function backoffAfter(number: number, { backoff, longestBackoff }: QueueOptions): number {
  return Math.min(longestBackoff, backoff * 2 ** (number - 1))
}

/** What an error of a worker means for its job. */
export function failureOf(error: unknown): JobFailure & { readonly retryable: boolean } {
  if (isGraphloomError(error)) return { code: error.code, reason: error.message, retryable: error.retryable }
  return { code: 'queue.bug', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error), retryable: false }
}

/** Refuses a job that carries text, or whose id no backend could keep. */
export function checkJob(job: Job): void {
  if (!/^[\w-]{1,128}$/u.test(job.id)) throw new GraphloomError('queue.job-id', `"${job.id.slice(0, 140)}" is no job id; expected 1 to 128 letters, digits, - or _, such as jobId gives.`)
  const size = JSON.stringify(job.reference).length
  if (size > LONGEST_REFERENCE) throw new GraphloomError('queue.reference-too-long', `The reference of job ${job.id} has ${size} characters; at most ${LONGEST_REFERENCE} are taken. Jobs carry references such as a URI, never text.`)
}

/** Both together. */
export function addYields(a: JobYield, b: JobYield): JobYield {
  const sums = { ...a.sums }
  for (const [name, number] of Object.entries(b.sums)) sums[name] = (sums[name] ?? 0) + number
  return { sums, notes: [...a.notes, ...b.notes].slice(0, MOST_NOTES) }
}

/** Cuts jobs into chunks of at most `size`. */
export async function* chunks<Item>(items: Iterable<Item> | AsyncIterable<Item>, size: number): AsyncGenerator<Item[]> {
  let chunk: Item[] = []
  for await (const item of items) {
    if (chunk.push(item) < size) continue
    yield chunk
    chunk = []
  }
  if (chunk.length) yield chunk
}
