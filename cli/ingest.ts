// graphloom ingest: documents -> graph.
import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { read } from '../ingest/index.ts'
import { buildGraph } from '../pipeline.ts'
import type { RunReport } from '../report.ts'
import { EXIT } from './exit.ts'
import { createProgress } from './progress.ts'
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
}

export async function ingest(paths: readonly string[], options: IngestOptions): Promise<void> {
  const clock = () => performance.now()
  const ontology = await readOntology(options.ontology, options.examples)
  const extraction = await openExtraction(ontology, { ...options, workers: options.workers ?? cpus().length, clock })
  const store = options.dryRun ? undefined : await openGraph(options.store, ontology)
  const progress = createProgress(process.stderr, clock)
  const stop = new AbortController()
  const interrupt = () => {
    process.stderr.write('\nStopping after what is in flight; the same command continues.\n')
    stop.abort()
  }
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    let repeated = 0
    const source = read(paths, { repeated: () => { repeated++ }, collection: options.collection, stdin: process.stdin, ...(options.fieldMap ? { fieldMap: options.fieldMap } : {}) })
    const report = await buildGraph(source, { ontology, extractor: extraction.extractor, ...(store ? { store } : {}) }, {
      collection: options.collection,
      now: new Date().toISOString(),
      clock,
      concurrency: 4 * (options.workers ?? cpus().length),
      batch: 64,
      onProgress: progress.update,
      signal: stop.signal,
    })
    progress.finish()
    await publish(report, repeated, options, extraction.device)
    if (stop.signal.aborted) process.exitCode = EXIT.interrupted
    else if (report.documents.failed > 0) process.exitCode = EXIT.someFailed
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
    await extraction.close()
    await store?.close()
  }
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
