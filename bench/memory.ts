// npx tsx bench/memory.ts [1000,20000]: peak memory of `graphloom ingest` by the number of records. `npm run build` first.
// The ontology has one relation, so that few pairs are scored: what must not grow is what is read, kept and written.
import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import type { RunReport } from '../runs/index.ts'
import { record } from './records.ts'
import { table } from './table.ts'

const counts = (process.argv[2] ?? '1000,20000').split(',').map(Number)
const folder = mkdtempSync(join(tmpdir(), 'graphloom-memory-'))
const main = resolve(import.meta.dirname, '../dist/cli/main.js')

/** Tells the peak of resident memory, in KiB, when the process ends. */
const TELL = `import { writeFileSync } from 'node:fs'; process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)))`

async function corpusOf(count: number): Promise<string> {
  const path = join(folder, `corpus-${count}.jsonl`)
  const out = createWriteStream(path)
  for (let index = 0; index < count; index += 1) out.write(`${JSON.stringify(record(index))}\n`)
  out.end()
  await finished(out)
  return path
}

const ONTOLOGY = `name: memory
version: 1.0.0
types:
  Person: { ner: [PER] }
  Company: { ner: [ORG] }
  Place: { ner: [LOC] }
relations:
  FOUNDED_ON: { description: "The head was founded on the tail.", domain: Company, range: date, functional: true, examples: ["<h>Acme Corp</h> was founded in <t>1842</t>."] }
`

writeFileSync(join(folder, 'tell.mjs'), TELL)
writeFileSync(join(folder, 'ontology.yaml'), ONTOLOGY)
const rows: (readonly (string | number)[])[] = []
try {
  for (const count of counts) {
    const corpus = await corpusOf(count)
    const [peakFile, report] = [join(folder, 'peak'), join(folder, 'report.json')]
    const args = ['--import', join(folder, 'tell.mjs'), main, 'ingest', corpus, '--ontology', join(folder, 'ontology.yaml'), '--store', `sqlite:${join(folder, `${count}.db`)}`, '--report', report]
    execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, PEAK_FILE: peakFile } })
    const { documents, characters, seconds } = JSON.parse(readFileSync(report, 'utf8')) as RunReport
    rows.push([documents.done, characters.in, Math.round(Number(readFileSync(peakFile, 'utf8')) / 1024), Math.round(seconds['total'] ?? 0)])
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const [least, most] = [Number(rows[0]?.[2]), Number(rows.at(-1)?.[2])]
console.log(table(['records', 'characters', 'peak MiB', 'seconds'], rows))
console.log(`\nPeak at ${rows.at(-1)?.[0]} records is ${(most / least).toFixed(2)} times that at ${rows[0]?.[0]}.`)
