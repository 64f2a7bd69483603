// What uploads become: jobs that read the spool, extract and write, in this process or through a queue.
import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { type IngestRequest, openInProcessJobs, type RunState, type Services } from '../api/index.ts'
import { GraphloomError } from '../errors.ts'
import type { Extractor } from '../extract/index.ts'
import type { GraphStore } from '../graph/index.ts'
import { type Queue, type QueueCounts, read } from '../ingest/index.ts'
import type { CompiledOntology } from '../ontology/index.ts'
import { buildGraph, type PlannedReference } from '../pipeline.ts'
import type { RunReport } from '../runs/index.ts'
import { refreshPages } from './local.ts'
import { ingestThroughQueue } from './queued.ts'
import { openDocumentQueue } from './wire.ts'

export interface IngestJobOptions {
  /** Folder of the server's own files. */
  readonly data: string
  readonly workers: number
  readonly ontology: CompiledOntology
  readonly extractor: Extractor
  readonly store: GraphStore
  /** Its address, for workers. */
  readonly storeUri: string
  /** Where uploads are offered to workers; absent, this process works itself. */
  readonly queue?: string
  readonly precision: number
  readonly clock: () => number
  readonly onError: (error: unknown) => void
}

export interface OpenIngestJobs extends Pick<Required<Services>, 'jobs' | 'spool' | 'extract' | 'queues'> {
  close(): Promise<void>
}

/** Jobs, the folder for uploads, and extraction of a single text. */
export async function openIngestJobs(options: IngestJobOptions): Promise<OpenIngestJobs> {
  const { data, extractor, onError } = options
  const jobs = await openInProcessJobs({ folder: resolve(data, 'jobs'), onError, ingest: async (request, watch) => {
    const state = await ingestFolder(request, watch, options)
    await refreshPages(options.storeUri, options.store)
    return state
  } })
  const watched = options.queue === undefined ? undefined : watch(options.queue)
  return {
    jobs, spool: resolve(data, 'spool'), extract: (input) => extractOne(input, extractor), queues: watched ? { documents: watched.counts } : {},
    async close() {
      await jobs.close()
      await watched?.close()
    },
  }
}

/** A look at a queue whenever someone asks; the server lives without it. */
function watch(uri: string): { readonly counts: () => Promise<QueueCounts>; readonly close: () => Promise<void> } {
  let opened: Promise<Queue<PlannedReference>> | undefined
  const queue = () => {
    const opening = opened ?? openDocumentQueue(uri)
    opened = opening
    opening.catch(() => { opened = undefined })
    return opening
  }
  return { counts: async () => (await queue()).counts(), close: async () => { await (await opened?.catch(() => undefined))?.close() } }
}

async function ingestFolder(request: IngestRequest, watch: { readonly onProgress: (state: RunState) => void; readonly signal: AbortSignal }, options: IngestJobOptions): Promise<RunState> {
  const { folder, collection } = request
  const { ontology, extractor, store, workers, clock } = options
  const onProgress = (now: RunReport) => watch.onProgress(stateOf(now))
  if (options.queue !== undefined) {
    const { report } = await ingestThroughQueue([folder], {
      ...options, collection, queue: options.queue, store: options.storeUri, graph: store, fieldMap: {}, run: `${request.id}-${randomUUID().slice(0, 8)}`,
      spool: resolve(options.data, 'plans'), clock, onProgress, signal: watch.signal, onInterrupt: 'cancel',
    })
    return stateOf(report)
  }
  const report = await buildGraph(read([folder], { collection }), { ontology, extractor, store }, {
    collection, now: new Date().toISOString(), clock, concurrency: 4 * workers, batch: 64, onProgress, signal: watch.signal,
  })
  return stateOf(report)
}

function stateOf({ documents, failures, seconds }: RunReport): RunState {
  const { read: count, done, unchanged, failed } = documents
  return { progress: { documents: count + failed, done, unchanged, failed }, failures, seconds }
}

async function extractOne({ text, name }: { readonly text: string; readonly name: string }, extractor: Extractor): ReturnType<NonNullable<Services['extract']>> {
  const documents = []
  for await (const result of read(['-'], { collection: 'extract', stdin: bytesOf(text) })) {
    if (result.status === 'failed') throw new GraphloomError('api.unprocessable', `${name}: ${result.failure.reason} [${result.failure.code}]`)
    documents.push(result.document)
  }
  const [document] = documents
  if (document === undefined || documents.length > 1) throw new GraphloomError('api.unprocessable', `${name} holds ${documents.length} documents; expected one.`)
  return { document, extraction: await extractor.extract(document) }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
