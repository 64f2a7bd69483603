// graphloom ingest: documents -> graph.
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { GraphloomError } from '../errors.ts'
import type { GraphStore } from '../graph/index.ts'
import { read } from '../ingest/index.ts'
import type { CompiledOntology } from '../ontology/index.ts'
import { buildGraph } from '../pipeline.ts'
import type { RunReport } from '../runs/index.ts'
import { EXIT } from './exit.ts'
import { refreshPages } from './local.ts'
import { createProgress, type Progress } from './progress.ts'
import { ingestThroughQueue } from './queued.ts'
import { openExtraction, openGraph, readOntology } from './wire.ts'

export interface IngestOptions {
  readonly ontology: string
  readonly collection: string
  readonly store: string
  readonly workers?: number
  readonly device: 'auto' | 'cpu' | 'cuda' | 'webgpu'
  readonly examples?: string
  readonly precision: number
  readonly models?: string
  readonly fieldMap?: Readonly<Record<string, string>>
  readonly dryRun?: boolean
  readonly report?: string
  readonly json?: boolean
  readonly queue?: string
  readonly spool: string
}

interface Run {
  readonly report: RunReport
  /** Records that repeated another word for word. */
  readonly repeated: number
  /** Documents whose jobs someone cancelled. */
  readonly cancelled: number
  /** Where the encoder ran. */
  readonly device: string
}

interface Shell {
  readonly ontology: CompiledOntology
  readonly store: GraphStore | undefined
  readonly clock: () => number
  readonly progress: Progress
  readonly signal: AbortSignal
}

export async function ingest(paths: readonly string[], options: IngestOptions): Promise<void> {
  if (options.queue !== undefined && options.dryRun) throw new GraphloomError('usage.queue', '--dry-run works in this process; leave --queue out.')
  const clock = () => performance.now()
  const ontology = await readOntology(options.ontology, options.examples)
  const store = options.dryRun ? undefined : await openGraph(options.store, ontology)
  const progress = createProgress(process.stderr, clock)
  const stop = new AbortController()
  const interrupt = () => {
    process.stderr.write(options.queue === undefined ? '\nStopping after what is in flight; the same command continues.\n' : '\nNo longer following; the workers go on with what was offered. The same command continues.\n')
    stop.abort()
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    const { report, repeated, cancelled, device } = await (options.queue === undefined ? here : through)(paths, options, { ontology, store, clock, progress, signal: stop.signal })
    progress.finish()
    if (store) await refreshPages(options.store, store)
    await publish(report, repeated, options, device)
    if (cancelled > 0) process.stderr.write(`${cancelled} documents were cancelled; the same command offers them again.\n`)
    if (stop.signal.aborted || cancelled > 0) process.exitCode = EXIT.interrupted
    else if (report.documents.failed > 0) process.exitCode = EXIT.someFailed
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    await store?.close()
  }
}

async function here(paths: readonly string[], options: IngestOptions, { ontology, store, clock, progress, signal }: Shell): Promise<Run> {
  const workers = options.workers ?? cpus().length
  const extraction = await openExtraction(ontology, { ...options, workers, clock })
  try {
    let repeated = 0
    const source = read(paths, { repeated: () => { repeated++ }, collection: options.collection, stdin: process.stdin, ...(options.fieldMap ? { fieldMap: options.fieldMap } : {}) })
    const report = await buildGraph(source, { ontology, extractor: extraction.extractor, ...(store ? { store } : {}) }, {
      collection: options.collection, now: new Date().toISOString(), clock, concurrency: 4 * workers, batch: 64, onProgress: progress.update, signal,
    })
    return { report, repeated, cancelled: 0, device: extraction.device }
  } finally {
    await extraction.close()
  }
}

async function through(paths: readonly string[], options: IngestOptions, { ontology, store, clock, progress, signal }: Shell): Promise<Run> {
  const run = `ingest-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}-${randomUUID().slice(0, 8)}`
  process.stderr.write(`Run ${run}. To end it: graphloom queue cancel --run ${run} --queue ${options.queue}\n`)
  const followed = await ingestThroughQueue(paths, {
    ...options, queue: options.queue as string, graph: store as GraphStore, ontology, fieldMap: options.fieldMap ?? {}, run, clock, signal, onProgress: progress.update, onInterrupt: 'leave',
    onNobody: () => { process.stderr.write(`Nobody takes documents from ${options.queue}. Start a worker: graphloom work --queue ${options.queue}\n`) },
  })
  return { ...followed, device: 'the workers' }
}

async function publish(report: RunReport, repeated: number, options: IngestOptions, device: string): Promise<void> {
  const json = `${JSON.stringify({ ...report, documents: { ...report.documents, repeated }, device }, null, 2)}\n`
  if (options.report) {
    await mkdir(dirname(options.report), { recursive: true })
    await writeFile(options.report, json)
  }
  process.stdout.write(options.json ? json : summary(report, device, repeated))
}

function summary({ documents, characters, counts, seconds, rates, failures, failuresLeftOut, warnings }: RunReport, device: string, repeated: number): string {
  const refused = Object.entries(counts.rejected).map(([reason, number]) => `${number} ${reason}`).join(', ')
  const lines = [
    `Documents: ${documents.read} read, ${documents.done} done, ${documents.unchanged} unchanged, ${documents.failed} failed${repeated ? `; ${repeated} more repeated a record word for word` : ''}`,
    `Characters: ${characters.in} in, ${characters.seen} seen`,
    `Found: ${counts.mentions} mentions, ${counts.chains} chains, ${counts.pairs} pairs, ${counts.scored} scores`,
    `Triples: ${counts.accepted} accepted, ${counts.review} for review${refused ? `; refused: ${refused}` : ''}`,
    `Time: ${seconds['total']} s, ${rates.pagesPerMinute.toFixed(0)} pages of 1,800 characters a minute; encoder on ${device}`,
    ...warnings.slice(0, 10).map(({ uri, warning }) => `Warning: ${uri}: ${warning}`),
    ...(warnings.length > 10 ? [`… and ${warnings.length - 10} more warnings (see --report)`] : []),
    ...failures.slice(0, 20).map(({ uri, record, code, reason }) => `Failed: ${uri}${record === undefined ? '' : `#${record}`}: ${reason} [${code}]`),
    ...(failures.length + failuresLeftOut > 20 ? [`… and ${failures.length + failuresLeftOut - 20} more failures (see --report)`] : []),
  ]
  return `${lines.join('\n')}\n`
}
