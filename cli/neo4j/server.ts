// A home -> a running Neo4j Community: resolve, configure, start, wait, stop. Data, password and logs stay in the home.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GraphloomError } from '../../errors.ts'
import { answers, requireFree } from './answer.ts'
import { configure, defaultHeap, ensurePassword, readPassword } from './configure.ts'
import { findJava } from './java.ts'
import { pagesFolder, placeBrowser } from './pages.ts'
import { resolveJars, userCache } from './resolve.ts'
import { claim, readRunning, release, type Running, serves } from './running.ts'

export interface StartOptions {
  /** Folder for jars, configuration, data and logs. */
  readonly home: string
  readonly boltPort: number
  readonly httpPort: number
  /** Java heap in megabytes; by the machine's memory when absent. */
  readonly heap?: number
  /** Further lines of neo4j.conf, e.g. `browser.post_connect_cmd`; they win over ours. */
  readonly settings?: Readonly<Record<string, string>>
  /** What the two ports are called on the command line, for who must choose others. */
  readonly portOptions?: { readonly bolt: string; readonly http: string }
  /** Folder that keeps the jars for every home of this user. */
  readonly cache?: string
  readonly onProgress?: (step: string) => void
}

export interface Neo4jServer {
  readonly pid: number
  readonly boltUri: string
  readonly httpUri: string
  /** Opens Neo4j Browser with the login page filled in but for the password; the guide opens after the login. */
  readonly browserUrl: string
  /** Of the user `neo4j`. */
  readonly password: string
}

export type Neo4jStatus = ({ readonly running: true } & Neo4jServer) | { readonly running: false }

const START_SECONDS = 300
const STOP_SECONDS = 120

/** Starts the Neo4j of a home and waits until it answers; a server that already runs there is given back. */
export async function startNeo4j(options: StartOptions): Promise<Neo4jServer> {
  const home = resolve(options.home)
  const onProgress = options.onProgress ?? (() => {})
  const already = await readRunning(home)
  if (already) return joinRunning(home, already, options)
  const { bolt, http } = options.portOptions ?? { bolt: '--port', http: '--http-port' }
  await requireFree(options.boltPort, bolt)
  await requireFree(options.httpPort, http)
  const java = await findJava()
  await mkdir(home, { recursive: true, mode: 0o700 })
  await resolveJars({ home, cache: options.cache ?? userCache(), java: java.program, onProgress })
  await placeBrowser(home)
  const heap = options.heap ?? defaultHeap()
  await configure({ home, boltPort: options.boltPort, httpPort: options.httpPort, heap, settings: options.settings ?? {} })
  const password = await ensurePassword(home, java.program)
  onProgress(`Starting Neo4j on Java ${java.major} with ${heap} MB heap …`)
  const child = await launch(home, java.program, heap)
  const running = { pid: child.pid as number, boltPort: options.boltPort, httpPort: options.httpPort }
  if (!(await claim(home, running))) {
    child.kill()
    throw new GraphloomError('neo4j.running', `Another command is starting the Neo4j of ${home}. Wait for it.`, { retryable: true })
  }
  await waitUntilReady(home, child, running, password)
  child.unref()
  return describe(running, password)
}

/** Stops the Neo4j of a home and waits until it is gone; false when none ran. */
export async function stopNeo4j(home: string): Promise<boolean> {
  const folder = resolve(home)
  const running = await readRunning(folder)
  if (!running) {
    await release(folder)
    return false
  }
  process.kill(running.pid, 'SIGTERM')
  if (!(await until(() => !serves(running.pid, folder), STOP_SECONDS))) {
    throw new GraphloomError('neo4j.stop-timeout', `Neo4j (pid ${running.pid}) still writes after ${STOP_SECONDS} s. Look at ${join(folder, 'logs', 'console.log')}; kill -9 ${running.pid} ends it at the price of a recovery at the next start.`, { retryable: true })
  }
  await release(folder)
  return true
}

