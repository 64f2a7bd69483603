// Bull on Redis: workers on any number of machines. Bull keeps the jobs; `Runs`, beside them, the account of every run.
// A job whose worker died is done again alone, so that a document that kills its worker takes no others along to the dead-letter list.
import Bull from 'bull'
import { setTimeout as sleep } from 'node:timers/promises'
import { GraphloomError } from '../../errors.ts'
import { type Attempt, backoffAfter, checkJob, chunks, failureOf, type Job, type JobFailure, type JobState, type JobStatus, QUEUE_DEFAULTS, type Queue, type QueueOptions, type Reference, type Work } from '../queue.ts'
import { again } from './again.ts'
import { Attempts } from './attempts.ts'
import { Gate } from './gate.ts'
import { type RedisClient, Runs } from './runs.ts'

export interface BullOptions extends QueueOptions {
  /** Name of the queue within its Redis. */
  readonly name: string
  /** Milliseconds after which the job of a silent worker is given to another. */
  readonly lock: number
  /** How often a job may lose its worker before it is held to be what kills them. */
  readonly mostStalls: number
  /** The same for workers that were lost after they told that the job's own work was survived, as while they waited for their turn to write. */
  readonly mostLosses: number
  /** Milliseconds that a Redis may take to answer at first: one that restarts just then refuses connections, or resets them. */
  readonly patience: number
  /** Told of a lost connection; the queue itself waits until Redis is back. */
  readonly onError: (error: Error) => void
}

interface Kept { readonly run: string; readonly reference: Reference }

export const BULL_DEFAULTS: BullOptions = { ...QUEUE_DEFAULTS, name: 'graphloom', lock: 60_000, mostStalls: 3, mostLosses: 20, patience: 15_000, onError: () => {} }
const CHUNK = 500
const LONGEST_RECONNECT = 2000 // milliseconds
/** Opens the queue on a Redis such as `redis://127.0.0.1:6379`. */
export async function openBullQueue<Ref extends Reference>(uri: string, given: Partial<BullOptions> = {}): Promise<Queue<Ref>> {
  const options: BullOptions = { ...BULL_DEFAULTS, ...given }
  const bull = new Bull<Kept>(options.name, uri, {
    prefix: 'graphloom',
    // Commands wait for a Redis that restarts; Bull's blocking clients demand the same.
    redis: { maxRetriesPerRequest: null, enableReadyCheck: false, retryStrategy: (times) => Math.min(100 * times, LONGEST_RECONNECT),
      // A Redis that restarts reads its file first, and refuses commands meanwhile: they are sent again.
      reconnectOnError: (error) => (error.message.startsWith('LOADING') ? 2 : false),
    },
    settings: {
      lockDuration: options.lock, lockRenewTime: options.lock / 3, stalledInterval: options.lock / 2, maxStalledCount: Number.MAX_SAFE_INTEGER, // counted here: see #attempt
      backoffStrategies: { doubling: (attempts) => backoffAfter(attempts, options) },
    },
    defaultJobOptions: { attempts: options.attempts, backoff: { type: 'doubling' }, removeOnComplete: true, removeOnFail: false, stackTraceLimit: 1 },
  })
  await connected(bull, uri, options)
  bull.on('error', options.onError)
  return new BullQueue<Ref>(bull, options)
}

async function connected(bull: Bull.Queue<Kept>, uri: string, { patience, onError }: BullOptions): Promise<void> {
  let last: Error | undefined
  const note = (error: Error) => {
    last = error
    onError(error)
  }
  bull.on('error', note)
  const late = new AbortController()
  const answer = again(() => bull.client.ping(), late.signal).catch(note) // a refused password is said at once
  const answered = await Promise.race([answer, sleep(patience, undefined, { signal: late.signal }).catch(() => undefined)])
  late.abort()
  if (answered === undefined) {
    await bull.close(true).catch(() => {})
    throw new GraphloomError('queue.unreachable', `No Redis answers at ${uri.replace(/\/\/[^@/]*@/u, '//…@')} (${last?.message ?? `nothing for ${patience / 1000} s`}). Start one (Debian, Ubuntu: apt-get install redis-server), or leave --queue out to work in this process.`, { retryable: true, cause: last })
  }
  bull.off('error', note)
}

class BullQueue<Ref extends Reference> implements Queue<Ref> {
  readonly #bull: Bull.Queue<Kept>
  readonly #options: BullOptions
  readonly #runs: Runs
  readonly #attempts: Attempts
  readonly #gate = new Gate()
  readonly #inHand = new Map<string, { readonly run: string; readonly abort: AbortController }>()
  #consuming = false
  #entering = 0
  #watch: NodeJS.Timeout | undefined

