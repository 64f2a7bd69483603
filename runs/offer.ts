// References -> jobs of a queue, followed until every one of them is settled, whatever workers, queue or other runs do meanwhile.
import { setTimeout as sleep } from 'node:timers/promises'
import { addYields, type DocumentReference, type Job, jobId, type JobYield, NO_YIELD, type Queue, type RunProgress, type Surveyed } from '../ingest/index.ts'
import { createReport, type RunReport } from './report.ts'

/** What a job carries: where its document stands, and the path of the plan to work by. */
export type PlannedReference = DocumentReference & { readonly plan: string }

export interface Offer {
  /** Name of the run; progress is counted under it. */
  readonly run: string
  readonly plan: string
  readonly collection: string
  /** Hash of all that decides how documents are extracted: part of the jobs' ids. */
  readonly recipe: string
  /** Begins anew at each call. */
  readonly survey: () => AsyncIterable<Surveyed>
}

export interface FollowOptions {
  readonly clock: () => number
  readonly onProgress?: (report: RunReport) => void
  /** Ends the following; the workers go on with what was offered. */
  readonly signal?: AbortSignal
  /** Milliseconds between two looks at the queue. */
  readonly every?: number
}

export interface Followed {
  readonly report: RunReport
  /** Documents whose jobs someone cancelled. */
  readonly cancelled: number
  readonly interrupted: boolean
  /** The report with a cost that came after. */
  reportWith(cost: JobYield): RunReport
}

interface Pass {
  readonly added: number
  /** Offered by another run, and not settled yet. */
  readonly elsewhere: number
  readonly progress: RunProgress
  readonly yielded: JobYield
}

/** Offers all that the survey finds, and again what got lost or was another run's, until nothing is left; only then is the account complete. */
export async function follow(queue: Queue<PlannedReference>, offer: Offer, options: FollowOptions): Promise<Followed> {
  let earlier = NO_YIELD
  for (let number = 1; ; number++) {
    const report = createReport(options.clock)
    const run = number === 1 ? offer.run : `${offer.run}-${number}`
    const { added, elsewhere, progress, yielded } = await pass(queue, { ...offer, run }, number > 1, report, options)
    const settled = progress.done + progress.failed + progress.cancelled
    const interrupted = options.signal?.aborted ?? false
    if ((elsewhere === 0 && settled >= added) || progress.cancelled > 0 || interrupted) {
      for await (const job of queue.failed()) if (job.run === run) report.list(failureOf(job.reference, job.failure))
      const known = addYields(withEarlier(yielded, earlier), failures(progress.failed))
      return { report: report.snapshot(known), cancelled: progress.cancelled, interrupted, reportWith: (cost) => report.snapshot(addYields(known, cost)) }
    }
    earlier = addYields(earlier, yielded)
    if (elsewhere > 0) await sleep(Math.min(1000 * number, 10_000), undefined, { ...(options.signal ? { signal: options.signal } : {}) }).catch(() => {})
  }
}

/** Offers once and waits until what was added is settled, or forgotten by a queue that lost its memory. */
async function pass(queue: Queue<PlannedReference>, offer: Offer, again: boolean, report: ReturnType<typeof createReport>, options: FollowOptions): Promise<Pass> {
  let elsewhere = 0
  const jobs = async function* (): AsyncGenerator<Job<PlannedReference>> {
    for await (const surveyed of offer.survey()) {
      if (options.signal?.aborted) return
      if (surveyed.status === 'failed') {
        report.add(failures(1))
        report.list(surveyed.failure)
        continue
      }
      const job = jobOf(surveyed.reference, offer)
      // Looked up one by one only when something is known to be amiss.
      const known = again ? await queue.find(job.id) : undefined
      if (known?.status === 'failed') {
        report.add(failures(1))
        report.list(failureOf(job.reference, known.failure))
      } else if (known !== undefined && known.run !== offer.run) elsewhere++
      else yield job
    }
  }
  const state = { offered: false }
  const offering = queue.add(jobs(), options.signal ? { signal: options.signal } : {}).finally(() => { state.offered = true })
  offering.catch(() => {}) // awaited below
  let progress = await queue.progress(offer.run)
  for (; !(state.offered && progress.pending === 0) && !options.signal?.aborted; progress = await queue.progress(offer.run)) {
    options.onProgress?.(report.snapshot(addYields(await queue.yielded(offer.run), failures(progress.failed))))
    await sleep(options.every ?? 250)
  }
  const { added, known } = await offering
  return { added, elsewhere: elsewhere + known, progress: await queue.progress(offer.run), yielded: await queue.yielded(offer.run) }
}

function jobOf(reference: DocumentReference, { run, plan, collection, recipe }: Offer): Job<PlannedReference> {
  const { uri, record, sha256 } = reference
  return { id: jobId({ collection, uri, ...(record === undefined ? {} : { record }), sha256, stamp: recipe }), run, reference: { ...reference, plan } }
}

function failureOf({ uri, record }: PlannedReference, failure: { readonly code: string; readonly reason: string } = { code: 'queue.unknown', reason: 'no reason was kept' }) {
  return { uri, ...(record === undefined ? {} : { record }), code: failure.code, reason: failure.reason }
}

const failures = (number: number): JobYield => ({ sums: { 'documents.failed': number }, notes: [] })

/** The last pass sees every document, as unchanged where an earlier pass did it; the work itself was done in all of them. */
function withEarlier(last: JobYield, earlier: JobYield): JobYield {
  const done = earlier.sums['documents.done'] ?? 0
  if (Object.keys(earlier.sums).length === 0) return last
  const worked = Object.fromEntries(Object.entries(earlier.sums).filter(([name]) => /^(?:documents\.done|counts\.|rejected\.|writes\.|milliseconds\.)/u.test(name)))
  const sums = addYields(last, { sums: worked, notes: earlier.notes }).sums
  return { sums: { ...sums, 'documents.unchanged': Math.max(0, (sums['documents.unchanged'] ?? 0) - done) }, notes: addYields(last, earlier).notes }
}
