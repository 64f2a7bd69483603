// Bull on Redis: workers on any number of machines. Bull keeps the jobs; beside them a set of pending ids and a hash of counts per run.
import Bull from 'bull'
import { setTimeout as sleep } from 'node:timers/promises'
import { GraphloomError } from '../../errors.ts'
import { type Attempt, backoffAfter, checkJob, chunks, failureOf, type Job, type JobFailure, type JobState, type JobStatus, QUEUE_DEFAULTS, type Queue, type QueueOptions, type Reference, type Work } from '../queue.ts'

export interface BullOptions extends QueueOptions {
  /** Name of the queue within its Redis. */
  readonly name: string
  /** Milliseconds after which the job of a silent worker is given to another. */
  readonly lock: number
  /** How often a job may lose its worker before it is held to be what kills them. */
  readonly mostStalls: number
  /** Told of a lost connection; the queue itself waits until Redis is back. */
  readonly onError: (error: Error) => void
}

interface Kept { readonly run: string; readonly reference: Reference }

export const BULL_DEFAULTS: BullOptions = { ...QUEUE_DEFAULTS, name: 'graphloom', lock: 60_000, mostStalls: 3, onError: () => {} }
const CHUNK = 500
const RUN_SECONDS = 7 * 24 * 3600

/** Leaves the pending set and enters a count in one step, so that a repeated attempt counts once. */
const SETTLE = `if redis.call('SREM', KEYS[1], ARGV[1]) == 1 then redis.call('HINCRBY', KEYS[2], ARGV[2], 1) redis.call('EXPIRE', KEYS[2], ARGV[3]) return 1 end return 0`
const REOPEN = `if redis.call('SADD', KEYS[1], ARGV[1]) == 1 then redis.call('HINCRBY', KEYS[2], ARGV[2], -1) end redis.call('EXPIRE', KEYS[1], ARGV[3]) return 1`

/** Opens the queue on a Redis such as `redis://127.0.0.1:6379`. */
export async function openBullQueue<Ref extends Reference>(uri: string, given: Partial<BullOptions> = {}): Promise<Queue<Ref>> {
  const options = { ...BULL_DEFAULTS, ...given }
  const bull = new Bull<Kept>(options.name, uri, {
    prefix: 'graphloom',
    // Commands wait for a Redis that restarts; Bull's blocking clients demand the same.
    redis: { maxRetriesPerRequest: null, enableReadyCheck: false },
    settings: {
      lockDuration: options.lock, lockRenewTime: options.lock / 3, stalledInterval: options.lock / 2, maxStalledCount: options.mostStalls,
      backoffStrategies: { doubling: (attempts) => backoffAfter(attempts, options) },
    },
    defaultJobOptions: { attempts: options.attempts, backoff: { type: 'doubling' }, removeOnComplete: true, removeOnFail: false, stackTraceLimit: 1 },
  })
  await connected(bull, uri)
  bull.on('error', options.onError)
  return new BullQueue<Ref>(bull, options)
}

async function connected(bull: Bull.Queue<Kept>, uri: string): Promise<void> {
  let refuse: (error: Error) => void = () => {}
  try {
    await Promise.race([bull.client.ping(), new Promise((_, failed) => { refuse = failed; bull.once('error', refuse); bull.client.once('error', refuse) })])
  } catch (error) {
    bull.on('error', () => {})
    await bull.close(true).catch(() => {})
    throw new GraphloomError('queue.unreachable', `No Redis answers at ${uri.replace(/\/\/[^@/]*@/u, '//…@')} (${(error as Error).message}). Start one (Debian, Ubuntu: apt-get install redis-server), or leave --queue out to work in this process.`, { retryable: true, cause: error })
  } finally {
    bull.off('error', refuse)
    bull.client.off('error', refuse)
  }
}

class BullQueue<Ref extends Reference> implements Queue<Ref> {
  readonly #bull: Bull.Queue<Kept>
  readonly #options: BullOptions
  readonly #inHand = new Map<string, { readonly run: string; readonly abort: AbortController }>()
  #consuming = false
  #watch: NodeJS.Timeout | undefined

  constructor(bull: Bull.Queue<Kept>, options: BullOptions) {
    this.#bull = bull
    this.#options = options
  }

