// What Bull does not keep: per run, which jobs are pending, how the others ended and what they yielded; and which jobs are to be cancelled.
// Each step is one script, so that a repeated attempt counts once.
import { type JobYield, MOST_NOTES, NO_YIELD, type RunProgress } from '../queue.ts'

/** The commands of a Redis client that are used here. */
export interface RedisClient {
  eval(script: string, keys: number, ...values: (string | number)[]): Promise<unknown>
  sadd(key: string, ...members: string[]): Promise<number>
  srem(key: string, ...members: string[]): Promise<number>
  sismember(key: string, member: string): Promise<number>
  smembers(key: string): Promise<string[]>
  scard(key: string): Promise<number>
  srandmember(key: string, count: number): Promise<string[]>
  expire(key: string, seconds: number): Promise<number>
  hset(key: string, field: string, value: string | number): Promise<number>
  hget(key: string, field: string): Promise<string | null>
  hdel(key: string, ...fields: string[]): Promise<number>
  hexists(key: string, field: string): Promise<number>
  hgetall(key: string): Promise<Record<string, string>>
  hincrby(key: string, field: string, by: number): Promise<number>
  lrange(key: string, start: number, end: number): Promise<string[]>
}

export type End = 'done' | 'failed' | 'cancelled'

const KEPT_SECONDS = 7 * 24 * 3600
const LOST_AFTER = 2 // looks at a pending job that Redis does not know

/** KEYS: pending, counts, sums, notes. ARGV: job, end, seconds, yield, most notes. */
const SETTLE = `if redis.call('SREM', KEYS[1], ARGV[1]) == 0 then return 0 end
redis.call('HINCRBY', KEYS[2], ARGV[2], 1)
local given = cjson.decode(ARGV[4])
for name, value in pairs(given.sums) do redis.call('HINCRBYFLOAT', KEYS[3], name, value) end
for _, note in ipairs(given.notes) do if redis.call('LLEN', KEYS[4]) < tonumber(ARGV[5]) then redis.call('RPUSH', KEYS[4], note) end end
for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[3]) end
return 1`
const REOPEN = `if redis.call('SADD', KEYS[1], ARGV[1]) == 1 then redis.call('HINCRBY', KEYS[2], ARGV[2], -1) end redis.call('EXPIRE', KEYS[1], ARGV[3]) return 1`

export class Runs {
  readonly #client: () => RedisClient
  readonly #toKey: (name: string) => string
  readonly #unknown = new Map<string, number>()

  constructor(client: () => RedisClient, toKey: (name: string) => string) {
    this.#client = client
    this.#toKey = toKey
  }

  /** Notes jobs as pending; says for each whether it was not so before. */
  async enter(jobs: readonly { readonly id: string; readonly run: string }[]): Promise<boolean[]> {
    const entered = await Promise.all(jobs.map(({ id, run }) => this.#client().sadd(this.#pending(run), id)))
    for (const run of new Set(jobs.map((job) => job.run))) await this.#client().expire(this.#pending(run), KEPT_SECONDS)
    return entered.map((count) => count === 1)
  }

  /** Takes a job back that `enter` noted; false when it was settled meanwhile. */
  async leave(run: string, id: string): Promise<boolean> {
    return (await this.#client().srem(this.#pending(run), id)) === 1
  }

  async settle(run: string, id: string, end: End, given: JobYield = NO_YIELD): Promise<void> {
    const keys = [this.#pending(run), this.#counts(run), this.#toKey(`run:${run}:sums`), this.#toKey(`run:${run}:notes`)]
    // An empty list would come out of the script's JSON as an empty object, which it walks as well.
    await this.#client().eval(SETTLE, keys.length, ...keys, id, end, KEPT_SECONDS, JSON.stringify(given), MOST_NOTES)
    await this.#client().srem(this.#cancelled(), id)
  }

  /** Makes a job that ended as failed pending again. */
  async reopen(run: string, id: string): Promise<void> {
    await this.#client().eval(REOPEN, 2, this.#pending(run), this.#counts(run), id, 'failed', KEPT_SECONDS)
  }

  /** Looks for lost jobs first where `seek` says so. */
  async progress(run: string, seek: boolean): Promise<RunProgress> {
    if (seek) await this.#settleLost(run)
    const [counts, pending] = await Promise.all([this.#client().hgetall(this.#counts(run)), this.#client().scard(this.#pending(run))])
    const count = (name: End) => Number(counts[name] ?? 0)
    return { pending, done: count('done'), failed: count('failed'), cancelled: count('cancelled') }
  }

  async yielded(run: string): Promise<JobYield> {
    const [sums, notes] = await Promise.all([this.#client().hgetall(this.#toKey(`run:${run}:sums`)), this.#client().lrange(this.#toKey(`run:${run}:notes`), 0, -1)])
    return { sums: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, Number(sum)])), notes }
  }

  pendingOf(run: string): Promise<string[]> {
    return this.#client().smembers(this.#pending(run))
  }

  async stop(run: string): Promise<void> {
    await this.#client().hset(this.#counts(run), 'stopped', 1)
  }

  async isStopped(run: string): Promise<boolean> {
    return (await this.#client().hexists(this.#counts(run), 'stopped')) === 1
  }

  async markCancelled(id: string): Promise<void> {
    await this.#client().sadd(this.#cancelled(), id)
  }

  async isCancelled(id: string, run: string): Promise<boolean> {
    return (await this.#client().sismember(this.#cancelled(), id)) === 1 || this.isStopped(run)
  }

  /** Jobs that Bull itself gave up were settled by nobody; those that a Redis forgot when it died are left to be offered again. */
  async #settleLost(run: string): Promise<void> {
    await Promise.all((await this.#client().srandmember(this.#pending(run), 100)).map(async (id) => {
      const [known, finished] = await Promise.all([this.#client().hexists(this.#toKey(id), 'data'), this.#client().hget(this.#toKey(id), 'finishedOn')])
      if (finished !== null) await this.settle(run, id, 'failed')
      if (known === 1) this.#unknown.delete(id)
      else if ((this.#unknown.get(id) ?? 0) < LOST_AFTER) this.#unknown.set(id, (this.#unknown.get(id) ?? 0) + 1)
      else {
        this.#unknown.delete(id)
        await this.leave(run, id)
      }
    }))
  }

  #pending(run: string): string { return this.#toKey(`run:${run}:pending`) }
  #counts(run: string): string { return this.#toKey(`run:${run}`) }
  #cancelled(): string { return this.#toKey('run-cancelled:ids') }
}
