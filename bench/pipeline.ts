// npx tsx bench/pipeline.ts [records=2000]: the whole pipeline against its bare encoders, in one run; memory at the end.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openEncoders } from '../extract/encoders/index.ts'
import { encodeMarked } from '../extract/prototypes/index.ts'
import { inputOf, windowsOf } from '../extract/views/windows.ts'
import { type Document, segment } from '../ingest/index.ts'
import type { RunReport } from '../runs/index.ts'
import { record } from './records.ts'

const count = Number(process.argv[2] ?? 2000)
const folder = mkdtempSync(join(tmpdir(), 'graphloom-bench-'))
const records = Array.from({ length: count }, (_, i) => record(i))
writeFileSync(join(folder, 'corpus.jsonl'), records.map((line) => `${JSON.stringify(line)}\n`).join(''))
const measure = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`
writeFileSync(join(folder, 'measure.mjs'), measure)
execFileSync(process.execPath, ['--import', join(folder, 'measure.mjs'), resolve('dist/cli/main.js'), 'ingest', 'corpus.jsonl', '--ontology', resolve('examples/ontology.yaml'), '--store', 'sqlite:g.db', '--report', 'report.json'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunReport

const { relations, entities, device, close } = await openEncoders({ models: resolve('models'), device: 'auto', workers: cpus().length })
// The least that both encoders must read: every sentence once with one pair, every text once in whole windows.
const sentences = records.flatMap(({ text }) => text.split(/(?<=\.) /u)).map((text) => ({ text, head: { start: 0, end: 4 }, tail: { start: text.length - 5, end: text.length } }))
const secondsOf = async (run: () => Promise<void>): Promise<number> => {
  const since = performance.now()
  await run()
  return (performance.now() - since) / 1000
}
const bareRelations = await secondsOf(async () => {
  for (let at = 0; at < sentences.length; at += 256) await encodeMarked(sentences.slice(at, at + 256), relations)
})
const bareEntities = await secondsOf(async () => {
  for (let at = 0; at < records.length; at += 64) {
    await entities.encode(records.slice(at, at + 64).flatMap(({ text }) => {
      const windows = windowsOf({ text, ...segment(text) } as Document, entities.tokenizer, entities.maxLength)
      return Array.from(windows, (window) => inputOf(window, text, entities.tokenizer))
    }))
  }
})
await close()
const bare = bareRelations + bareEntities
const round = (seconds: number): number => Math.round(seconds * 1000) / 1000

console.log(JSON.stringify({ records: count, characters: report.characters.in, pagesPerMinute: report.rates.pagesPerMinute, seconds: report.seconds, bareSeconds: { relations: round(bareRelations), entities: round(bareEntities), both: round(bare) }, wholeToBare: Math.round((100 * (report.seconds['total'] ?? 0)) / bare) / 100, device: device.name }, null, 2))
rmSync(folder, { recursive: true, force: true })
