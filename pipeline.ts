// source -> graph on one screen. The stages (read, skip what is unchanged, extract, commit) are one function, `ingest`. `buildGraph` runs it in this
// process; `buildGraphThrough` offers references to a queue and follows them, while `work`, on any number of machines, runs it on what the queue brings.
// Settling, which derives entities and facts from what was committed, comes last.
import { type GraphloomError, isGraphloomError } from './errors.ts'
import type { Extractor } from './extract/index.ts'
import { commit, type GraphStore, settle, unchanged } from './graph/index.ts'
import { type Consumer, NO_YIELD, type Queue, type ReadResult, readReference } from './ingest/index.ts'
import type { CompiledOntology } from './ontology/index.ts'
import {
  type Batch, batches, createGroups, createReport, type Followed, type FollowOptions, follow, mapConcurrently, type Offer, type Outcome, type PlannedReference, type RunReport, stopwatch,
  yieldOf, yieldOfTime, yieldOfWrites,
} from './runs/index.ts'

export type { Followed, PlannedReference } from './runs/index.ts'

export interface Dependencies {
  readonly ontology: CompiledOntology
  readonly extractor: Extractor
  /** Absent in a dry run: nothing is written. */
  readonly store?: GraphStore
}

export interface StageOptions {
  /** ISO 8601 time that provenance calls "seen". */
  readonly now: string
  /** Milliseconds from any fixed point; for stage times only. */
  readonly clock: () => number
  /** Documents extracted at once. */
  readonly concurrency: number
  /** Documents committed in one transaction. */
  readonly batch: number
  /** Told how many more documents, in the order read, are extracted and about to be committed. */
  readonly onExtracted?: (documents: number) => Promise<void>
}

export interface PipelineOptions extends StageOptions {
  readonly collection: string
  readonly onProgress?: (report: RunReport) => void
  /** Ends the run after what is in flight is committed. */
  readonly signal?: AbortSignal
}

/** Builds the graph of a collection from what `source` reads; every document ends as done, unchanged or failed. */
export async function buildGraph(source: AsyncIterable<ReadResult>, dependencies: Dependencies, options: PipelineOptions): Promise<RunReport> {
  const report = createReport(options.clock)
  for await (const { outcomes, cost } of ingest(source, dependencies, options)) {
    for (const outcome of outcomes) {
      report.add(yieldOf(outcome))
      if (outcome.status === 'failed') report.list(outcome.failure)
    }
    report.add(cost)
    options.onProgress?.(report.snapshot())
    if (options.signal?.aborted) break
  }
  report.add(await settled(dependencies, options))
  return report.snapshot()
}

/** The same through a queue, for who offers: every document that the survey finds ends as done, unchanged or failed, whoever dies meanwhile. */
export async function buildGraphThrough(queue: Queue<PlannedReference>, offer: Offer, { ontology, store }: Omit<Dependencies, 'extractor'>, options: FollowOptions & Omit<PipelineOptions, 'concurrency' | 'batch'>): Promise<Followed> {
  const followed = await follow(queue, offer, options)
  const cost = followed.interrupted ? NO_YIELD : await settled({ ontology, ...(store ? { store } : {}) }, options)
  return { ...followed, report: followed.reportWith(cost) }
}

/** What a plan's jobs are worked with. */
export interface Planned extends Dependencies {
  readonly collection: string
  readonly fieldMap: Readonly<Record<string, string>>
}

export interface WorkOptions extends Omit<StageOptions, 'now' | 'onExtracted'> {
  readonly now: () => string
  /** What the plan at a path asks for. */
  readonly open: (plan: string) => Promise<Planned>
  /** Told when the store is away; the work goes on when it is back. */
  readonly onWait?: (error: GraphloomError) => void
}

/** The same through a queue, for who works: takes jobs in groups until it is stopped, and settles what it committed when nothing is left to do. */
export async function work(queue: Queue<PlannedReference>, options: WorkOptions): Promise<Consumer> {
  const groups = createGroups<Planned>(queue, {
    ...options,
    run: (references, planned, onExtracted) => ingest(read(references, planned), planned, { ...options, now: options.now(), onExtracted }),
    settle: async (planned) => { await settled(planned, { ...options, collection: planned.collection, now: options.now() }) },
  })
  const consumer = await queue.consume(groups.take, { concurrency: options.batch })
  return { stop: async () => { await consumer.stop(); await groups.stop() } }
}

async function* read(references: Iterable<PlannedReference>, planned: Planned): AsyncGenerator<ReadResult> {
  for (const reference of references) yield await readReference(reference, planned)
}

/** The stages. Yields what became of every document, in the order read, once it is committed. */
async function* ingest(source: AsyncIterable<ReadResult>, dependencies: Dependencies, options: StageOptions): AsyncGenerator<Batch> {
  const { store, ontology, extractor } = dependencies
  const watch = stopwatch(options.clock)
  for await (const batch of batches(watch.each('read', source), options.batch)) {
    const known = await unchangedAmong(batch, dependencies)
    const outcomes = await mapConcurrently(batch, options.concurrency, (result) => outcomeOf(result, known, extractor))
    await options.onExtracted?.(outcomes.length)
    const claims = outcomes.flatMap((outcome) => (outcome.status === 'done' ? [{ ...outcome, stamp: extractor.stamp }] : []))
    const writes = store && claims.length ? yieldOfWrites(await watch.time('commit', () => commit(store, ontology, claims, options.now))).sums : {}
    yield { outcomes, cost: { sums: { ...writes, ...yieldOfTime(watch.take()).sums }, notes: [] } }
  }
}

async function outcomeOf(result: ReadResult, known: ReadonlySet<string>, extractor: Extractor): Promise<Outcome> {
  if (result.status === 'failed') return result
  const { document } = result
  if (known.has(document.id)) return { status: 'unchanged', document }
  try {
    return { status: 'done', document, extraction: await extractor.extract(document) }
  } catch (error) {
    if (!isGraphloomError(error) || error.retryable || error.code.startsWith('model.')) throw error
    return { status: 'failed', document, failure: { uri: document.uri, ...(document.record === undefined ? {} : { record: document.record }), code: error.code, reason: error.message } }
  }
}

async function unchangedAmong(batch: readonly ReadResult[], { store, extractor: { stamp } }: Dependencies): Promise<ReadonlySet<string>> {
  const documents = batch.flatMap((result) => (result.status === 'read' ? [result.document] : []))
  const [first] = documents
  return store && first ? unchanged(store, first.collection, documents.map(({ id, sha256 }) => ({ id, sha256, stamp }))) : new Set()
}

async function settled({ store, ontology }: Omit<Dependencies, 'extractor'>, { clock, collection, now }: Pick<PipelineOptions, 'clock' | 'collection' | 'now'>) {
  if (!store) return NO_YIELD
  const since = clock()
  const writes = yieldOfWrites(await settle(store, ontology, collection, now))
  return { sums: { ...writes.sums, ...yieldOfTime({ settle: clock() - since }).sums }, notes: [] }
}