/** Whether a Neo4j runs under a home, where, and how to log in. */
export async function neo4jStatus(home: string): Promise<Neo4jStatus> {
  const folder = resolve(home)
  const running = await readRunning(folder)
  const password = await readPassword(folder)
  return running && password !== undefined ? { running: true, ...describe(running, password) } : { running: false }
}

async function joinRunning(home: string, running: Running, { boltPort, httpPort }: StartOptions): Promise<Neo4jServer> {
  const password = await readPassword(home)
  if (running.boltPort !== boltPort || running.httpPort !== httpPort || password === undefined) {
    throw new GraphloomError('neo4j.running', `The Neo4j of ${home} already runs (pid ${running.pid}) on ports ${running.boltPort} and ${running.httpPort}. Use it, or stop it first: graphloom neo4j stop.`)
  }
  if (!(await until(() => answers({ ...running, password }), START_SECONDS))) throw notAnswering(home, running.pid)
  return describe(running, password)
}

async function launch(home: string, java: string, heap: number): Promise<ChildProcess> {
  const log = await open(join(home, 'logs', 'console.log'), 'w')
  try {
    const child = spawn(java, javaArguments(home, heap), { cwd: home, detached: true, stdio: ['ignore', log.fd, log.fd] })
    await new Promise((started, failed) => child.once('spawn', started).once('error', failed))
    return child
  } finally {
    await log.close()
  }
}

/** Heap goes here: only the tarball's own boot loader reads `server.memory.heap.*`. Flags stand before the main class. */
function javaArguments(home: string, heap: number): readonly string[] {
  const classPath = [pagesFolder(home), join(home, 'plugins', '*'), join(home, 'conf', '*'), join(home, 'lib', '*')].join(':')
  return [
    `-Xms${heap}m`, `-Xmx${heap}m`, '-XX:+UseG1GC', '-XX:-OmitStackTraceInFastThrow', '-XX:+DisableExplicitGC',
    '-Dio.netty.tryReflectionSetAccessible=true', '-Dlog4j2.disable.jmx=true', '-Dfile.encoding=UTF-8',
    ...['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent'].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    '-cp', classPath, 'org.neo4j.server.CommunityEntryPoint', `--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`, '--console-mode',
  ]
}

async function waitUntilReady(home: string, child: ChildProcess, running: Running, password: string): Promise<void> {
  const ended = () => child.exitCode !== null || child.signalCode !== null
  const ready = await until(async () => ended() || (await answers({ ...running, password })), START_SECONDS)
  if (ready && !ended()) return
  if (!ended()) {
    child.kill()
    await until(ended, STOP_SECONDS)
    await release(home)
    throw notAnswering(home, running.pid)
  }
  await release(home)
  const log = (await readFile(join(home, 'logs', 'console.log'), 'utf8')).trim().split('\n').slice(-12).join('\n')
  throw new GraphloomError('neo4j.start-failed', `Neo4j ended while it started (exit ${child.exitCode ?? child.signalCode}). The end of ${join(home, 'logs', 'console.log')}:\n${log}`)
}

const notAnswering = (home: string, pid: number) => new GraphloomError('neo4j.start-timeout', `Neo4j (pid ${pid}) did not answer within ${START_SECONDS} s. Look at ${join(home, 'logs', 'console.log')}; is the machine short of memory (--heap)?`, { retryable: true })

async function until(condition: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> {
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(200)) {
    if (await condition()) return true
  }
  return false
}

function describe({ pid, boltPort, httpPort }: Running, password: string): Neo4jServer {
  const httpUri = `http://127.0.0.1:${httpPort}`
  return { pid, boltUri: `bolt://127.0.0.1:${boltPort}`, httpUri, browserUrl: `${httpUri}/browser/?dbms=bolt://neo4j@127.0.0.1:${boltPort}`, password }
}