  constructor(bull: Bull.Queue<Kept>, options: BullOptions) {
    this.#bull = bull
    this.#options = options
    this.#runs = new Runs(() => bull.client as unknown as RedisClient, (name) => bull.toKey(name))
    this.#attempts = new Attempts(() => bull.client as unknown as RedisClient, (id) => bull.toKey(id), (bull as unknown as { readonly token: string }).token)
  }

  async add(jobs: Iterable<Job<Ref>> | AsyncIterable<Job<Ref>>, { signal }: { readonly signal?: AbortSignal } = {}) {
    let added = 0
    let known = 0
    for await (const chunk of chunks(jobs, Math.min(CHUNK, this.#options.highWater))) {
      chunk.forEach(checkJob)
      if (await this.#full(chunk[0]!.run, signal)) break
      this.#entering++
      const fresh = await this.#enqueue(chunk).finally(() => { this.#entering-- })
      added += fresh
      known += chunk.length - fresh
    }
    return { added, known }
  }

  /** Adds a chunk and gives the number of ids that were new: known ids stay with the run that offered them first. */
  async #enqueue(chunk: readonly Job<Ref>[]): Promise<number> {
    const { client } = this.#bull
    // Pending first: a fast worker may settle a job before this call is back.
    const entered = await this.#runs.enter(chunk)
    await Promise.all(chunk.map(({ id }) => this.#attempts.sweep(id)))
    await again(() => this.#bull.addBulk(chunk.map(({ id, run, reference }) => ({ data: { run, reference }, opts: { jobId: id } }))))
    const kept = await Promise.all(chunk.map(async ({ id, run }, index) => {
      if (!entered[index]) return false
      const [data, finishedOn] = await client.hmget(this.#jobKey(id), 'data', 'finishedOn')
      if (data && !finishedOn && (JSON.parse(data) as Kept).run === run) return true
      return !(await this.#runs.leave(run, id)) // settled already, hence it was ours
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
    const [client, key] = [this.#bull.client, (name: string) => this.#bull.toKey(name)]
    const [waiting, paused, active, delayed, failed] = await Promise.all([client.llen(key('wait')), client.llen(key('paused')), client.llen(key('active')), client.zcard(key('delayed')), client.zcard(key('failed'))])
    return { waiting: waiting + paused, delayed, active, failed }
  }

  /** While jobs are on their way into Redis, none of those that it does not know yet is held to be lost. */
  progress(run: string) { return this.#runs.progress(run, this.#entering === 0) }
  yielded(run: string) { return this.#runs.yielded(run) }

  async find(id: string) {
    const job = await this.#job(id)
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
    const job = await this.#job(id)
    if (!job || !(await job.isFailed())) return false
    const { run } = job.data
    await this.#runs.reopen(run, id)
    await this.#attempts.forget(id)
    try {
      await job.retry()
      return true
    } catch {
      await this.#runs.settle(run, id, 'failed') // another was faster to retry or to cancel it
      return false
    }
  }

  async cancel(which: { readonly id: string } | { readonly run: string }) {
    if ('id' in which) return Number(await this.#cancelOne(which.id))
    await this.#runs.stop(which.run)
    let cancelled = 0
    // Pending ids are few: `add` holds back above the high-water mark.
    for (const id of await this.#runs.pendingOf(which.run)) if (await this.#cancelOne(id)) cancelled++
    for await (const { id, run } of this.failed()) if (run === which.run && (await this.#cancelOne(id))) cancelled++
    return cancelled
  }

  async pause() { await this.#bull.pause() }
  async resume() { await this.#bull.resume() }
  async paused() { return this.#bull.isPaused() }

  async close() {
    await this.#stop()
    await this.#bull.close().catch(this.#options.onError) // a Redis that is gone needs no leave-taking
  }

  async #stop() {
    clearInterval(this.#watch)
    if (!this.#consuming) return
    // Bull breaks its blocking connection to stop waiting for a job, and opens it again; while Redis is away that fails, and nobody would hear of it.
    const { bclient } = this.#bull as unknown as { readonly bclient: { connect(): Promise<void> } }
    const connect = bclient.connect.bind(bclient)
    bclient.connect = () => connect().catch(this.#options.onError)
    await this.#bull.pause(true).catch(this.#options.onError)
  }

  async #full(run: string, signal: AbortSignal | undefined): Promise<boolean> {
    const { highWater } = this.#options
    const waiting = async () => { const counts = await this.counts(); return counts.waiting + counts.delayed }
    const ended = async () => (signal?.aborted ?? false) || (await this.#runs.isStopped(run))
    if ((await waiting()) + CHUNK > highWater) while ((await waiting()) > highWater / 2 && !(await ended())) await sleep(100)
    return ended()
  }

  async #attempt(job: Bull.Job<Kept>, work: Work<Ref>): Promise<void> {
    const id = String(job.id)
    if (job.data.run === undefined) return void (job.opts.removeOnComplete = true) // only a trace: removed while its id was still in a list
    const { deaths, losses, settled } = await this.#attempts.past(id)
    if (settled) return // its worker only failed to say so
    const leave = await this.#gate.enter(deaths > 0 || losses > this.#options.mostStalls)
    const attempt = this.#attempts.open(id)
    try {
      if (deaths > this.#options.mostStalls || losses > this.#options.mostLosses) await this.#giveUp(job, deaths + losses)
      // Another worker may have ended it while this one waited: then there is nothing left to be said of it.
      if (!(await attempt.begin())) return void Object.assign(job, { moveToCompleted: async () => null })
      await this.#once(job, id, work, attempt.survive)
    } finally {
      leave()
      await attempt.end()
    }
  }

  async #giveUp(job: Bull.Job<Kept>, deaths: number): Promise<never> {
    await job.discard()
    await this.#runs.settle(job.data.run, String(job.id), 'failed')
    throw new Error(JSON.stringify({ code: 'queue.stalled', reason: `Its worker died or fell silent each of the ${deaths} times that it was begun.` } satisfies JobFailure))
  }

  async #once(job: Bull.Job<Kept>, id: string, work: Work<Ref>, survive: () => Promise<void>): Promise<void> {
    const { run, reference } = job.data
    if (await this.#runs.isCancelled(id, run)) return this.#runs.settle(run, id, 'cancelled')
    const abort = new AbortController()
    this.#inHand.set(id, { run, abort })
    const attempt: Attempt<Ref> = {
      job: { id, run, reference: reference as Ref }, number: job.attemptsMade + 1, signal: abort.signal,
      progress: (fraction) => job.progress(fraction),
      survived: survive,
    }
    try {
      const given = await work(attempt)
      await this.#runs.settle(run, id, 'done', given ?? undefined)
      await this.#attempts.settle(id)
    } catch (error) {
      if (abort.signal.aborted) return await this.#runs.settle(run, id, 'cancelled')
      const { code, reason, retryable } = failureOf(error)
      if (!retryable) await job.discard()
      if (!retryable || attempt.number >= this.#options.attempts) await this.#runs.settle(run, id, 'failed')
      throw new Error(JSON.stringify({ code, reason } satisfies JobFailure)) // Bull keeps the message and nothing else
    } finally {
      this.#inHand.delete(id)
    }
  }

  async #cancelOne(id: string): Promise<boolean> {
    const job = await this.#job(id)
    if (!job) return false
    await this.#runs.markCancelled(id) // before the removal, which a worker may forestall
    const wasFailed = await job.isFailed()
    try {
      await job.remove()
    } catch {
      return true // a worker has it, and will see the mark
    }
    if (wasFailed) await this.#runs.reopen(job.data.run, id)
    await this.#runs.settle(job.data.run, id, 'cancelled')
    return true
  }

  async #abortCancelled(): Promise<void> {
    for (const [id, { run, abort }] of this.#inHand) if (await this.#runs.isCancelled(id, run)) abort.abort()
  }

  async #stateOf(job: Bull.Job<Kept>): Promise<JobState<Ref> | undefined> {
    const status = STATUS[await job.getState()]
    if (!status) return undefined // done meanwhile
    const attempts = job.attemptsMade + (status === 'active' ? 1 : 0)
    const failure = job.failedReason ? parseFailure(job.failedReason) : undefined
    return { id: String(job.id), run: job.data.run, reference: job.data.reference as Ref, status, attempts, progress: Number(job.progress() ?? 0), ...(failure ? { failure } : {}) }
  }

  async #job(id: string): Promise<Bull.Job<Kept> | undefined> {
    const job = await this.#bull.getJob(id)
    return job?.data.run === undefined ? undefined : job
  }

  #jobKey(id: string) { return this.#bull.toKey(id) }
}

const STATUS: Readonly<Record<string, JobStatus | undefined>> = { waiting: 'waiting', paused: 'waiting', stuck: 'waiting', delayed: 'delayed', active: 'active', failed: 'failed' }

function parseFailure(message: string): JobFailure {
  if (message.startsWith('{')) return JSON.parse(message) as JobFailure
  return { code: 'queue.stalled', reason: `Its workers died or fell silent each time (${message}).` }
}
