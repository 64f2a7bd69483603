// graphloom serve: the API, its docs page and the web page over one graph.
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { type Application, createApp, isLoopback, openAudit, openKeys, type Services } from '../api/index.ts'
import { GraphloomError, isGraphloomError } from '../errors.ts'
import { openDecisions } from '../graph/index.ts'
import { openIngestJobs } from './jobs.ts'
import { KEYS_FILE } from './keys.ts'
import { packageRoot, packageVersion } from './paths.ts'
import { openExistingGraph, openExtraction, openExistingReader, openGraph, openQueryDoor, readOntology } from './wire.ts'

export interface ServeOptions {
  readonly port: number
  readonly host: string
  readonly store: string
  readonly keys?: string
  readonly data: string
  readonly ontology?: string
  readonly examples?: string
  readonly models?: string
  readonly device: 'auto' | 'cpu' | 'cuda' | 'webgpu'
  readonly workers?: number
  readonly precision: number
  readonly queue?: string
  readonly cypher?: boolean
  readonly rate?: number
  readonly web?: string
}

export async function serve(options: ServeOptions): Promise<void> {
  const app = await openServer(options)
  process.stdout.write(`Graphloom serves ${options.store} at ${app.url}\n  Page: ${app.url}/   Docs: ${app.url}/docs   Health: ${app.url}/health\n${app.open ? '  No keys: open to this machine alone. Make one with: graphloom keys add NAME --role ROLE\n' : ''}Stop it with Ctrl-C.\n`)
  await new Promise<void>((stop) => { process.once('SIGINT', () => stop()).once('SIGTERM', () => stop()) })
  process.stderr.write('\nStopping; requests in hand are answered first.\n')
  await app.close()
}

export interface OpenServer {
  readonly url: string
  /** Without keys. */
  readonly open: boolean
  close(): Promise<void>
}

/** Starts the server; what was opened on the way is closed when a later step fails. */
export async function openServer(options: ServeOptions): Promise<OpenServer> {
  const file = options.keys ?? (existsSync(KEYS_FILE) ? KEYS_FILE : undefined)
  if (file === undefined && !isLoopback(options.host)) throw new GraphloomError('usage.host', `--host ${options.host} opens the server to others, which needs keys; make one with: graphloom keys add NAME --role ROLE`)
  const keys = file === undefined ? undefined : await openKeys(file)
  const opened: (() => Promise<unknown>)[] = []
  const closeAll = async () => { for (const close of opened.splice(0).reverse()) await close() }
  try {
    const services = await openServices(options, (close) => opened.push(close))
    const app = createApp(services, {
      version: packageVersion(), audit: openAudit(join(options.data, 'audit.jsonl')), ...(keys === undefined ? {} : { keys }), web: resolve(options.web ?? join(packageRoot(), 'web', 'dist')),
      now: () => new Date().toISOString(), clock: () => performance.now(), newId: () => randomUUID(), onError: report,
      ...(options.rate === undefined ? {} : { limits: { rate: options.rate } }),
    })
    const url = await listen(app, options)
    return { url, open: keys === undefined, close: async () => { await app.close(); await closeAll() } }
  } catch (error) {
    await closeAll()
    throw error
  }
}

async function listen(app: Application, { port, host }: ServeOptions): Promise<string> {
  const taken = await app.listen(port, host)
  return `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
}

async function openServices(options: ServeOptions, onClose: (close: () => Promise<unknown>) => void): Promise<Services> {
  const ontology = options.ontology === undefined ? undefined : await readOntology(options.ontology, options.examples)
  const store = ontology === undefined ? await openExistingGraph(options.store) : await openGraph(options.store, ontology)
  onClose(() => store.close())
  const reader = await openExistingReader(options.store)
  onClose(() => reader.close())
  const cypher = options.cypher ? await openQueryDoor(options.store) : undefined
  if (cypher) onClose(() => cypher.close())
  const base: Services = { store, reader, decisions: openDecisions(store), ...(cypher ? { cypher } : {}) }
  if (ontology === undefined) return base
  const clock = () => performance.now()
  const workers = options.workers ?? cpus().length
  const extraction = await openExtraction(ontology, { ...options, workers, clock })
  onClose(() => extraction.close())
  const writing = await openIngestJobs({ ...options, workers, ontology, store, storeUri: options.store, extractor: extraction.extractor, clock, onError: (error) => report(error, 'job') })
  onClose(() => writing.close())
  const { jobs, spool, extract, queues } = writing
  return { ...base, ontology, jobs, spool, extract, queues }
}

/** Bugs and failing services, for whoever runs the server. */
function report(error: unknown, request: string): void {
  const words = isGraphloomError(error) ? `${error.message} [${error.code}]` : error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.stderr.write(`${new Date().toISOString()} ${request}: ${words}\n`)
}
