// Runs the built command line for the benchmarks, and a Neo4j of their own beside it.
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'

export const MAIN = resolve(import.meta.dirname, '../dist/cli/main.js')

export interface Ran {
  readonly code: number | null
  readonly seconds: number
  readonly stdout: string
}

/** Runs `graphloom ...args`; after `killAfter` milliseconds it gets SIGKILL. Fails where the exit code is not among `codes`. */
export function graphloom(args: readonly string[], options: { readonly env?: Readonly<Record<string, string>>; readonly killAfter?: number; readonly codes?: readonly (number | null)[] } = {}): Promise<Ran> {
  const since = performance.now()
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] })
    const parts: Buffer[] = []
    let stderr = ''
    child.stdout.on('data', (part: Buffer) => parts.push(part))
    child.stderr.setEncoding('utf8').on('data', (text: string) => { stderr = (stderr + text).slice(-4000) })
    const timer = options.killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.killAfter)
    child.on('error', fail).on('close', (code) => {
      clearTimeout(timer)
      if (!(options.codes ?? (options.killAfter === undefined ? [0] : [0, null])).includes(code)) fail(new Error(`graphloom ${args.join(' ')} ended with ${code}: ${stderr}`))
      else done({ code, seconds: (performance.now() - since) / 1000, stdout: Buffer.concat(parts).toString('utf8') })
    })
  })
}

export interface Server {
  readonly uri: string
  readonly password: string
  stop(): Promise<void>
}

/** Starts a Neo4j on free ports, with its data under `home`. */
export async function startServer(home: string, heap = 1024): Promise<Server> {
  const { startNeo4j, stopNeo4j } = (await import(join(import.meta.dirname, '../dist/cli/neo4j/index.js'))) as typeof import('../cli/neo4j/index.ts')
  const { boltUri, password } = await startNeo4j({ home, boltPort: await freePort(), httpPort: await freePort(), heap, onProgress: () => undefined })
  return { uri: boltUri, password, stop: async () => { await stopNeo4j(home) } }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().on('error', fail).listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
