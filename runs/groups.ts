// Single jobs of a queue -> groups of one plan that go through the stages together; each job ends with the fate of its own document.
import { setTimeout as sleep } from 'node:timers/promises'
import { type ErrorCode, GraphloomError, isGraphloomError } from '../errors.ts'
import { addYields, type Attempt, type JobYield, NO_YIELD, type Queue } from '../ingest/index.ts'
import type { PlannedReference } from './offer.ts'
import { type Batch, type Outcome, yieldOf } from './outcome.ts'

export interface GroupOptions<Planned> {
  /** Most jobs of a group. */
  readonly batch: number
  readonly open: (plan: string) => Promise<Planned>
  /** What becomes of the references' documents, in their order; tells how many more of them are extracted and only wait to be written. */
  readonly run: (references: readonly PlannedReference[], planned: Planned, onExtracted: (documents: number) => Promise<void>) => AsyncIterable<Batch>
  readonly settle: (planned: Planned) => Promise<void>
  readonly onWait?: (error: GraphloomError) => void
}

export interface Groups {
  /** Ends when the job's document is committed or found unchanged; fails when the document did. */
  take(attempt: Attempt<PlannedReference>): Promise<JobYield>
  stop(): Promise<void>
}

interface Member {
  readonly attempt: Attempt<PlannedReference>
  readonly resolve: (given: JobYield) => void
  readonly reject: (error: unknown) => void
}

/** While one group is committed, the next is extracted. */
const GROUPS_AT_ONCE = 2
const LONGEST_PAUSE = 15_000 // milliseconds
const IDLE_TICKS = 4 // seconds without a job before what was committed is settled: longer than who follows a run takes to do so

export function createGroups<Planned>(queue: Pick<Queue<PlannedReference>, 'progress'>, options: GroupOptions<Planned>): Groups {
  const waiting: Member[] = []
  const running = new Set<Promise<void>>()
  const unsettled = new Map<string, { readonly planned: Planned; readonly runs: Set<string> }>()
  let stopped = false
  let idle = 0

  const begin = () => {
    while (running.size < GROUPS_AT_ONCE && waiting[0] !== undefined) {
      const { plan } = waiting[0].attempt.job.reference
      const group: Member[] = []
      for (let at = 0; at < waiting.length && group.length < options.batch; ) {
        if (waiting[at]?.attempt.job.reference.plan === plan) group.push(...waiting.splice(at, 1))
        else at++
      }
      const task = runPatiently(plan, group).finally(() => {
        running.delete(task)
        begin()
      })
      running.add(task)
    }
  }

  /** A store that is away is waited for: no document is to blame. */
  const runPatiently = async (plan: string, group: readonly Member[]): Promise<void> => {
    const left = group.slice()
    for (let pause = 500; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try {
        return await runOnce(plan, left)
      } catch (error) {
        if (!isAway(error) || stopped) return left.forEach(({ reject }) => { reject(asJobError(error)) })
        options.onWait?.(error)
        await sleep(pause)
      }
    }
  }

  /** Takes members out of `left` as they end. */
  const runOnce = async (plan: string, left: Member[]): Promise<void> => {
    for (const member of left.splice(0)) {
      if (member.attempt.signal.aborted) member.reject(new GraphloomError('queue.cancelled', 'The job was cancelled.'))
      else left.push(member)
    }
    if (left.length === 0) return
    const planned = await options.open(plan)
    const unread = left.slice()
    const onExtracted = async (documents: number): Promise<void> => { await Promise.all(unread.splice(0, documents).map(({ attempt }) => attempt.survived())) }
    for await (const { outcomes, cost } of options.run(left.map(({ attempt }) => attempt.job.reference), planned, onExtracted)) {
      const ended = left.splice(0, outcomes.length)
      const payer = outcomes.findIndex(({ status }) => status !== 'failed')
      const known = unsettled.get(plan) ?? { planned, runs: new Set() }
      for (const { attempt } of ended) known.runs.add(attempt.job.run)
      if (outcomes.some(({ status }) => status === 'done')) unsettled.set(plan, known)
      outcomes.forEach((outcome, index) => { end(ended[index] as Member, outcome, index === payer ? cost : NO_YIELD) })
    }
  }

  const settleIdle = async () => {
    for (const [plan, { planned, runs }] of unsettled) {
      const pending = await Promise.all([...runs].map(async (run) => (await queue.progress(run)).pending))
      if (pending.some((number) => number > 0)) continue
      unsettled.delete(plan)
      await options.settle(planned)
    }
  }
  let settling = Promise.resolve()
  const tick = setInterval(() => {
    idle = running.size === 0 && waiting.length === 0 ? idle + 1 : 0
    if (idle === 0 || idle % IDLE_TICKS !== 0 || unsettled.size === 0) return
    settling = settling.then(settleIdle).catch((error) => { if (isGraphloomError(error)) options.onWait?.(error) })
  }, 1000)

  return {
    take: (attempt) => new Promise((resolve, reject) => {
      waiting.push({ attempt, resolve, reject })
      begin()
    }),
    async stop() {
      stopped = true
      clearInterval(tick)
      await Promise.all(running)
      await settling
    },
  }
}

function end({ resolve, reject }: Member, outcome: Outcome, cost: JobYield): void {
  if (outcome.status !== 'failed') resolve(addYields(yieldOf(outcome), cost))
  else {
    const { code, reason } = outcome.failure
    // A disk or a share may come back; what the content is does not change.
    reject(new GraphloomError(code as ErrorCode, reason, { retryable: code === 'ingest.unreadable' }))
  }
}

const isAway = (error: unknown): error is GraphloomError => isGraphloomError(error) && error.retryable && error.code.startsWith('store.')

/** An encoder that broke may work the next time, or elsewhere. */
function asJobError(error: unknown): unknown {
  return isGraphloomError(error) && error.code.startsWith('model.') ? new GraphloomError(error.code, error.message, { retryable: true, cause: error }) : error
}
