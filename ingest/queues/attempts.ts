// What a job's hash keeps of its attempts: a mark for each that was begun and has not ended. Who finds one later knows that its worker was lost.
import type { RedisClient } from './runs.ts'

export interface Past {
  /** Workers lost in the work. */
  readonly deaths: number
  /** Workers lost after they told that the job's own work was survived. */
  readonly losses: number
  readonly settled: boolean
}

/** One attempt at a job. */
export interface OpenAttempt {
  /** False where the job is gone: another worker ended it. */
  begin(): Promise<boolean>
  survive(): Promise<void>
  end(): Promise<void>
}

const MARK = 'begun:'

// A hash without data is no job: Bull writes the time of an attempt also where the job was removed meanwhile.
const BEGIN = `if redis.call('HEXISTS', KEYS[1], 'data') == 0 then return 0 end redis.call('HSET', KEYS[1], ARGV[1], 'begun') return 1`
const SURVIVE = `if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], 'survived') end return 1`
const SETTLE = `if redis.call('HEXISTS', KEYS[1], 'data') == 1 then redis.call('HSET', KEYS[1], 'settled', 1) end return 1`
const PAST = `local past = {0, 0, redis.call('HEXISTS', KEYS[1], 'settled')}
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do if fields[i]:sub(1, #ARGV[1]) == ARGV[1] then
  local at = fields[i + 1] == 'begun' and 1 or 2
  past[at] = past[at] + 1
end end
return past`
const FORGET = `for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do if field:sub(1, #ARGV[1]) == ARGV[1] then redis.call('HDEL', KEYS[1], field) end end
return redis.call('HDEL', KEYS[1], 'attemptsMade', 'stalledCounter', 'progress')`
const SWEEP = `if redis.call('HEXISTS', KEYS[1], 'data') == 0 then return redis.call('DEL', KEYS[1]) end return 0`

export class Attempts {
  readonly #client: () => RedisClient
  readonly #keyOf: (id: string) => string
  readonly #worker: string
  #count = 0

  /** `worker` tells the marks of this process from those of others. */
  constructor(client: () => RedisClient, keyOf: (id: string) => string, worker: string) {
    this.#client = client
    this.#keyOf = keyOf
    this.#worker = worker
  }

  open(id: string): OpenAttempt {
    const mark = `${MARK}${this.#worker}:${this.#count++}`
    return {
      begin: async () => Number(await this.#run(BEGIN, id, mark)) === 1,
      survive: async () => { await this.#run(SURVIVE, id, mark) },
      end: async () => { await this.#client().hdel(this.#keyOf(id), mark) },
    }
  }

  async past(id: string): Promise<Past> {
    const [deaths, losses, settled] = (await this.#run(PAST, id, MARK)) as [number, number, number]
    return { deaths, losses, settled: settled === 1 }
  }

  /** Notes that the run has counted the job, in case its worker is lost before it can say so to Bull. */
  async settle(id: string): Promise<void> { await this.#run(SETTLE, id) }

  /** Begins the job's count of attempts anew. */
  async forget(id: string): Promise<void> { await this.#run(FORGET, id, MARK) }

  /** Removes what is left of a job that is none any more. */
  async sweep(id: string): Promise<void> { await this.#run(SWEEP, id) }

  #run(script: string, id: string, ...values: string[]): Promise<unknown> {
    return this.#client().eval(script, 1, this.#keyOf(id), ...values)
  }
}
