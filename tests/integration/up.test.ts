// `graphloom up` through the command line: a real Neo4j and Redis of its own, a worker and the API; all of it there, all of it gone.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { neo4jStatus, stopNeo4j } from '../../cli/neo4j/index.ts'
import { ask } from '../conformance/ask.ts'
import { eventually } from '../conformance/queue.ts'
import { freePort } from '../fixtures/redis.ts'
import { graphloom, MAIN, ONTOLOGY, workFolder, write } from './graphloom.ts'

vi.setConfig({ testTimeout: 600_000, hookTimeout: 300_000 }) // half a minute alone, far more beside other work

const cwd = workFolder()
const home = join(cwd, '.graphloom/neo4j')
const PATIENCE = 300_000 // milliseconds
let ports: { readonly api: number; readonly bolt: number; readonly http: number; readonly redis: number }
const running = new Set<ChildProcess>()

interface Up {
  readonly child: ChildProcess
  readonly url: string
  said(): string
  /** Sends the signal, and gives the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** Starts it, and waits until it says that all is up. */
async function up(...extra: readonly string[]): Promise<Up> {
  const { api, bolt, http, redis } = ports
  const child = spawn(process.execPath, [MAIN, 'up', '--ontology', 'ontology.yaml', '--port', `${api}`, '--bolt-port', `${bolt}`, '--http-port', `${http}`, '--redis-port', `${redis}`, '--heap', '384', '--workers', '1', ...extra], { cwd })
  running.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said += text })
  const over = new Promise<number | null>((done) => { child.once('exit', (code) => { running.delete(child); done(code) }) })
  await eventually(async () => said.includes('Stop it with Ctrl-C.\n') && said.includes('Working for') || child.exitCode !== null, PATIENCE)
  expect(child.exitCode, said).toBeNull()
  return { child, url: `http://127.0.0.1:${api}`, said: () => said, end: (signal) => { child.kill(signal); return over } }
}

/** Uploads one text and waits until its job is done. */
async function upload(url: string): Promise<void> {
  const { body } = await ask(url, 'POST', '/v1/documents', { query: { collection: 'up' }, body: { documents: [{ name: 'a.txt', text: 'Maria Keller joined Borealis Corp as an engineer. Borealis Corp was founded in 1911.' }] } })
  expect(body).toMatchObject({ job: { collection: 'up' } })
  const { job: { id } } = body as { job: { id: string } }
  const job = async () => (await ask(url, 'GET', `/v1/jobs/${id}`)).body as { state: string; progress: { done: number } }
  await eventually(async () => !['waiting', 'active'].includes((await job()).state), PATIENCE)
  expect(await job()).toMatchObject({ state: 'done', progress: { done: 1 } })
}

const facts = async (url: string) => ((await ask(url, 'GET', '/v1/facts', { query: { collection: 'up', status: 'accepted,review' } })).body as { items: unknown[] }).items.length
const workers = (): string[] => execFileSync('ps', ['-ww', '-eo', 'args'], { encoding: 'utf8' }).split('\n').filter((line) => line.includes(`work --queue redis://127.0.0.1:${ports.redis}`))
const redisPid = () => Number(execFileSync('redis-cli', ['-p', `${ports.redis}`, 'info', 'server'], { encoding: 'utf8' }).match(/process_id:(\d+)/u)?.[1])
const answers = (port: number) => new Promise<boolean>((done) => { const server = createServer().once('error', () => done(true)).listen(port, '127.0.0.1', () => server.close(() => done(false))) })

beforeAll(async () => {
  ports = { api: await freePort(), bolt: await freePort(), http: await freePort(), redis: await freePort() }
  write(cwd, 'ontology.yaml', ONTOLOGY)
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  if (await answers(ports.redis)) process.kill(redisPid(), 'SIGKILL')
  if (existsSync(home)) await stopNeo4j(home)
  rmSync(cwd, { recursive: true, force: true })
})

it('starts Neo4j, Redis, a worker and the API; an upload becomes facts; Ctrl-C ends them all', async () => {
  const { url, said, end } = await up()
  expect((await ask(url, 'GET', '/ready')).body).toEqual({ status: 'ready' })
  await upload(url)
  expect(await facts(url)).toBeGreaterThan(0)
  const browser = said().match(/Browser: (\S+)/u)?.[1] ?? ''
  expect((await fetch(browser)).status).toBe(200)
  expect(workers()).toHaveLength(1)
  process.kill(redisPid(), 'SIGKILL') // begun again, with its jobs
  await eventually(async () => said().includes('Redis ended (SIGKILL); it is started again.') && (await answers(ports.redis)))
  expect(await end('SIGINT'), said()).toBe(0)
  expect(said()).toContain('All is stopped; data stay.')
  expect([workers(), await answers(ports.redis), await answers(ports.api), (await neo4jStatus(home)).running]).toEqual([[], false, false, false])
})

it('starts again over what is there, without Neo4j on request; killed itself, it leaves no worker', async () => {
  const { url, end } = await up('--no-neo4j')
  await upload(url)
  await end('SIGKILL')
  await eventually(async () => workers().length === 0)
  expect(await answers(ports.redis)).toBe(true)
})

it('takes over what a killed one left running, and says at once when the port of the API is taken', async () => {
  const { url, end, said } = await up('--no-neo4j')
  expect(said()).toContain('it ran already and will go on')
  expect(await facts(url)).toBeGreaterThan(0)
  const second = await graphloom(['up', '--ontology', 'ontology.yaml', '--port', `${ports.api}`, '--data', 'other'], { cwd })
  expect([second.code, existsSync(join(cwd, 'other'))]).toEqual([2, false])
  expect(second.stderr).toContain(`Port ${ports.api} of 127.0.0.1 is taken`)
  expect(await end('SIGTERM'), said()).toBe(0)
  expect([workers(), await answers(ports.redis)]).toEqual([[], true])
})
