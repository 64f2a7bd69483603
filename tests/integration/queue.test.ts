// Issue 5, "must show" 3, through the command line on a real Redis: however many processes work, and whoever is killed, the export is that of one process.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDocumentQueue } from '../../cli/wire.ts'
import type { RunReport } from '../../runs/index.ts'
import { underChaos } from '../fixtures/chaos.ts'
import { freePort, killHard, startRedis } from '../fixtures/redis.ts'
import { collection, graphloom, jsonLines, MAIN, ONTOLOGY, workFolder, write } from './graphloom.ts'

const neo4j = process.env['GRAPHLOOM_TEST_NEO4J'] ?? ''
const cwd = workFolder()
const records = collection(14)
let reference = ''
let redis: ChildProcess
let port: number
let uri: string
const running = new Set<ChildProcess>()

const worker = (): ChildProcess => {
  const child = spawn(process.execPath, [MAIN, 'work', '--queue', uri, '--workers', '1', '--lock', '4'], { cwd, stdio: 'ignore', env: process.env })
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}
const withWorkers = async <Result>(count: number, run: () => Promise<Result>): Promise<Result> => {
  const workers = Array.from({ length: count }, worker)
  try {
    return await run()
  } finally {
    for (const each of workers) each.kill('SIGTERM')
    await Promise.all(workers.map((each) => (each.exitCode === null && each.signalCode === null ? new Promise((resolve) => each.once('exit', resolve)) : undefined)))
  }
}
const ingest = (store: string, extra: readonly string[] = [], corpus = 'corpus.jsonl') =>
  graphloom(['ingest', corpus, '--ontology', 'ontology.yaml', '--field-map', 'id=id,text=text', '--store', store, '--report', 'report.json', ...extra], { cwd })
const through = (store: string, extra: readonly string[] = [], corpus?: string) => ingest(store, ['--queue', uri, ...extra], corpus)
const exported = async (store: string, ...extra: string[]) => (await graphloom(['export', '--store', store, ...extra], { cwd })).stdout
const report = () => JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as RunReport
const counted = ({ documents, characters, counts, writes, languages, failures }: RunReport) => ({ documents, characters, counts, writes, languages, failures })

beforeAll(async () => {
  port = await freePort()
  uri = `redis://127.0.0.1:${port}`
  redis = await startRedis(cwd, port)
  write(cwd, 'ontology.yaml', ONTOLOGY)
  write(cwd, 'corpus.jsonl', jsonLines(records))
  expect((await ingest('sqlite:reference.db', ['--workers', '1'])).code).toBe(0)
  reference = await exported('sqlite:reference.db')
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await killHard(redis)
  rmSync(cwd, { recursive: true, force: true })
})