  async add(jobs: Iterable<Job<Ref>> | AsyncIterable<Job<Ref>>, { signal }: { readonly signal?: AbortSignal } = {}) {
    let added = 0
    let known = 0
    for await (const chunk of chunks(jobs, Math.min(CHUNK, this.#options.highWater))) {
      chunk.forEach(checkJob)
      if (await this.#full(chunk[0]!.run, signal)) break
      const fresh = await this.#enqueue(chunk)
      added += fresh
      known += chunk.length - fresh
    }
    return { added, known }
  }

  /** Adds a chunk and gives the number of ids that were new: known ids stay with the run that offered them first. */
  async #enqueue(chunk: readonly Job<Ref>[]): Promise<number> {
    const { client } = this.#bull
    // Pending first: a fast worker may settle a job before this call is back.
    const entered = await Promise.all(chunk.map(({ id, run }) => client.sadd(this.#pendingKey(run), id)))
    for (const run of new Set(chunk.map((job) => job.run))) await client.expire(this.#pendingKey(run), RUN_SECONDS)
    await this.#bull.addBulk(chunk.map(({ id, run, reference }) => ({ data: { run, reference }, opts: { jobId: id } })))
    const kept = await Promise.all(chunk.map(async ({ id, run }, index) => {
      if (entered[index] === 0) return false
      const [data, finishedOn] = await client.hmget(this.#jobKey(id), 'data', 'finishedOn')
      if (data && !finishedOn && (JSON.parse(data) as Kept).run === run) return true
      return (await client.srem(this.#pendingKey(run), id)) === 0 // settled already, hence it was ours
    }))
    return kept.filter(Boolean).length
  }

  async consume(work: Work<Ref>, { concurrency }: { readonly concurrency: number }) {
    if (this.#consuming) throw new GraphloomError('queue.consuming', 'This queue is being consumed already; open another one, or ask for more concurrency.')
    this.#consuming = true
    this.#watch = setInterval(() => { this.#abortCancelled().catch(this.#options.onError) }, 500)
    this.#bull.process(concurrency, (job) => this.#attempt(job, work)).catch(this.#options.onError)
    return { stop: () => this.#stop() }
  }

  async counts() {
    const { waiting, delayed, active, failed } = await this.#bull.getJobCounts()
    return { waiting: waiting + (await this.#bull.client.llen(this.#bull.toKey('paused'))), delayed, active, failed }
  }

  async progress(run: string) {
    await this.#settleLost(run)
    const [counts, pending] = await Promise.all([this.#bull.client.hgetall(this.#runKey(run)), this.#bull.client.scard(this.#pendingKey(run))])
    const count = (name: string) => Number(counts[name] ?? 0)
    return { pending, done: count('done'), failed: count('failed'), cancelled: count('cancelled') }
  }

  async find(id: string) {
    const job = await this.#bull.getJob(id)
    return job ? this.#stateOf(job) : undefined
  }

  async *failed() {
    // From the newest down: what is retried or joins meanwhile does not move what is still to come.
    for (let end = (await this.counts()).failed; end > 0; end -= CHUNK) {
      const ids = await this.#bull.client.zrange(this.#bull.toKey('failed'), Math.max(0, end - CHUNK), end - 1)
      for (const id of ids.reverse()) {
        const state = await this.find(id)
        if (state?.status === 'failed') yield state
      }
    }
  }

  async retry(id: string) {
    const job = await this.#bull.getJob(id)
    if (!job || !(await job.isFailed())) return false
    const { run } = job.data
    await this.#bull.client.eval(REOPEN, 2, this.#pendingKey(run), this.#runKey(run), id, 'failed', RUN_SECONDS)
    await this.#bull.client.hdel(this.#jobKey(id), 'attemptsMade', 'stalledCounter', 'progress')
    try {
      await job.retry()
      return true
    } catch {
      await this.#settle(run, id, 'failed') // another was faster to retry or to cancel it
      return false
    }
  }

  async cancel(which: { readonly id: string } | { readonly run: string }) {
    if ('id' in which) return Number(await this.#cancelOne(which.id))
    await this.#bull.client.hset(this.#runKey(which.run), 'stopped', 1)
    let cancelled = 0
    // Pending ids are few: `add` holds back above the high-water mark.
    for (const id of await this.#bull.client.smembers(this.#pendingKey(which.run))) if (await this.#cancelOne(id)) cancelled++
    for await (const { id, run } of this.failed()) if (run === which.run && (await this.#cancelOne(id))) cancelled++
    return cancelled
  }

  async pause() { await this.#bull.pause() }
  async resume() { await this.#bull.resume() }
  async paused() { return this.#bull.isPaused() }

  async close() {
    await this.#stop()
    await this.#bull.close()
  }

  async #stop() {
    if (this.#consuming) await this.#bull.pause(true)
    clearInterval(this.#watch)
  }

  async #full(run: string, signal: AbortSignal | undefined): Promise<boolean> {
    const { highWater } = this.#options
    const waiting = async () => { const counts = await this.counts(); return counts.waiting + counts.delayed }
    const ended = async () => (signal?.aborted ?? false) || (await this.#bull.client.hexists(this.#runKey(run), 'stopped')) === 1
    if ((await waiting()) + CHUNK > highWater) while ((await waiting()) > highWater / 2 && !(await ended())) await sleep(100)
    return ended()
  }

  async #attempt(job: Bull.Job<Kept>, work: Work<Ref>): Promise<void> {
    const id = String(job.id)
    const { run, reference } = job.data
    if (await this.#isCancelled(id, run)) return this.#settle(run, id, 'cancelled')
    const abort = new AbortController()
    this.#inHand.set(id, { run, abort })
    const attempt: Attempt<Ref> = {
      job: { id, run, reference: reference as Ref }, number: job.attemptsMade + 1, signal: abort.signal,
      progress: (fraction) => job.progress(fraction),
    }
    try {
      await work(attempt)
      await this.#settle(run, id, 'done')
    } catch (error) {
      if (abort.signal.aborted) return await this.#settle(run, id, 'cancelled')
      const { code, reason, retryable } = failureOf(error)
      if (!retryable) await job.discard()
      if (!retryable || attempt.number >= this.#options.attempts) await this.#settle(run, id, 'failed')
      throw new Error(JSON.stringify({ code, reason } satisfies JobFailure)) // Bull keeps the message and nothing else
    } finally {
      this.#inHand.delete(id)
    }
  }

  async #cancelOne(id: string): Promise<boolean> {
    const job = await this.#bull.getJob(id)
    if (!job) return false
    await this.#bull.client.sadd(this.#cancelledKey(), id) // before the removal, which a worker may forestall
    const wasFailed = await job.isFailed()
    try {
      await job.remove()
    } catch {
      return true // a worker has it, and will see the mark
    }
    if (wasFailed) await this.#bull.client.eval(REOPEN, 2, this.#pendingKey(job.data.run), this.#runKey(job.data.run), id, 'failed', RUN_SECONDS)
    await this.#settle(job.data.run, id, 'cancelled')
    return true
  }

  async #isCancelled(id: string, run: string): Promise<boolean> {
    const { client } = this.#bull
    return (await client.sismember(this.#cancelledKey(), id)) === 1 || (await client.hexists(this.#runKey(run), 'stopped')) === 1
  }

  async #abortCancelled(): Promise<void> {
    for (const [id, { run, abort }] of this.#inHand) if (await this.#isCancelled(id, run)) abort.abort()
  }

  async #settle(run: string, id: string, end: 'done' | 'failed' | 'cancelled'): Promise<void> {
    await this.#bull.client.eval(SETTLE, 2, this.#pendingKey(run), this.#runKey(run), id, end, RUN_SECONDS)
    await this.#bull.client.srem(this.#cancelledKey(), id)
  }

  /** Jobs that Bull itself gave up, because their workers died, were settled by nobody. */
  async #settleLost(run: string): Promise<void> {
    for (const id of await this.#bull.client.srandmember(this.#pendingKey(run), 100)) {
      const [finishedOn] = await this.#bull.client.hmget(this.#jobKey(id), 'finishedOn')
      if (finishedOn) await this.#settle(run, id, 'failed')
    }
  }

  async #stateOf(job: Bull.Job<Kept>): Promise<JobState<Ref> | undefined> {
    const status = STATUS[await job.getState()]
    if (!status) return undefined // done meanwhile
    const attempts = job.attemptsMade + (status === 'active' ? 1 : 0)
    const failure = job.failedReason ? parseFailure(job.failedReason) : undefined
    return { id: String(job.id), run: job.data.run, reference: job.data.reference as Ref, status, attempts, progress: Number(job.progress() ?? 0), ...(failure ? { failure } : {}) }
  }

  #jobKey(id: string) { return this.#bull.toKey(id) }
  #pendingKey(run: string) { return this.#bull.toKey(`run:${run}:pending`) }
  #runKey(run: string) { return this.#bull.toKey(`run:${run}`) }
  #cancelledKey() { return this.#bull.toKey('run-cancelled:ids') }
}

const STATUS: Readonly<Record<string, JobStatus | undefined>> = { waiting: 'waiting', paused: 'waiting', stuck: 'waiting', delayed: 'delayed', active: 'active', failed: 'failed' }

function parseFailure(message: string): JobFailure {
  if (message.startsWith('{')) return JSON.parse(message) as JobFailure
  return { code: 'queue.stalled', reason: `Its workers died or fell silent each time (${message}).` }
}
