// One suite for every adapter of the queue port.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GraphloomError } from '../../errors.ts'
import type { Attempt, Job, Queue, QueueOptions } from '../../ingest/queue.ts'

export interface QueueSubject {
  /** Opens the same queue at each call within one test, where the adapter can share one. */
  open(options: Partial<QueueOptions>): Promise<Queue>
  /** Whether a second `open` sees the same jobs. */
  readonly shared: boolean
}

const OPTIONS = { attempts: 3, backoff: 20, longestBackoff: 50, highWater: 1000 }
const job = (id: string, run = 'run-1'): Job => ({ id, run, reference: { uri: `${id}.txt`, record: null } })
const numbered = (count: number, run = 'run-1') => Array.from({ length: count }, (_, index) => job(`${run}-${index}`, run))

export function queueConformance(name: string, makeSubject: () => QueueSubject): void {
  describe(`the queue port on ${name}`, () => {
    let subject: QueueSubject
    let queue: Queue
    const opened: Queue[] = []
    const open = async (options: Partial<QueueOptions> = {}) => {
      const another = await subject.open({ ...OPTIONS, ...options })
      opened.push(another)
      return another
    }
    const settled = async (run = 'run-1') => {
      for (;;) {
        const progress = await queue.progress(run)
        if (progress.pending === 0) return progress
        await sleep(10)
      }
    }
    beforeEach(async () => {
      subject = makeSubject()
      queue = await open()
    })
    afterEach(async () => {
      for (const each of opened.splice(0)) await each.close()
    })

    it('does every job once, in order of arrival where one works alone', async () => {
      const seen: string[] = []
      await queue.add(numbered(20))
      await queue.consume(async ({ job: { id } }) => { seen.push(id) }, { concurrency: 1 })
      expect(await settled()).toEqual({ pending: 0, done: 20, failed: 0, cancelled: 0 })
      expect(seen).toEqual(numbered(20).map(({ id }) => id))
    })

    it('gives the worker the reference that was offered', async () => {
      const attempts: Attempt[] = []
      await queue.add([job('a')])
      await queue.consume(async (attempt) => { attempts.push(attempt) }, { concurrency: 1 })
      await settled()
      expect(attempts.map(({ job: given, number }) => ({ given, number }))).toEqual([{ given: job('a'), number: 1 }])
    })

    it('works on as many jobs at once as it was told', async () => {
      let now = 0
      let most = 0
      await queue.add(numbered(12))
      await queue.consume(async () => { most = Math.max(most, ++now); await sleep(20); now-- }, { concurrency: 4 })
      await settled()
      expect(most).toBe(4)
    })

    it('knows a job by its id: a second offer adds nothing while the first is not done', async () => {
      expect(await queue.add([job('a'), job('b'), job('a')])).toEqual({ added: 2, known: 1 })
      expect(await queue.add([job('b'), job('c')])).toEqual({ added: 1, known: 1 })
      expect(await queue.add([job('c', 'run-2'), job('d', 'run-2')])).toEqual({ added: 1, known: 1 })
      expect(await queue.counts()).toEqual({ waiting: 4, delayed: 0, active: 0, failed: 0 })
      expect([(await queue.progress('run-1')).pending, (await queue.progress('run-2')).pending]).toEqual([3, 1])
    })

    it('forgets a job that is done, so that it may be offered again', async () => {
      await queue.consume(async () => {}, { concurrency: 2 })
      await queue.add([job('a')])
      await settled()
      await eventually(async () => (await queue.find('a')) === undefined)
      expect(await queue.add([job('a')])).toEqual({ added: 1, known: 0 })
      expect((await settled()).done).toBe(2)
    })

    it('tries a retryable failure again, after a pause, until it succeeds', async () => {
      const attempts: number[] = []
      await queue.add([job('a')])
      await queue.consume(async ({ number }) => {
        attempts.push(number)
        if (number < 3) throw new GraphloomError('store.busy', 'busy', { retryable: true })
      }, { concurrency: 1 })
      expect(await settled()).toMatchObject({ done: 1, failed: 0 })
      expect(attempts).toEqual([1, 2, 3])
    })

    it('gives up after the last attempt, and keeps the job with its reason', async () => {
      await queue.add([job('a')])
      await queue.consume(async () => { throw new GraphloomError('store.busy', 'still busy', { retryable: true }) }, { concurrency: 1 })
      expect(await settled()).toMatchObject({ done: 0, failed: 1 })
      await eventually(async () => (await queue.counts()).failed === 1)
      expect(await listed(queue.failed())).toEqual([{ ...job('a'), status: 'failed', attempts: 3, progress: 0, failure: { code: 'store.busy', reason: 'still busy' } }])
    })

    it.each([
      ['a failure that cannot pass', new GraphloomError('ingest.pdf-broken', 'no pages'), { code: 'ingest.pdf-broken', reason: 'no pages' }],
      ['a bug', new TypeError('x is not a function'), { code: 'queue.bug', reason: 'TypeError: x is not a function' }],
    ])('does not try %s again, and others go on', async (_, error, failure) => {
      await queue.add([job('bad'), job('good')])
      await queue.consume(async ({ job: { id } }) => { if (id === 'bad') throw error }, { concurrency: 1 })
      expect(await settled()).toMatchObject({ done: 1, failed: 1 })
      await eventually(async () => (await queue.counts()).failed === 1)
      expect(await listed(queue.failed())).toMatchObject([{ id: 'bad', attempts: 1, failure }])
    })

    it('puts a failed job back on command, with all its attempts', async () => {
      let broken = true
      await queue.add([job('a'), job('b')])
      await queue.consume(async () => { if (broken) throw new GraphloomError('store.down', 'down', { retryable: true }) }, { concurrency: 2 })
      expect(await settled()).toMatchObject({ failed: 2 })
      await eventually(async () => (await queue.counts()).failed === 2)
      broken = false
      for await (const { id } of queue.failed()) expect(await queue.retry(id)).toBe(true)
      expect(await settled()).toEqual({ pending: 0, done: 2, failed: 0, cancelled: 0 })
      expect(await queue.retry('a')).toBe(false)
    })

    it('does not add a failed job again: it waits for the command', async () => {
      await queue.add([job('a')])
      await queue.consume(async () => { throw new GraphloomError('ingest.broken', 'broken') }, { concurrency: 1 })
      await settled()
      await eventually(async () => (await queue.counts()).failed === 1)
      expect(await queue.add([job('a', 'run-2')])).toEqual({ added: 0, known: 1 })
      expect(await queue.progress('run-2')).toMatchObject({ pending: 0 })
    })

    it('takes nothing while paused, and goes on after resume', async () => {
      const seen: string[] = []
      await queue.consume(async ({ job: { id } }) => { seen.push(id) }, { concurrency: 2 })
      await queue.pause()
      await queue.add(numbered(5))
      await sleep(100)
      expect([seen.length, await queue.paused(), (await queue.counts()).waiting]).toEqual([0, true, 5])
      await queue.resume()
      expect((await settled()).done).toBe(5)
      expect(await queue.paused()).toBe(false)
    })

    it('drops a waiting job that is cancelled', async () => {
      await queue.add([job('a'), job('b')])
      expect(await queue.cancel({ id: 'a' })).toBe(1)
      expect(await queue.cancel({ id: 'nobody' })).toBe(0)
      const seen: string[] = []
      await queue.consume(async ({ job: { id } }) => { seen.push(id) }, { concurrency: 1 })
      expect(await settled()).toEqual({ pending: 0, done: 1, failed: 0, cancelled: 1 })
      expect(seen).toEqual(['b'])
    })

    it('tells an active job that is cancelled, and does not count it as failed', async () => {
      await queue.add([job('a')])
      await queue.consume(({ signal }) => new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped')))), { concurrency: 1 })
      await eventually(async () => (await queue.find('a'))?.status === 'active')
      await queue.cancel({ id: 'a' })
      expect(await settled()).toEqual({ pending: 0, done: 0, failed: 0, cancelled: 1 })
    })

    it('cancels a run, and leaves others alone', async () => {
      await queue.add([...numbered(10), ...numbered(10, 'run-2')])
      expect(await queue.cancel({ run: 'run-1' })).toBe(10)
      expect(await queue.add(numbered(30).slice(20))).toEqual({ added: 0, known: 0 })
      await queue.consume(async () => {}, { concurrency: 2 })
      expect([await settled('run-1'), await settled('run-2')]).toMatchObject([{ done: 0, cancelled: 10 }, { done: 10, cancelled: 0 }])
    })

    it('sums what the jobs of a run yield, each once however often it was tried, and keeps their notes', async () => {
      await queue.add([...numbered(3), job('other', 'run-2')])
      await queue.consume(async ({ job: { id }, number }) => {
        if (id === 'run-1-1' && number === 1) throw new GraphloomError('store.busy', 'busy', { retryable: true })
        return { sums: { documents: 1, seconds: 0.25, [id]: 2 }, notes: [`${id} was read`] }
      }, { concurrency: 1 })
      await settled()
      await settled('run-2')
      const { sums, notes } = await queue.yielded('run-1')
      expect(sums).toEqual({ documents: 3, seconds: 0.75, 'run-1-0': 2, 'run-1-1': 2, 'run-1-2': 2 })
      expect([...notes].sort()).toEqual(['run-1-0 was read', 'run-1-1 was read', 'run-1-2 was read'])
      expect(await queue.yielded('run-2')).toMatchObject({ sums: { documents: 1 } })
      expect(await queue.yielded('run-3')).toEqual({ sums: {}, notes: [] })
    })

    it('tells how far a job is', async () => {
      let finish = () => {}
      await queue.add([job('a')])
      await queue.consume(async ({ progress }) => { await progress(0.5); await new Promise<void>((resolve) => { finish = resolve }) }, { concurrency: 1 })
      await eventually(async () => (await queue.find('a'))?.progress === 0.5)
      expect(await queue.find('a')).toMatchObject({ ...job('a'), status: 'active', attempts: 1 })
      finish()
      await settled()
    })

    it('holds back who offers faster than others work', async () => {
      const small = await open({ highWater: 100 })
      let most = 0
      let drawn = 0
      const endless = function* () { for (const each of numbered(600)) { drawn++; yield each } }
      await small.consume(async () => { most = Math.max(most, (await small.counts()).waiting) }, { concurrency: 4 })
      expect(await small.add(endless())).toEqual({ added: 600, known: 0 })
      expect([drawn, most <= 200]).toEqual([600, true])
      await eventually(async () => (await small.progress('run-1')).done === 600)
    })

    it('stops offering when told to', async () => {
      const small = await open({ highWater: 20 })
      const stop = new AbortController()
      setTimeout(() => stop.abort(), 500)
      const { added } = await small.add(numbered(10_000), { signal: stop.signal })
      expect(added).toBeGreaterThan(0)
      expect(added).toBeLessThan(600)
    })

    it('finishes what it has in hand when it is stopped, and takes nothing more', async () => {
      const ended: string[] = []
      await queue.add(numbered(10))
      const consumer = await queue.consume(async ({ job: { id } }) => { await sleep(50); ended.push(id) }, { concurrency: 2 })
      await eventually(async () => (await queue.counts()).active === 2)
      await consumer.stop()
      const done = ended.length
      expect(done).toBeGreaterThanOrEqual(2)
      await sleep(150)
      expect(ended.length).toBe(done)
    })

    it('refuses a reference that carries text, and an id that is no key', async () => {
      await expect(queue.add([{ ...job('a'), reference: { text: 'long '.repeat(2000) } }])).rejects.toMatchObject({ code: 'queue.reference-too-long' })
      await expect(queue.add([job('a:b')])).rejects.toMatchObject({ code: 'queue.job-id' })
      await expect(queue.consume(async () => {}, { concurrency: 1 }).then(() => queue.consume(async () => {}, { concurrency: 1 }))).rejects.toMatchObject({ code: 'queue.consuming' })
    })

    it('shares the jobs among consumers, each job to one', async ({ skip }) => {
      if (!subject.shared) skip('this adapter lives in one opened queue')
      const seen: string[] = []
      const others = [await open(), await open()]
      for (const each of [queue, ...others]) await each.consume(async ({ job: { id } }) => { seen.push(id); await sleep(5) }, { concurrency: 2 })
      await queue.add(numbered(100))
      expect((await settled()).done).toBe(100)
      expect([seen.length, new Set(seen).size]).toEqual([100, 100])
    })
  })
}

export async function eventually(condition: () => Promise<boolean>, milliseconds = 20_000): Promise<void> {
  for (const end = performance.now() + milliseconds; performance.now() < end; await sleep(20)) if (await condition()) return
  throw new Error(`not within ${milliseconds} ms: ${condition.toString()}`)
}

async function listed<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}