describe('a collection through the queue', () => {
  it('gives the report and the export of one process, with one worker', async () => {
    const want = counted(report())
    await withWorkers(1, async () => {
      const { code, stderr } = await through('sqlite:one.db')
      expect(code, stderr).toBe(0)
      expect(counted(report())).toEqual(want)
      expect(await exported('sqlite:one.db')).toBe(reference)
      expect((await through('sqlite:one.db')).code).toBe(0)
      expect(report().documents).toMatchObject({ read: 14, done: 0, unchanged: 14, failed: 0 })
      expect(report().writes).toEqual({ created: 0, updated: 0, deleted: 0 })
    })
  }, 300_000)

  it('gives the same with four workers', async () => {
    await withWorkers(4, async () => { expect((await through('sqlite:four.db')).code).toBe(0) })
    expect(report().documents).toMatchObject({ read: 14, done: 14, failed: 0 })
    expect(await exported('sqlite:four.db')).toBe(reference)
  }, 300_000)

  it('gives the same when two commands offer the same documents at once', async () => {
    await withWorkers(2, async () => {
      const [one, two] = await Promise.all([through('sqlite:twice.db'), ingest('sqlite:twice.db', ['--queue', uri, '--report', 'other.json'])])
      expect([one.code, two.code], one.stderr + two.stderr).toEqual([0, 0])
    })
    expect(await exported('sqlite:twice.db')).toBe(reference)
    const other = JSON.parse(readFileSync(join(cwd, 'other.json'), 'utf8')) as RunReport
    for (const { documents } of [report(), other]) expect(documents.done + documents.unchanged).toBe(14)
  }, 300_000)

  it('lists a document that fails as one process would, keeps it as a dead letter, and takes it back on command', async () => {
    const folder = workFolder()
    write(folder, 'good.txt', 'Maria Keller joined Borealis Corp as an engineer.')
    write(folder, 'broken.pdf', '%PDF-1.7 that is all')
    const direct = await ingest('sqlite:poison-direct.db', ['--workers', '1'], folder)
    const want = counted(report())
    await withWorkers(1, async () => {
      const { code } = await through('sqlite:poison.db', [], folder)
      expect([direct.code, code]).toEqual([1, 1])
      expect(counted(report())).toEqual(want)
      const status = JSON.parse((await graphloom(['queue', 'status', '--queue', uri, '--json'], { cwd })).stdout) as { failed: number; deadLetters: { job: string; uri: string; code: string }[] }
      expect(status).toMatchObject({ failed: 1, waiting: 0, deadLetters: [{ uri: 'broken.pdf', code: want.failures[0]?.code }] })
      // Offered again, it stays a dead letter and is told again.
      expect((await through('sqlite:poison.db', [], folder)).code).toBe(1)
      expect(report().documents).toMatchObject({ unchanged: 1, failed: 1 })
      write(folder, 'broken.pdf', 'Emma Clarke joined Tamarind Ltd as an engineer.')
      expect((await graphloom(['queue', 'retry', '--all', '--queue', uri], { cwd })).stdout).toBe('1 put back\n')
      const queue = await openDocumentQueue(uri)
      for (let counts = await queue.counts(); counts.failed + counts.waiting + counts.active > 0; counts = await queue.counts()) await sleep(100)
      await queue.close()
    })
    rmSync(folder, { recursive: true, force: true })
    expect((await graphloom(['queue', 'status', '--queue', uri], { cwd })).stdout).toContain('0 failed for good')
  }, 300_000)

  it('waits while paused, and drops what is cancelled', async () => {
    expect((await graphloom(['queue', 'pause', '--queue', uri], { cwd })).code).toBe(0)
    await withWorkers(1, async () => {
      const offering = through('sqlite:cancelled.db', ['--collection', 'cancelled'])
      const queue = await openDocumentQueue(uri)
      while ((await queue.counts()).waiting < 14) await sleep(50)
      const run = (await readRun()) ?? ''
      expect((await graphloom(['queue', 'cancel', '--run', run, '--queue', uri], { cwd })).stdout).toBe('14 cancelled\n')
      expect((await offering).code).toBe(130)
      await queue.close()
      expect((await graphloom(['queue', 'resume', '--queue', uri], { cwd })).code).toBe(0)
    })
    expect(await exported('sqlite:cancelled.db', '--collection', 'cancelled')).toBe('')
  }, 300_000)

  it('refuses what workers cannot do', async () => {
    expect((await through('sqlite::memory:')).code).toBe(2)
    expect((await through('sqlite:x.db', [], '-')).code).toBe(2)
    expect((await ingest('sqlite:x.db', ['--queue', `redis://127.0.0.1:${await freePort()}`])).code).toBe(3)
  })
})

describe.each([['SQLite', 'sqlite:chaos.db'], ['Neo4j', neo4j]])('a collection on %s while workers, the writer among them, and Redis are killed at random', (_, store) => {
  it('gives the export of one process, and nothing fails', async () => {
    expect(store, 'GRAPHLOOM_TEST_NEO4J is not set: run npm test, which starts a Neo4j').not.toBe('')
    const name = 'chaos'
    await ingest('sqlite:chaos-reference.db', ['--collection', name, '--workers', '1'])
    const want = await exported('sqlite:chaos-reference.db', '--collection', name)
    const { result: { code, stderr }, killed } = await underChaos({
      seed: 42, kills: 5, workers: 2, pauses: [600, 2500], startWorker: worker,
      restartRedis: async () => {
        await killHard(redis)
        redis = await startRedis(cwd, port)
      },
    }, () => through(store, ['--collection', name]))
    expect(code, stderr).toBe(0)
    expect(report().documents).toMatchObject({ failed: 0 })
    expect(killed.workers + killed.redis).toBeGreaterThan(0)
    expect(stderr).not.toMatch(/deadlock/iu)
    expect(await exported(store, '--collection', name)).toBe(want)
    expect(want).not.toBe('')
  }, 600_000)
})

/** The run of the jobs that wait, as the folder of its plan is called. */
async function readRun(): Promise<string | undefined> {
  const { readdirSync } = await import('node:fs')
  return readdirSync(join(cwd, '.graphloom/spool')).sort().at(-1)
}
