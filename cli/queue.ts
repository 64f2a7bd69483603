// graphloom queue: what waits, what failed for good, and the commands of whoever looks after it.
import { GraphloomError } from '../errors.ts'
import type { JobState, Queue } from '../ingest/index.ts'
import type { PlannedReference } from '../pipeline.ts'
import { EXIT } from './exit.ts'
import { openDocumentQueue } from './wire.ts'

export interface QueueCommand {
  readonly queue: string
  readonly json?: boolean
}

const LISTED = 20

export function status({ limit = LISTED, ...options }: QueueCommand & { readonly limit?: number }): Promise<void> {
  return withQueue(options, async (queue) => {
    const [counts, paused] = await Promise.all([queue.counts(), queue.paused()])
    const failed: JobState<PlannedReference>[] = []
    for await (const job of queue.failed()) {
      if (failed.length === limit) break
      failed.push(job)
    }
    if (options.json) return print({ ...counts, paused, deadLetters: failed.map(letter) })
    const lines = [
      `${counts.waiting} waiting, ${counts.active} in work, ${counts.delayed} to be tried again, ${counts.failed} failed for good${paused ? '; PAUSED (graphloom queue resume)' : ''}`,
      ...failed.map((job) => `Failed: ${nameOf(job)}: ${job.failure?.reason ?? ''} [${job.failure?.code ?? ''}], tried ${job.attempts} times; job ${job.id}`),
      ...(counts.failed > failed.length ? [`… and ${counts.failed - failed.length} more (--limit)`] : []),
    ]
    process.stdout.write(`${lines.join('\n')}\n`)
  })
}

export function pause(options: QueueCommand): Promise<void> {
  return withQueue(options, async (queue) => {
    await queue.pause()
    process.stdout.write('Paused: workers finish what they have in hand and take nothing more. Go on with: graphloom queue resume\n')
  })
}

export function resume(options: QueueCommand): Promise<void> {
  return withQueue(options, async (queue) => {
    await queue.resume()
    process.stdout.write('Resumed.\n')
  })
}

export function retry(jobs: readonly string[], options: QueueCommand & { readonly all?: boolean }): Promise<void> {
  if ((jobs.length === 0) === !options.all) throw new GraphloomError('usage.queue', 'Expected job ids, as graphloom queue status lists them, or --all.')
  return withQueue(options, async (queue) => {
    const unknown: string[] = []
    let retried = 0
    for await (const id of options.all ? idsOf(queue.failed()) : jobs) {
      if (await queue.retry(id)) retried++
      else unknown.push(id)
    }
    tell(options, { retried, unknown }, `${retried} put back`, unknown, 'not in the dead-letter list')
  })
}

export function cancel(jobs: readonly string[], options: QueueCommand & { readonly run?: string; readonly failed?: boolean }): Promise<void> {
  if ([jobs.length > 0, options.run !== undefined, options.failed === true].filter(Boolean).length !== 1) throw new GraphloomError('usage.queue', 'Expected job ids, or --run RUN, or --failed for the whole dead-letter list.')
  return withQueue(options, async (queue) => {
    const unknown: string[] = []
    let cancelled = options.run === undefined ? 0 : await queue.cancel({ run: options.run })
    for await (const id of options.failed ? idsOf(queue.failed()) : jobs) {
      if ((await queue.cancel({ id })) > 0) cancelled++
      else unknown.push(id)
    }
    tell(options, { cancelled, unknown }, `${cancelled} cancelled`, unknown, 'not in the queue')
  })
}

async function withQueue(options: QueueCommand, use: (queue: Queue<PlannedReference>) => Promise<void>): Promise<void> {
  const queue = await openDocumentQueue(options.queue)
  try {
    await use(queue)
  } finally {
    await queue.close()
  }
}

async function* idsOf(jobs: AsyncIterable<JobState<PlannedReference>>): AsyncGenerator<string> {
  for await (const { id } of jobs) yield id
}

const nameOf = ({ reference: { uri, record } }: JobState<PlannedReference>) => (record === undefined ? uri : `${uri}#${record}`)
const letter = (job: JobState<PlannedReference>) => ({ job: job.id, run: job.run, uri: job.reference.uri, record: job.reference.record, path: job.reference.path, attempts: job.attempts, ...job.failure })
const print = (value: unknown) => { process.stdout.write(`${JSON.stringify(value, null, 2)}\n`) }

function tell(options: QueueCommand, result: object, done: string, unknown: readonly string[], why: string): void {
  if (options.json) print(result)
  else process.stdout.write(`${done}${unknown.length ? `; ${why}: ${unknown.join(', ')}` : ''}\n`)
  if (unknown.length) process.exitCode = EXIT.someFailed
}
