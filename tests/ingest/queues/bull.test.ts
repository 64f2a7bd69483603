// Runs on a real Redis: GRAPHLOOM_TEST_REDIS=redis://127.0.0.1:PORT, as `npm test` provides.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { openBullQueue } from '../../../ingest/queues/bull.ts'
import { openQueue } from '../../../ingest/queues/index.ts'
import { eventually, queueConformance } from '../../conformance/queue.ts'
import { freePort, killHard, startRedis } from '../../fixtures/redis.ts'

const uri = process.env['GRAPHLOOM_TEST_REDIS'] ?? ''
const present = uri !== ''
const job = (id: string) => ({ id, run: 'run-1', reference: { uri: `${id}.txt` } })

if (present) {
  queueConformance('Bull and Redis', () => {
    const name = `test-${randomUUID()}`
    return { shared: true, open: (options) => openBullQueue(uri, { ...options, name, lock: 5000 }) }
  })
}

describe.skipIf(!present)('a worker that is killed', () => {
  it('has its job done again by another', async () => {
    const name = `test-${randomUUID()}`
    const queue = await openBullQueue(uri, { name, lock: 1000 })
    await queue.add([job('a')])
    const worker = await dyingWorker(name, 1000)
    worker.kill('SIGKILL')
    const seen: string[] = []
    await queue.consume(async (attempt) => { seen.push(attempt.job.id) }, { concurrency: 1 })
    await eventually(async () => (await queue.progress('run-1')).done === 1)
    expect(seen).toEqual(['a'])
    await queue.close()
  })

  it('too often by the same job, leaves that job in the dead-letter list', async () => {
    const name = `test-${randomUUID()}`
    const queue = await openBullQueue(uri, { name, lock: 1000, mostStalls: 0 })
    await queue.add([job('poison')])
    ;(await dyingWorker(name, 1000, 0)).kill('SIGKILL')
    await queue.consume(async () => {}, { concurrency: 1 })
    await eventually(async () => (await queue.progress('run-1')).failed === 1)
    await eventually(async () => (await queue.counts()).failed === 1)
    expect(await queue.find('poison')).toMatchObject({ status: 'failed', failure: { code: 'queue.stalled' } })
    expect(await queue.retry('poison')).toBe(true)
    await eventually(async () => (await queue.progress('run-1')).done === 1)
    expect(await queue.progress('run-1')).toEqual({ pending: 0, done: 1, failed: 0, cancelled: 0 })
    await queue.close()
  })
})

describe.skipIf(!present)('a job that kills every worker', () => {
  it('takes no other job along to the dead-letter list', async () => {
    const name = `test-${randomUUID()}`
    const queue = await openBullQueue(uri, { name, lock: 1000, mostStalls: 1 })
    await queue.add(['a', 'b', 'c', 'poison', 'd', 'e'].map(job))
    let deaths = 0
    let over = false
    const keepWorking = (async () => {
      while (!over) {
        const worker = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('../../fixtures/poisoned-worker.ts', import.meta.url)), uri, name, '1000', '1'], { stdio: 'inherit' })
        const ended = new Promise((resolve) => worker.once('exit', resolve))
        const end = setInterval(() => { if (over) worker.kill('SIGKILL') }, 50)
        await ended
        clearInterval(end)
        if (!over) deaths++
      }
    })()
    await eventually(async () => (await queue.progress('run-1')).pending === 0, 60_000)
    over = true
    await keepWorking
    expect(deaths).toBe(2)
    await eventually(async () => (await queue.counts()).failed === 1)
    expect(await queue.progress('run-1')).toEqual({ pending: 0, done: 5, failed: 1, cancelled: 0 })
    expect(await queue.find('poison')).toMatchObject({ status: 'failed', failure: { code: 'queue.stalled' } })
    await queue.close()
  }, 120_000)
})

describe.skipIf(!present)('a Redis that is killed', () => {
  it('comes back with every job, and the work goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'graphloom-redis-'))
    const port = await freePort()
    let redis = await startRedis(folder, port, 'always')
    const errors: Error[] = []
    const queue = await openBullQueue(`redis://127.0.0.1:${port}`, { name: 'restart', lock: 2000, onError: (error) => errors.push(error) })
    try {
      const done = new Set<string>()
      await queue.add(Array.from({ length: 200 }, (_, index) => job(`j${index}`)))
      await queue.consume(async (attempt) => { await new Promise((resolve) => setTimeout(resolve, 10)); done.add(attempt.job.id) }, { concurrency: 2 })
      await eventually(async () => done.size > 40)
      await killHard(redis)
      redis = await startRedis(folder, port, 'always')
      await eventually(async () => done.size === 200, 40_000)
      await eventually(async () => (await queue.progress('run-1')).pending === 0, 40_000)
      expect(await queue.progress('run-1')).toMatchObject({ failed: 0, cancelled: 0 })
      expect(errors.length).toBeGreaterThan(0)
    } finally {
      await queue.close()
      await killHard(redis)
      await rm(folder, { recursive: true, force: true })
    }
  })
})

describe('openQueue', () => {
  it('works in this process when no URI is given', async () => {
    const queue = await openQueue()
    expect(await queue.counts()).toEqual({ waiting: 0, delayed: 0, active: 0, failed: 0 })
    await queue.close()
  })

  it('refuses what is no queue', async () => {
    await expect(openQueue('amqp://localhost')).rejects.toMatchObject({ code: 'usage.queue' })
  })

  it('waits for a Redis that restarts just then', async () => {
    const port = await freePort()
    const folder = await mkdtemp(join(tmpdir(), 'graphloom-redis-'))
    const opening = openQueue(`redis://127.0.0.1:${port}`)
    await sleep(700)
    const redis = await startRedis(folder, port, 'always')
    const queue = await opening
    expect(await queue.counts()).toMatchObject({ waiting: 0 })
    await queue.close()
    await killHard(redis)
    await rm(folder, { recursive: true })
  })

  it('says what to start when no Redis answers, and keeps the password to itself', async () => {
    const port = await freePort()
    await expect(openQueue(`redis://:secret@127.0.0.1:${port}`)).rejects.toMatchObject({ code: 'queue.unreachable', retryable: true, message: expect.not.stringContaining('secret') })
  })
})

/** Starts a worker process and waits until it has begun a job. */
async function dyingWorker(name: string, lock: number, mostStalls = 3): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../../fixtures/dying-worker.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, uri, name, String(lock), String(mostStalls)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((began, failed) => {
    child.stdout.once('data', () => began())
    child.once('exit', () => failed(new Error('the worker ended before it began a job')))
  })
  return child
}
