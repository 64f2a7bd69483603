import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openInProcessJobs, type InProcessOptions, type RunState } from '../../../api/jobs/index.ts'
import type { IngestJob, IngestRequest, Jobs } from '../../../api/jobs.ts'
import { GraphloomError } from '../../../errors.ts'

const state = (done: number, failed = 0): RunState => ({ progress: { documents: done + failed, done, unchanged: 0, failed }, failures: [], seconds: { total: done } })
const place = () => mkdtempSync(join(tmpdir(), 'graphloom-jobs-'))
const request = (root: string, id: string, collection = 'a'): IngestRequest => {
  const folder = join(root, 'spool', id)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'a.txt'), 'words')
  return { id, collection, folder, files: 1, by: 'somebody', created: `2026-01-01T00:00:0${id.length}.000Z` }
}
const open = (root: string, ingest: InProcessOptions['ingest'], more: Partial<InProcessOptions> = {}) => openInProcessJobs({ folder: join(root, 'jobs'), ingest, ...more })
const ended = async (jobs: Jobs, id: string): Promise<readonly IngestJob[]> => {
  const seen: IngestJob[] = []
  for await (const job of jobs.events(id, new AbortController().signal)) seen.push(job)
  return seen
}

test('a job is followed from waiting to done, and its files are gone after', async () => {
  const root = place()
  const jobs = await open(root, async (_, { onProgress }) => { onProgress(state(1)); await Promise.resolve(); return state(2) })
  const asked = request(root, 'x')
  await jobs.enqueue(asked)
  const seen = await ended(jobs, 'x')
  expect(seen.at(-1)).toMatchObject({ state: 'done', progress: { done: 2 }, seconds: { total: 2 }, by: 'somebody' })
  expect(seen[0]?.seconds).toEqual({})
  expect(await jobs.counts()).toEqual({ waiting: 0, active: 0, done: 1, failed: 0, cancelled: 0 })
  expect(seen.map((job) => job.state)).toEqual([...seen.map((job) => job.state)].sort((a, b) => ['waiting', 'active', 'done'].indexOf(a) - ['waiting', 'active', 'done'].indexOf(b)))
  await jobs.close()
  expect(existsSync(asked.folder)).toBe(false)
})

test('one job runs at a time, in the order of their coming', async () => {
  const root = place()
  const order: string[] = []
  let now = 0
  const jobs = await open(root, async ({ id }) => { order.push(`${id} ${++now}`); await new Promise((resolve) => setTimeout(resolve, 5)); now--; return state(1) })
  for (const id of ['x', 'xx', 'xxx']) await jobs.enqueue(request(root, id))
  await ended(jobs, 'xxx')
  expect(order).toEqual(['x 1', 'xx 1', 'xxx 1'])
  await jobs.close()
})

test('a job that fails says why, keeps its files, and is done again on command', async () => {
  const root = place()
  let broken = true
  const errors: unknown[] = []
  const jobs = await open(root, async () => { if (broken) throw new GraphloomError('store.down', 'the store is away'); return state(1) }, { onError: (error) => errors.push(error) })
  const asked = request(root, 'x')
  await jobs.enqueue(asked)
  expect((await ended(jobs, 'x')).at(-1)).toMatchObject({ state: 'failed', reason: 'the store is away [store.down]' })
  expect([errors.length, existsSync(asked.folder)]).toEqual([1, true])
  broken = false
  expect(await jobs.retry('x')).toMatchObject({ state: 'waiting' })
  expect((await ended(jobs, 'x')).at(-1)).toMatchObject({ state: 'done' })
  expect((await jobs.get('x'))?.reason).toBeUndefined()
  await jobs.close()
  expect([await jobs.retry('x'), await jobs.retry('nobody')]).toEqual([undefined, undefined])
})

test('a job is cancelled while it waits and while it runs', async () => {
  const root = place()
  const jobs = await open(root, (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(state(1)))))
  await jobs.enqueue(request(root, 'x'))
  await jobs.enqueue(request(root, 'xx'))
  while ((await jobs.get('x'))?.state !== 'active') await new Promise((resolve) => setTimeout(resolve, 2))
  expect(await jobs.cancel('xx')).toMatchObject({ state: 'cancelled' })
  expect(await jobs.cancel('x')).toMatchObject({ state: 'cancelled' })
  await jobs.close()
  expect([(await jobs.get('x'))?.state, (await jobs.get('xx'))?.state, await jobs.cancel('nobody')]).toEqual(['cancelled', 'cancelled', undefined])
})

test('what a stopped process left undone goes on in the next one, and what was done stays known', async () => {
  const root = place()
  const first = await open(root, async ({ id }, { signal }) => {
    if (id === 'x') return state(1)
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    return state(0)
  })
  for (const id of ['x', 'xx', 'xxx']) await first.enqueue(request(root, id))
  while ((await first.get('xx'))?.state !== 'active') await new Promise((resolve) => setTimeout(resolve, 2))
  await first.close()
  const ran: string[] = []
  const second = await open(root, async ({ id }) => { ran.push(id); return state(1) })
  expect((await ended(second, 'xxx')).at(-1)).toMatchObject({ state: 'done' })
  expect(ran).toEqual(['xx', 'xxx'])
  expect((await second.list(undefined, { limit: 10 })).map(({ id, state: now }) => [id, now])).toEqual([['xxx', 'done'], ['xx', 'done'], ['x', 'done']])
  await second.close()
})

test('lists show the collections asked for, page by page; the oldest settled are forgotten', async () => {
  const root = place()
  const jobs = await open(root, async () => state(1), { remembered: 2 })
  for (const id of ['x', 'xx', 'xxx', 'xxxx']) {
    await jobs.enqueue(request(root, id, id.length % 2 ? 'odd' : 'even'))
    await ended(jobs, id)
  }
  expect((await jobs.list(['odd'], { limit: 5 })).map(({ id }) => id)).toEqual(['xxx'])
  expect((await jobs.list(undefined, { limit: 1 })).map(({ id }) => id)).toEqual(['xxxx'])
  expect((await jobs.list(undefined, { limit: 5, after: 'xxxx' })).map(({ id }) => id)).toEqual(['xxx', 'xx'])
  await jobs.close()
})

test('who stops following, or follows nobody, is let go', async () => {
  const root = place()
  const jobs = await open(root, (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(state(0)))))
  await jobs.enqueue(request(root, 'x'))
  const stop = new AbortController()
  const seen: string[] = []
  for await (const { state: now } of jobs.events('x', stop.signal)) {
    seen.push(now)
    stop.abort()
  }
  expect(seen).toHaveLength(1)
  for await (const _ of jobs.events('nobody', stop.signal)) expect.fail('there is no such job')
  await jobs.close()
})
