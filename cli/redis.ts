// The Redis that `graphloom up` uses: one that answers already, else one of its own, which keeps its jobs under a folder.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GraphloomError } from '../errors.ts'
import { endChild } from './child.ts'

export interface LocalRedis {
  readonly uri: string
  /** Whether it was started here, and is stopped with `stop`. */
  readonly own: boolean
  stop(): Promise<void>
}

const START_SECONDS = 30
const AGAIN_AFTER = 500 // milliseconds

export interface RedisOptions {
  readonly folder: string
  readonly port: number
  /** Told when it ended by itself. */
  readonly onDeath: (words: string) => void
}

/** Undefined where no Redis is installed; one of its own is begun again when it dies. */
export async function openRedis({ folder, port, onDeath }: RedisOptions): Promise<LocalRedis | undefined> {
  if (await answers(port)) return { uri: uriOf(port), own: false, stop: async () => {} }
  if (!(await isInstalled())) return undefined
  const free = (await isFree(port)) ? port : await anyPort()
  const home = resolve(folder)
  await mkdir(home, { recursive: true, mode: 0o700 })
  const settings = { bind: '127.0.0.1', port: free, dir: home, appendonly: 'yes', save: '', 'maxmemory-policy': 'noeviction', logfile: join(home, 'redis.log') }
  // A group of its own: Ctrl-C reaches it only after the workers are done.
  const start = () => spawn('redis-server', Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]), { detached: true, stdio: 'ignore' })
  let child = start()
  await started(child, free, home)
  let stopping = false
  const watch = () => child.once('exit', async (code, signal) => {
    if (stopping) return
    onDeath(`Redis ended (${code ?? signal}); it is started again.`)
    await sleep(AGAIN_AFTER, undefined, { ref: false })
    if (stopping) return
    child = start()
    watch()
  })
  watch()
  return {
    uri: uriOf(free), own: true,
    async stop() {
      stopping = true
      await endChild(child, START_SECONDS)
    },
  }
}

async function started(child: ChildProcess, port: number, home: string): Promise<void> {
  for (let waited = 0; waited < START_SECONDS * 10 && child.exitCode === null; waited++) {
    if (await answers(port)) return
    await sleep(100)
  }
  await endChild(child, 5)
  throw new GraphloomError('queue.redis', `redis-server did not start on port ${port}; ${join(home, 'redis.log')} says why.`)
}

const uriOf = (port: number) => `redis://127.0.0.1:${port}`

/** Whether a Redis without a password is there. */
function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'))
    const end = (result: boolean) => { socket.destroy(); done(result) }
    socket.setTimeout(2000, () => end(false))
    socket.once('data', (reply) => end(reply.toString().startsWith('+PONG')))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}

function isInstalled(): Promise<boolean> {
  return new Promise((done) => {
    spawn('redis-server', ['--version'], { stdio: 'ignore' }).once('error', () => done(false)).once('exit', (code) => done(code === 0))
  })
}

/** Whether nobody listens on the port of this address. */
export const isFree = (port: number, host?: string): Promise<boolean> => listen(port, host).then(() => true, () => false)

const anyPort = () => listen(0)

function listen(port: number, host = '127.0.0.1'): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once('error', fail).listen({ port, host, exclusive: true }, () => {
      const { port: taken } = server.address() as { port: number }
      server.close(() => done(taken))
    })
  })
}
