// source -> graph on one screen: read, skip what is unchanged, extract, commit, settle.
import { GraphloomError, isGraphloomError } from './errors.ts'
import type { Extractor } from './extract/index.ts'
import { commit, type GraphStore, settle, unchanged } from './graph/index.ts'
import type { Document, ReadResult } from './ingest/index.ts'
import type { CompiledOntology } from './ontology/index.ts'
import { createReport, type MutableReport, type RunReport } from './report.ts'

export interface Dependencies {
  readonly ontology: CompiledOntology
  readonly extractor: Extractor
  /** Absent in a dry run: nothing is written. */
  readonly store?: GraphStore
}

export interface PipelineOptions {
  readonly collection: string
  /** ISO 8601 time that provenance calls "seen". */
  readonly now: string
  /** Milliseconds from any fixed point; for stage times only. */
  readonly clock: () => number
  /** Documents extracted at once. */
  readonly concurrency: number
  /** Documents committed in one transaction. */
  readonly batch: number
  readonly onProgress?: (report: RunReport) => void
  /** Ends the run after what is in flight is committed. */
  readonly signal?: AbortSignal
}

/** Builds the graph of a collection from what `source` reads; every document ends as done, unchanged or failed. */
export async function buildGraph(source: AsyncIterable<ReadResult>, dependencies: Dependencies, options: PipelineOptions): Promise<RunReport> {
  const report = createReport(options.clock)
  const { ontology, store } = dependencies
  for await (const batch of batches(source, options, report)) {
    const fresh = await skipUnchanged(batch, dependencies, options, report)
    const claims = await extractAll(fresh, dependencies, options, report)
    if (store && claims.length) report.wrote(await report.time('commit', () => commit(store, ontology, claims, options.now)))
    options.onProgress?.(report.snapshot())
    if (options.signal?.aborted) break
  }
  if (store) report.wrote(await report.time('settle', () => settle(store, ontology, options.collection, options.now)))
  return report.snapshot()
}

/** Groups readable documents by number and size, so that memory stays bounded whatever the source holds. */
async function* batches(source: AsyncIterable<ReadResult>, { batch }: PipelineOptions, report: MutableReport): AsyncGenerator<Document[]> {
  const largest = 8_000_000 // characters
  let documents: Document[] = []
  let characters = 0
  for await (const result of report.timeEach('read', source)) {
    if (result.status === 'failed') report.failed(result.failure)
    else {
      report.read(result.document)
      documents.push(result.document)
      characters += result.document.text.length
    }
    if (documents.length < batch && characters < largest) continue
    yield documents
    documents = []
    characters = 0
  }
  if (documents.length) yield documents
}

async function skipUnchanged(documents: readonly Document[], { store, extractor }: Dependencies, { collection }: PipelineOptions, report: MutableReport) {
  if (!store) return documents
  const known = await unchanged(store, collection, documents.map(({ id, sha256 }) => ({ id, sha256, stamp: extractor.stamp })))
  for (const document of documents) if (known.has(document.id)) report.unchanged(document)
  return documents.filter(({ id }) => !known.has(id))
}

async function extractAll(documents: readonly Document[], { extractor }: Dependencies, { concurrency }: PipelineOptions, report: MutableReport) {
  const { stamp } = extractor
  const results = await mapConcurrently(documents, concurrency, async (document) => {
    try {
      const extraction = await extractor.extract(document)
      report.extracted(document, extraction)
      return { document, extraction, stamp }
    } catch (error) {
      if (!isGraphloomError(error)) throw error
      if (error.retryable || error.code.startsWith('model.')) throw error
      report.failed({ uri: document.uri, ...(document.record === undefined ? {} : { record: document.record }), code: error.code, reason: error.message })
      return undefined
    }
  })
  return results.filter((claim) => claim !== undefined)
}

async function mapConcurrently<Input, Output>(inputs: readonly Input[], concurrency: number, map: (input: Input) => Promise<Output>): Promise<Output[]> {
  if (!(concurrency >= 1)) throw new GraphloomError('usage.concurrency', `concurrency is ${concurrency}; expected 1 or more`)
  const outputs = new Array<Output>(inputs.length)
  let next = 0
  const lane = async () => {
    while (next < inputs.length) {
      const index = next++
      outputs[index] = await map(inputs[index] as Input)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, inputs.length) }, lane))
  return outputs
}
