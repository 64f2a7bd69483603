// npx tsx bench/identity.ts CORPUS.jsonl ONTOLOGY.yaml [EXAMPLES.jsonl] [--field-map id=id,text=text]: one corpus, many ways into a graph,
// one export. Prints what each way gives, and ends with 1 where any differs. `npm run build` first; needs Java and Maven for its Neo4j.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { statistics } from '../graph/index.ts'
import { openStore } from '../graph/stores/index.ts'
import type { RunReport } from '../runs/index.ts'
import { graphloom, type Server, startServer } from './graphloom.ts'
import { table } from './table.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'field-map': { type: 'string', default: 'id=id,text=text' }, kills: { type: 'string', default: '3' } } })
const [corpus, ontology, examples] = positionals.map((path) => resolve(path))
if (corpus === undefined || ontology === undefined) throw new Error('Usage: npx tsx bench/identity.ts CORPUS.jsonl ONTOLOGY.yaml [EXAMPLES.jsonl]')

const folder = mkdtempSync(join(tmpdir(), 'graphloom-identity-'))
const records = readFileSync(corpus, 'utf8').split('\n').filter((line) => line.trim() !== '')
const rows: (readonly (string | number)[])[] = []
const failed: string[] = []
let server: Server | undefined

interface Export {
  readonly facts: string
  readonly entities: string
}

/** The records in another folder, under the same file name: names are part of a document's identity, folders are not. */
function written(name: string, lines: readonly string[]): string {
  mkdirSync(join(folder, name))
  const path = join(folder, name, basename(corpus as string))
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
  return path
}

const env = (): Record<string, string> => (server === undefined ? {} : { NEO4J_PASSWORD: server.password })
const store = (name: string): string => `sqlite:${join(folder, `${name}.db`)}`
const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

async function ingest(source: string, to: string, killAfter?: number): Promise<{ report: RunReport; seconds: number }> {
  const file = join(folder, 'report.json')
  const { seconds } = await graphloom(
    ['ingest', source, '--ontology', ontology as string, ...(examples === undefined ? [] : ['--examples', examples]), '--field-map', values['field-map'], '--store', to, '--report', file],
    { env: env(), codes: [0, 1, ...(killAfter === undefined ? [] : [null])], ...(killAfter === undefined ? {} : { killAfter }) },
  )
  return { report: killAfter === undefined ? (JSON.parse(readFileSync(file, 'utf8')) as RunReport) : ({} as RunReport), seconds }
}

async function exported(from: string): Promise<Export> {
  const facts = (await graphloom(['export', '--store', from], { env: env() })).stdout
  return { facts, entities: (await graphloom(['export', '--store', from, '--what', 'entities'], { env: env() })).stdout }
}

function verdict(name: string, good: boolean): string {
  if (!good) failed.push(name)
  process.stderr.write(`${good ? 'ok  ' : 'DIFF'} ${name}\n`)
  return good ? 'yes' : 'NO'
}

function compared(name: string, seconds: number, found: Export, wanted: Export): void {
  const good = found.facts === wanted.facts && found.entities === wanted.entities
  if (!good) for (const what of ['facts', 'entities'] as const) writeFileSync(join(folder, `${name.replaceAll(/\W+/gu, '-')}.${what}.jsonl`), found[what])
  rows.push([name, lines(found.facts).length, digest(found.facts), lines(found.entities).length, digest(found.entities), seconds, verdict(name, good)])
}

function noted(name: string, seconds: number, what: string, good: boolean): void {
  rows.push([name, '', what, '', '', seconds, verdict(name, good)])
}

async function again(name: string, source: string, to: string): Promise<void> {
  const { report, seconds } = await ingest(source, to)
  const { created, updated, deleted } = report.writes
  noted(name, seconds, `${report.documents.unchanged} unchanged, ${created + updated + deleted} writes`, created + updated + deleted === 0 && report.documents.unchanged + report.documents.failed === report.documents.read)
}

async function emptied(name: string, from: string): Promise<void> {
  const { seconds } = await graphloom(['retract', '--all', '--ontology', ontology as string, '--store', from], { env: env() })
  const graph = await openStore(from, server === undefined ? {} : { password: server.password })
  const { documents, passages, chains, evidence, entities, merged, facts, pending } = await statistics(graph)
  await graph.close()
  const left = documents + passages + chains + evidence + entities + merged + facts.accepted + facts.review + facts.rejected + pending
  const { facts: exportedFacts, entities: exportedEntities } = await exported(from)
  noted(name, seconds, `${left} left`, left === 0 && exportedFacts === '' && exportedEntities === '')
}

