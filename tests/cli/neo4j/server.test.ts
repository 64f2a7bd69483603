// Runs a real Neo4j of its own: Java 17 or 21 and Maven are needed, as `npm test` provides.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Neo4jServer, neo4jStatus, startNeo4j, stopNeo4j } from '../../../cli/neo4j/index.ts'

vi.setConfig({ testTimeout: 400_000 }) // a start takes 7 s alone, far more beside other work

let home: string
let boltPort: number
let httpPort: number
const start = (settings: Record<string, string> = {}) => startNeo4j({ home, boltPort, httpPort, heap: 384, settings })

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'graphloom-neo4j-'))
  ;[boltPort, httpPort] = [await freePort(), await freePort()]
})
afterAll(async () => {
  await stopNeo4j(home)
  await rm(home, { recursive: true, force: true })
})

describe('a taken port', () => {
  it('is refused before anything is resolved or started', async () => {
    const other = await listen(0)
    const { port } = other.address() as { port: number }
    await expect(startNeo4j({ home, boltPort: port, httpPort })).rejects.toMatchObject({ code: 'neo4j.port-taken', message: expect.stringContaining(`${port}`) })
    await expect(startNeo4j({ home, boltPort, httpPort: port })).rejects.toMatchObject({ code: 'neo4j.port-taken', message: expect.stringContaining('--http-port') })
    other.close()
  })
})

describe('a machine without Maven', () => {
  it('is told to install it, and no half-filled folder stays', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'graphloom-no-maven-'))
    vi.stubEnv('PATH', folder)
    try {
      await expect(startNeo4j({ home: folder, cache: join(folder, 'cache'), boltPort, httpPort })).rejects.toMatchObject({ code: 'neo4j.maven-missing', message: expect.stringContaining('apt-get install maven') })
      expect(await readdir(join(folder, 'cache'))).toEqual([])
    } finally {
      vi.unstubAllEnvs()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('a local Neo4j', () => {
  let first: Neo4jServer
  it('starts, and answers with the password it generated', async () => {
    first = await start({ 'db.transaction.timeout': '90s' })
    expect(await query(first, 'CREATE (n:Kept {name: "Ada"}) RETURN n.name')).toEqual([['Ada']])
    expect(await query(first, 'SHOW SETTINGS YIELD name, value WHERE name = "db.transaction.timeout" RETURN value')).toEqual([['1m30s']])
  })

  it('keeps the password readable by its owner only', async () => {
    expect((await stat(join(home, 'password'))).mode & 0o777).toBe(0o600)
    expect((await readFile(join(home, 'password'), 'utf8')).trim()).toBe(first.password)
  })

  it('tells its status, and a second start gives the same server back', async () => {
    expect(await neo4jStatus(home)).toEqual({ running: true, ...first })
    expect(await start()).toEqual(first)
  })

  it('serves Neo4j Browser, and advertises its own ports', async () => {
    expect((await fetch(first.browserUrl)).status).toBe(200)
    const discovery = await (await fetch(first.httpUri, { headers: { accept: 'application/json' } })).json() as { bolt_direct: string }
    expect(discovery.bolt_direct).toBe(first.boltUri)
  })

  it('refuses a start on other ports while it runs', async () => {
    await expect(startNeo4j({ home, boltPort: boltPort + 1, httpPort })).rejects.toMatchObject({ code: 'neo4j.running' })
  })

  it('stops, and a second stop finds nothing to do', async () => {
    expect(await stopNeo4j(home)).toBe(true)
    expect(await neo4jStatus(home)).toEqual({ running: false })
    expect(await stopNeo4j(home)).toBe(false)
  })

  it('keeps data and password over a restart, and a stale pid file counts for nothing', async () => {
    await writeFile(join(home, 'run', 'neo4j.json'), JSON.stringify({ pid: process.pid, boltPort, httpPort }))
    expect(await neo4jStatus(home)).toEqual({ running: false })
    const second = await start()
    expect(second.password).toBe(first.password)
    expect(await query(second, 'MATCH (n:Kept) RETURN n.name')).toEqual([['Ada']])
    expect(await stopNeo4j(home)).toBe(true)
  })

  it('says what to do when the password of existing data is gone', async () => {
    await rm(join(home, 'password'))
    await expect(start()).rejects.toMatchObject({ code: 'neo4j.password-missing' })
  })

  it('shows the end of the log when Neo4j gives up', async () => {
    await writeFile(join(home, 'password'), first.password)
    await expect(start({ 'server.no_such_setting': 'true' })).rejects.toMatchObject({ code: 'neo4j.start-failed', message: expect.stringContaining('no_such_setting') })
    expect(await neo4jStatus(home)).toEqual({ running: false })
  })
})

async function query({ httpUri, password }: Neo4jServer, statement: string): Promise<unknown> {
  const response = await fetch(`${httpUri}/db/neo4j/query/v2`, {
    method: 'POST', body: JSON.stringify({ statement }),
    headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Basic ${Buffer.from(`neo4j:${password}`).toString('base64')}` },
  })
  return ((await response.json()) as { data: { values: unknown } }).data.values
}

const listen = (port: number) => new Promise<Server>((resolve) => { const server = createServer().listen(port, '127.0.0.1', () => resolve(server)) })

async function freePort(): Promise<number> {
  const server = await listen(0)
  const { port } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return port
}
