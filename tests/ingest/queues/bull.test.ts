// Runs on a real Redis: GRAPHLOOM_TEST_REDIS=redis://127.0.0.1:PORT, as `npm test` provides.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
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

describe.skipIf(!present)('a worker that is killed while its job only waits to be written', () => {
  it('is not held against the job', async () => {
    const name = `test-${randomUUID()}`
    const queue = await openBullQueue(uri, { name, lock: 1000, mostStalls: 0 })
    await queue.add([job('innocent')])
    ;(await dyingWorker(name, 1000, 0, 'survived')).kill('SIGKILL')
    await queue.consume(async () => {}, { concurrency: 1 })
    await eventually(async () => (await queue.progress('run-1')).pending === 0)
    expect(await queue.progress('run-1')).toEqual({ pending: 0, done: 1, failed: 0, cancelled: 0 })
    await queue.close()
  })

  it('again and again, leaves the job in the dead-letter list after all', async () => {
    const name = `test-${randomUUID()}`
    const queue = await openBullQueue(uri, { name, lock: 1000, mostStalls: 0, mostLosses: 0 })
    await queue.add([job('large')])
    ;(await dyingWorker(name, 1000, 0, 'survived')).kill('SIGKILL')
    await queue.consume(async () => {}, { concurrency: 1 })
    await eventually(async () => (await queue.counts()).failed === 1)
    expect(await queue.find('large')).toMatchObject({ status: 'failed', failure: { code: 'queue.stalled' } })
    await queue.close()
  })
})

describe.skipIf(!present)('what a Redis that was killed may leave behind', () => {
  const opened = async () => {
    const name = `test-${randomUUID()}`
    const redis = async (command: string, of: string, ...values: string[]) => (await promisify(execFile)('redis-cli', ['-u', uri, command, `graphloom:${name}:${of}`, ...values])).stdout.trim()
    return { queue: await openBullQueue(uri, { name, lock: 1000 }), redis }
  }

  it('a trace of a job does not keep the job from being offered, found or forgotten', async () => {
    const { queue, redis } = await opened()
    await redis('HSET', 'a', 'processedOn', '1')
    expect([await queue.find('a'), await queue.retry('a'), await queue.cancel({ id: 'a' })]).toEqual([undefined, false, 0])
    expect(await queue.add([job('a')])).toEqual({ added: 1, known: 0 })
    for (const of of ['a', 'wait']) await redis('DEL', of)
    await redis('HSET', 'a', 'processedOn', '1')
    await eventually(async () => (await queue.progress('run-1')).pending === 0)
    await queue.close()
  })

  it('an id without its job is passed over, and the others go on', async () => {
    const { queue, redis } = await opened()
    await redis('LPUSH', 'wait', 'gone')
    await queue.add([job('a')])
    const seen: string[] = []
    await queue.consume(async (attempt) => { seen.push(attempt.job.id) }, { concurrency: 2 })
    await eventually(async () => (await queue.progress('run-1')).done === 1)
    await eventually(async () => (await queue.counts()).active === 0)
    expect([seen, await redis('EXISTS', 'gone'), await queue.counts()]).toEqual([['a'], '0', { waiting: 0, delayed: 0, active: 0, failed: 0 }])
    await queue.close()
  })

  it('a job whose end only its list did not hear of is not done again', async () => {
    const { queue, redis } = await opened()
    await queue.add([job('a')])
    await redis('HSET', 'a', 'settled', '1')
    const seen: string[] = []
    await queue.consume(async (attempt) => { seen.push(attempt.job.id) }, { concurrency: 1 })
    await eventually(async () => (await queue.find('a')) === undefined)
    expect([seen, (await queue.counts()).failed]).toEqual([[], 0])
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
    // Both, before the last worker goes: it tells the run's account first and Redis' list of the failed next.
    await eventually(async () => (await queue.progress('run-1')).pending === 0 && (await queue.counts()).failed === 1, 60_000)
    over = true
    await keepWorking
    expect(deaths).toBe(2)
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
      await eventually(async () => errors.length > 0)
      redis = await startRedis(folder, port, 'always')
      await eventually(async () => done.size === 200, 40_000)
      await eventually(async () => (await queue.progress('run-1')).pending === 0, 40_000)
      expect(await queue.progress('run-1')).toMatchObject({ failed: 0, cancelled: 0 })
    } finally {
      await queue.close()
      await killHard(redis)
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('again and again while jobs are offered and counted, makes no call fail', async () => {
    await withRedis(async ({ uri: own, restart }) => {
      const queue = await openBullQueue(own, { name: 'offering', highWater: 100_000 })
      const count = 4000
      let over = false
      const offering = queue.add(Array.from({ length: count }, (_, index) => job(`j${index}`))).finally(() => { over = true })
      const looking = (async () => { while (!over) { await queue.counts(); await queue.progress('run-1') } })()
      while (!over) {
        await restart()
        await sleep(150)
      }
      expect((await offering).added).toBeGreaterThan(0)
      await looking
      expect((await queue.counts()).waiting).toBe(count)
      expect((await queue.progress('run-1')).pending).toBe(count)
      await queue.close()
    })
  })

  it('and gone for good, does not keep a worker or a follower from leaving', async () => {
    await withRedis(async ({ uri: own, stop }) => {
      const worker = await openBullQueue(own, { name: 'leaving', lock: 1000 })
      const follower = await openBullQueue(own, { name: 'leaving' })
      await worker.add([job('a')])
      let finish = () => {}
      const consumer = await worker.consume(() => new Promise<void>((resolve) => { finish = resolve }), { concurrency: 1 })
      await eventually(async () => (await follower.counts()).active === 1)
      await stop()
      await follower.close()
      const stopped = Promise.race([consumer.stop(), sleep(2000)])
      finish()
      await stopped
    })
  })

  it('and reads its file when it is back, is waited for', async () => {
    await withRedis(async ({ uri: own, stop, startSlowly }) => {
      const queue = await openBullQueue(own, { name: 'loading' })
      await queue.add(Array.from({ length: 300 }, (_, index) => job(`j${index}`)))
      await stop()
      startSlowly()
      const [another, counts] = await Promise.all([openBullQueue(own, { name: 'loading' }), queue.counts(), queue.add([job('last')])])
      expect([counts.waiting, (await another.counts()).waiting]).toEqual([300, 301])
      await queue.close()
      await another.close()
    })
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

interface OwnRedis {
  readonly uri: string
  restart(): Promise<void>
  stop(): Promise<void>
  /** Begins to read its file, with a pause at each key. */
  startSlowly(): void
}

/** With a Redis that loses nothing when it is killed. */
async function withRedis(use: (redis: OwnRedis) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'graphloom-redis-'))
  const port = await freePort()
  let redis = await startRedis(folder, port, 'always')
  const stop = () => killHard(redis)
  try {
    await use({
      uri: `redis://127.0.0.1:${port}`, stop,
      restart: async () => {
        await stop()
        redis = await startRedis(folder, port, 'always')
      },
      startSlowly: () => {
        redis = spawn('redis-server', ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'yes', '--key-load-delay', '3000', '--loading-process-events-interval-bytes', '1024'], { stdio: 'ignore' })
      },
    })
  } finally {
    await stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts a worker process and waits until it has begun a job. */
async function dyingWorker(name: string, lock: number, mostStalls = 3, ...survived: readonly 'survived'[]): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('../../fixtures/dying-worker.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, uri, name, String(lock), String(mostStalls), ...survived], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((began, failed) => {
    child.stdout.once('data', () => began())
    child.once('exit', () => failed(new Error('the worker ended before it began a job')))
  })
  return child
}
