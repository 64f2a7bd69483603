// Commands that a Redis took with it when it died are tried again.
import { setTimeout as sleep } from 'node:timers/promises'

const RETRY_AFTER = 200 // milliseconds
const PASSES = /aborted due to connection close|^(?:EXECABORT|LOADING|NOSCRIPT)|ECONNRESET|ECONNREFUSED|EPIPE/u

/** Commands wait while Redis is away and are sent again; but transactions that it took with it, and commands that met it half awake, fail: those are tried again here. */
export async function again<Result>(command: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  for (;;) {
    try {
      return await command()
    } catch (error) {
      if (!PASSES.test((error as Error).message) || signal?.aborted) throw error
      await sleep(RETRY_AFTER)
    }
  }
}
