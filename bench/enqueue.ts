// npx tsx bench/enqueue.ts REDIS [documents=1000000]: survey records of a file and offer them all to a queue that nobody drains; memory of the process that offers.
// REDIS is an empty one of its own, e.g. redis-server --port 16399 --save '': the jobs stay in it (about 1 GB a million).
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Job, jobId, openSpool, survey } from '../ingest/index.ts'
import { openQueue } from '../ingest/queues/index.ts'
import type { PlannedReference } from '../runs/index.ts'

const [uri = 'redis://127.0.0.1:16399', given = '1000000'] = process.argv.slice(2)
const count = Number(given)
const folder = mkdtempSync(join(tmpdir(), 'graphloom-enqueue-'))
const file = createWriteStream(join(folder, 'corpus.jsonl'))
for (let at = 0; at < count; at++) if (!file.write(`{"id":"${at}","text":"Record ${at} is short and says nothing."}\n`)) await once(file, 'drain')
file.end()
await once(file, 'close')

// In use a queue holds back above 5,000 waiting jobs; here nothing holds back, which is harder on memory.
const queue = await openQueue<PlannedReference>(uri, { highWater: 10 * count })
const memory: number[] = []
const jobs = async function* (): AsyncGenerator<Job<PlannedReference>> {
  let seen = 0
  for await (const found of survey([join(folder, 'corpus.jsonl')], { collection: 'bench', spool: openSpool(join(folder, 'spool')) })) {
    if (++seen % (count / 10) === 0) memory.push(Math.round(process.memoryUsage().rss / 2 ** 20))
    if (found.status === 'failed') throw new Error(found.failure.reason)
    const { uri: name, record = '', sha256 } = found.reference
    yield { id: jobId({ collection: 'bench', uri: name, record, sha256, stamp: 'bench' }), run: 'bench', reference: { ...found.reference, plan: '/nowhere/plan.json' } }
  }
}
const since = performance.now()
const { added } = await queue.add(jobs())
const seconds = (performance.now() - since) / 1000
console.log(JSON.stringify({ added, waiting: (await queue.counts()).waiting, seconds: Math.round(seconds), perSecond: Math.round(added / seconds), rssMiBByTenth: memory }))
await queue.close()
rmSync(folder, { recursive: true, force: true })