/** Lines that are in one export only. */
function differing(a: string, b: string): string[] {
  const [left, right] = [new Set(lines(a)), new Set(lines(b))]
  return [...left].filter((line) => !right.has(line)).concat([...right].filter((line) => !left.has(line)))
}

async function run(): Promise<void> {
  const whole = await ingest(corpus as string, store('whole'))
  const wanted = await exported(store('whole'))
  for (const what of ['facts', 'entities'] as const) writeFileSync(join(folder, `wanted.${what}.jsonl`), wanted[what])
  compared('SQLite', whole.seconds, wanted, wanted)
  const { documents, characters } = whole.report
  noted('every record and character', 0, `${documents.read} read, ${documents.done} done, ${documents.failed} failed; ${characters.in} in, ${characters.seen} seen`, documents.done + documents.failed === documents.read && characters.in === characters.seen)
  await again('SQLite, second time', corpus as string, store('whole'))

  const shuffled = written('shuffled', [...records].sort((a, b) => (digest(a) < digest(b) ? -1 : 1)))
  compared('lines shuffled', (await ingest(shuffled, store('shuffled'))).seconds, await exported(store('shuffled')), wanted)

  const kills = Number(values.kills)
  let spent = 0
  for (let n = 1; n <= kills; n += 1) spent += (await ingest(corpus as string, store('killed'), (whole.seconds * 1000 * n) / (kills + 1.5))).seconds
  compared(`${kills} times SIGKILL, then continued`, spent + (await ingest(corpus as string, store('killed'))).seconds, await exported(store('killed')), wanted)

  const at = Math.floor(records.length / 2)
  const record = JSON.parse(records[at] as string) as Record<string, unknown>
  const textKey = /(?:^|,)text=([^,]+)/u.exec(values['field-map'])?.[1] ?? 'text'
  const changed = written('changed', records.map((line, n) => (n === at ? JSON.stringify({ ...record, [textKey]: 'Nobody knows anything about it.' }) : line)))
  const change = await ingest(changed, store('whole'))
  const after = await exported(store('whole'))
  const id = String(record[/(?:^|,)id=([^,]+)/u.exec(values['field-map'])?.[1] ?? 'id'])
  const foreign = differing(wanted.facts, after.facts).filter((line) => !wanted.facts.includes(line) ? false : !(JSON.parse(line) as { evidence: { record?: string }[] }).evidence.some((place) => place.record === id))
  noted('one record changed', change.seconds, `${change.report.documents.done} done; ${differing(wanted.facts, after.facts).length} lines differ, ${foreign.length} not its own`, change.report.documents.done === 1 && foreign.length === 0)
  compared('the same from scratch', (await ingest(changed, store('changed'))).seconds, await exported(store('changed')), after)
  compared('changed back', (await ingest(corpus as string, store('whole'))).seconds, await exported(store('whole')), wanted)

  server = await startServer(join(folder, 'neo4j'))
  const direct = await ingest(corpus as string, server.uri)
  compared('Neo4j', direct.seconds, await exported(server.uri), wanted)
  await again('Neo4j, second time', corpus as string, server.uri)
  await emptied('Neo4j, all retracted', server.uri)
  const pushed = await graphloom(['push', '--from', store('whole'), '--to', server.uri], { env: env() })
  compared('SQLite pushed to Neo4j', pushed.seconds, await exported(server.uri), wanted)
  await graphloom(['push', '--from', server.uri, '--to', store('back')], { env: env() })
  compared('Neo4j pushed to SQLite', 0, await exported(store('back')), wanted)
  await emptied('SQLite, all retracted', store('whole'))
}

try {
  await run()
} finally {
  await server?.stop()
}
console.log(table(['way', 'facts', 'sha256 of them', 'entities', 'sha256', 'seconds', 'same'], rows.map((row) => row.map((cell, column) => (column === 5 && typeof cell === 'number' ? Math.round(cell * 10) / 10 : cell)))))
if (failed.length > 0) {
  console.log(`\nDiffers: ${failed.join('; ')}. What was exported is in ${folder}`)
  process.exitCode = 1
} else rmSync(folder, { recursive: true, force: true })
