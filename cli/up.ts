// graphloom up: Neo4j, a queue, workers and the API on this machine with one command; what is not installed is done without, and said.
import { join } from 'node:path'
import { GraphloomError, isGraphloomError } from '../errors.ts'
import { type Kept, keepRunning } from './child.ts'
import { EXIT } from './exit.ts'
import { neo4jStatus, startNeo4j, stopNeo4j } from './neo4j/index.ts'
import { isFree, type LocalRedis, openRedis } from './redis.ts'
import { openServer, type ServeOptions } from './serve.ts'
import { showGraph } from './server.ts'
import { openGraph, readOntology } from './wire.ts'

export interface UpOptions extends Omit<ServeOptions, 'store' | 'data' | 'queue'> {
  readonly home: string
  readonly data: string
  readonly boltPort: number
  readonly httpPort: number
  readonly redisPort: number
  readonly heap?: number
  readonly processes: number
  /** False with --no-neo4j and --no-queue. */
  readonly neo4j: boolean
  readonly queue: boolean
}

/** What keeps the rest from starting, but need not: the same work goes on with less. */
const DONE_WITHOUT = new Set(['neo4j.java-missing', 'neo4j.java-version', 'neo4j.maven-missing', 'neo4j.resolve-failed'])

export async function up(options: UpOptions): Promise<void> {
  const closing: (() => Promise<unknown>)[] = []
  const closeAll = async () => { for (const close of closing.splice(0).reverse()) await close().catch((error: unknown) => say(String(error))) }
  const stop = stopSignal()
  try {
    // What is wrong with the command itself is said before anything is started.
    const ontology = options.ontology === undefined ? undefined : await readOntology(options.ontology, options.examples)
    await requireFreePort(options)
    const store = await graph(options, closing)
    stop.check()
    await (await openGraph(store, ontology, options.home)).close()
    const redis = options.queue ? await queue(options, closing) : undefined
    stop.check()
    const kept = redis ? workers(options, redis) : []
    closing.push(() => Promise.all(kept.map((worker) => worker.stop())))
    const { queue: _, ...rest } = options
    const server = await openServer({ ...rest, store, data: join(options.data, 'serve'), ...(redis ? { queue: redis.uri } : {}) })
    closing.push(() => server.close())
    tell(server.url, store, redis, options)
    await stop.reached()
    say('\nStopping: requests and documents in hand are finished first.')
  } catch (error) {
    if (error !== INTERRUPTED) throw error
    process.exitCode = EXIT.interrupted
  } finally {
    // The server first, then workers, queue and Neo4j: each is there as long as someone needs it.
    await closeAll()
  }
  say('All is stopped; data stay.')
}

const INTERRUPTED = new Error('interrupted while it started')

/** Ctrl-C, at any moment: while things start, it is looked at after each of them, and what was started is stopped again. */
function stopSignal(): { reached(): Promise<void>; check(): void } {
  let over = false
  let started = false
  const asked = new Promise<void>((resolve) => {
    const stop = () => {
      if (!over && !started) say('\nStopping as soon as what is just being started can be stopped.')
      over = true
      resolve()
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
  })
  return { reached: () => { started = true; return asked }, check: () => { if (over) throw INTERRUPTED } }
}

/** The API starts last, when the rest has taken its minute. */
async function requireFreePort({ port, host }: UpOptions): Promise<void> {
  if (port !== 0 && !(await isFree(port, host))) throw new GraphloomError('usage.port', `Port ${port} of ${host} is taken; give another with --port. Is Graphloom up already?`)
}

async function graph(options: UpOptions, closing: (() => Promise<unknown>)[]): Promise<string> {
  const embedded = `sqlite:${join(options.data, 'graph.db')}`
  if (!options.neo4j) return embedded
  try {
    const already = (await neo4jStatus(options.home)).running
    const { boltUri, browserUrl, password } = await startNeo4j({ home: options.home, boltPort: options.boltPort, httpPort: options.httpPort, portOptions: { bolt: '--bolt-port', http: '--http-port' }, ...(options.heap === undefined ? {} : { heap: options.heap }), onProgress: say })
    if (!already) closing.push(() => stopNeo4j(options.home))
    process.env['NEO4J_PASSWORD'] = password
    await showGraph(boltUri, options.home)
    say(`Neo4j${already ? ' ran already and will go on' : ''}: ${boltUri}\n  Browser: ${browserUrl}   Login: neo4j / ${password}`)
    return boltUri
  } catch (error) {
    if (!isGraphloomError(error) || !DONE_WITHOUT.has(error.code)) throw error
    say(`Without Neo4j: ${error.message} [${error.code}]\n  The embedded store is used instead: ${embedded}. Later: graphloom push --from ${embedded} --to bolt://127.0.0.1:${options.boltPort}`)
    return embedded
  }
}

async function queue(options: UpOptions, closing: (() => Promise<unknown>)[]): Promise<LocalRedis | undefined> {
  const redis = await openRedis({ folder: join(options.data, 'redis'), port: options.redisPort, onDeath: say })
  if (redis) {
    closing.push(() => redis.stop())
    say(`Queue: ${redis.uri}${redis.own ? '' : ' (it ran already and will go on)'}`)
  } else say('Without a queue: Redis is not installed (Debian, Ubuntu: apt-get install redis-server). Uploads are worked in the server itself, one after another.')
  return redis
}

function workers(options: UpOptions, redis: LocalRedis): Kept[] {
  const shared = ['work', '--queue', redis.uri, '--device', options.device, ...(options.workers === undefined ? [] : ['--workers', String(options.workers)]), ...(options.models === undefined ? [] : ['--models', options.models])]
  return Array.from({ length: options.processes }, (_, index) => keepRunning({ name: `Worker ${index + 1}`, arguments_: shared, environment: process.env, onDeath: say }))
}

function tell(url: string, store: string, redis: LocalRedis | undefined, options: UpOptions): void {
  const ingest = `graphloom ingest PATH --ontology ${options.ontology ?? 'FILE'} --store ${store}${redis ? ` --queue ${redis.uri}` : ''}`
  process.stdout.write(`Graphloom is up.\n  API and page: ${url}   Docs: ${url}/docs\n  Graph: ${store}\n  Ingest: ${ingest}\n${options.ontology === undefined ? '  No --ontology: the server only reads; uploads need one.\n' : ''}Stop it with Ctrl-C.\n`)
}

function say(words: string): void {
  process.stderr.write(`${words}\n`)
}
