// npx tsx bench/chaos.ts [kills=30] [records=150] [workers=4] [store=sqlite:…]: one collection ingested through a queue while workers and Redis are killed at
// random (seed 7) until so many are dead; then the export is compared with that of one process. Build first (npm run build); redis-server must be installed.
import { spawn } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { underChaos } from '../tests/fixtures/chaos.ts'
import { freePort, killHard, startRedis } from '../tests/fixtures/redis.ts'
import { collection, graphloom, jsonLines, MAIN, ONTOLOGY } from '../tests/integration/graphloom.ts'

const [kills = '30', records = '150', workers = '4', store = 'sqlite:chaos.db'] = process.argv.slice(2)
const cwd = mkdtempSync(join(tmpdir(), 'graphloom-chaos-'))
writeFileSync(join(cwd, 'ontology.yaml'), ONTOLOGY)
writeFileSync(join(cwd, 'corpus.jsonl'), jsonLines(collection(Number(records))))
const name = `chaos-${Date.now()}`
const ingest = (to: string, ...extra: string[]) => graphloom(['ingest', 'corpus.jsonl', '--ontology', 'ontology.yaml', '--field-map', 'id=id,text=text', '--collection', name, '--store', to, '--report', 'report.json', ...extra], { cwd })
const exported = async (from: string) => (await graphloom(['export', '--store', from, '--collection', name], { cwd })).stdout
await ingest('sqlite:reference.db')
const want = await exported('sqlite:reference.db')

const port = await freePort()
const uri = `redis://127.0.0.1:${port}`
let redis = await startRedis(cwd, port)
const log = createWriteStream(join(cwd, 'workers.log'))
const since = performance.now()
const { result, killed } = await underChaos({
  seed: 7, kills: Number(kills), workers: Number(workers), pauses: [2000, 5000],
  startWorker: () => {
    const child = spawn(process.execPath, [MAIN, 'work', '--queue', uri, '--workers', '1', '--lock', '4'], { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.pipe(log, { end: false })
    return child
  },
  restartRedis: async () => {
    await killHard(redis)
    redis = await startRedis(cwd, port)
  },
}, () => ingest(store, '--queue', uri))
const { documents } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))
const got = await exported(store)
console.log(JSON.stringify({
  store: store.replace(/:.*/u, ''), records: Number(records), workers: Number(workers), killed, seconds: Math.round((performance.now() - since) / 1000), exit: result.code, documents,
  ...(result.code === 0 ? {} : { stderr: result.stderr.slice(-1500) }), sameExport: got === want, bytes: want.length, deadlocks: (readFileSync(join(cwd, 'workers.log'), 'utf8') + result.stderr).match(/deadlock/giu)?.length ?? 0,
}, null, 2))
await killHard(redis)
rmSync(cwd, { recursive: true, force: true })
