// npx tsx bench/queries.ts [facts=1000000] [sqlite|neo4j|both|bolt://…] [seconds=60] [rate=200]: mixed questions at a steady rate, each timed from the moment at
// which it was due, so that a slow answer is charged for the questions that waited behind it. For Neo4j, `npm run build` first;
// a server that runs is written into, with the password in NEO4J_PASSWORD: name none that holds something you want to keep.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GraphReader } from '../graph/index.ts'
import { openReader, openStore } from '../graph/stores/index.ts'
import { COLLECTION, documentIdAt, entityAt, factAt, nameAt, typeAt, writeCrowd } from './crowd.ts'
import { startServer } from './graphloom.ts'
import { table } from './table.ts'
import { numbers } from './world.ts'

const facts = Number(process.argv[2] ?? 1_000_000)
const which = process.argv[3] ?? 'both'
const seconds = Number(process.argv[4] ?? 60)
const rate = Number(process.argv[5] ?? 200)
const entities = Math.ceil(facts / 4)
const PAGE = { limit: 50 }
const WEIGHED = 200

type Draw = (below: number) => number
type Question = (reader: GraphReader, draw: Draw) => Promise<unknown>

/** An entity as people ask for them: half of the time one of the thousand that stand everywhere. */
const popular = (draw: Draw): number => (draw(2) === 0 ? draw(Math.min(1_000, entities)) : draw(entities))
const ofType = (draw: Draw, type: string): number => { for (;;) { const n = popular(draw); if (typeAt(n) === type) return n } }
const words = (n: number): readonly string[] => nameAt(n).split(' ')

/** Kinds of questions, and how many of a hundred are of each. */
const MIX: readonly (readonly [name: string, share: number, ask: Question])[] = [
  ['entity', 10, (reader, draw) => reader.entity(COLLECTION, entityAt(popular(draw)))],
  ['search, two words', 12, (reader, draw) => reader.entities(COLLECTION, { text: words(draw(entities)).slice(0, 2).join(' ') }, PAGE)],
  ['search, word begun, type', 6, (reader, draw) => reader.entities(COLLECTION, { text: words(draw(entities))[0]?.slice(0, 5) ?? 'a', type: 'Organization' }, PAGE)],
  ['entities of a type', 4, (reader, draw) => reader.entities(COLLECTION, { type: 'Organization' }, { limit: 20 + draw(30) })],
  ['master-data id', 4, (reader, draw) => reader.entities(COLLECTION, { masterId: `M-${7 * draw(Math.floor(entities / 7))}` }, PAGE)],
  ['neighbours', 14, (reader, draw) => reader.neighbours(COLLECTION, entityAt(popular(draw)), {}, PAGE)],
  ['facts of a head', 12, (reader, draw) => reader.facts(COLLECTION, { head: entityAt(ofType(draw, 'Person')) }, PAGE)],
  ['facts of a tail, relation', 10, (reader, draw) => reader.facts(COLLECTION, { tail: entityAt(ofType(draw, 'Company')), relation: 'EMPLOYED_BY' }, PAGE)],
  ['facts of a relation, type, score', 4, (reader) => reader.facts(COLLECTION, { relation: 'PART_OF_GROUP', type: 'Company', minScore: 0.9 }, PAGE)],
  ['facts in review', 4, (reader) => reader.facts(COLLECTION, { statuses: ['review'] }, PAGE)],
  ['facts of a document', 3, (reader, draw) => reader.facts(COLLECTION, { document: documentIdAt(draw(Math.ceil(facts / 100))) }, PAGE)],
  ['facts since', 3, (reader) => reader.facts(COLLECTION, { since: '2026-09-01T00:00:00.000Z' }, PAGE)],
  ['evidence in context', 8, (reader, draw) => reader.evidence(COLLECTION, factAt(draw(facts)), { context: 200 }, PAGE)],
  ['paths up to 4', 2, (reader, draw) => reader.paths(COLLECTION, { from: entityAt(ofType(draw, 'Person')), to: entityAt(ofType(draw, 'Person')) })],
  ['subgraph', 4, (reader, draw) => reader.subgraph(COLLECTION, { entity: entityAt(popular(draw)) })],
]

const wheel = MIX.flatMap((kind) => Array.from({ length: kind[1] }, () => kind))
const rows: (readonly (string | number)[])[] = []

/** Asks at the rate for the time; milliseconds of each kind, from when it was due. */
async function measure(reader: GraphReader): Promise<ReadonlyMap<string, readonly number[]>> {
  const random = numbers(42)
  const draw: Draw = (below) => Math.floor(random() * below)
  for (const [, , ask] of MIX) for (let warm = 0; warm < 5; warm++) await ask(reader, draw)
  const took = new Map<string, number[]>(MIX.map(([name]) => [name, []]))
  const pending: Promise<void>[] = []
  const begin = performance.now()
  for (let n = 0; n < seconds * rate; n++) {
    const due = begin + (n * 1000) / rate
    if (performance.now() < due) await sleep(Math.max(0, due - performance.now()))
    const [name, , ask] = wheel[draw(wheel.length)] as (typeof wheel)[number]
    pending.push(ask(reader, draw).then(() => void took.get(name)?.push(performance.now() - due)))
    if (n % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(pending)
  return took
}

/** Milliseconds of this process's own processor time that one question of each kind takes, asked one by one: the same on a busy machine. */
async function weigh(reader: GraphReader): Promise<ReadonlyMap<string, number>> {
  const random = numbers(43)
  const draw: Draw = (below) => Math.floor(random() * below)
  const weights = new Map<string, number>()
  for (const [name, , ask] of MIX) {
    const since = process.cpuUsage()
    for (let n = 0; n < WEIGHED; n++) await ask(reader, draw)
    const { user, system } = process.cpuUsage(since)
    weights.set(name, (user + system) / 1000 / WEIGHED)
  }
  return weights
}

function report(store: string, took: ReadonlyMap<string, readonly number[]>, weights: ReadonlyMap<string, number>): void {
  const line = (name: string, values: readonly number[]): void => {
    const sorted = [...values].sort((a, b) => a - b)
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    rows.push([store, name, sorted.length, at(0.5), at(0.99), sorted.at(-1) ?? 0, weights.get(name) ?? MIX.reduce((sum, [kind, share]) => sum + (share / 100) * (weights.get(kind) ?? 0), 0)])
  }
  line('all', [...took.values()].flat())
  for (const [name, values] of took) line(name, values)
}

async function run(name: string, uri: string, password: string | undefined): Promise<void> {
  const account = password === undefined ? {} : { password }
  const store = await openStore(uri, account)
  const since = performance.now()
  let told = since
  await writeCrowd(store, facts, (written) => {
    if (performance.now() - told < 10_000) return
    told = performance.now()
    console.error(`${name}: ${written} facts after ${Math.round((told - since) / 1000)} s`)
  })
  const written = (performance.now() - since) / 1000
  const { user, system } = process.cpuUsage()
  await store.close()
  const size = uri.startsWith('sqlite:') ? `, ${Math.round(statSync(uri.slice('sqlite:'.length)).size / 1e6)} MB` : ''
  console.error(`${name}: ${facts} facts written in ${Math.round(written)} s (${Math.round(facts / written)}/s; ${Math.round((user + system) / 1e6)} s of this process's processor time${size})`)
  const reader = await openReader(uri, account)
  const counted = performance.now()
  await reader.statistics(COLLECTION)
  console.error(`${name}: statistics in ${Math.round(performance.now() - counted)} ms`)
  const weights = await weigh(reader)
  report(name, await measure(reader), weights)
  await reader.close()
}

const folder = mkdtempSync(join(tmpdir(), 'graphloom-queries-'))
const before = loadavg()[0] ?? 0
try {
  if (which.startsWith('bolt:')) await run('Neo4j', which, process.env['NEO4J_PASSWORD'])
  else if (which !== 'neo4j') await run('SQLite', `sqlite:${join(folder, 'crowd.db')}`, undefined)
  if (which === 'neo4j' || which === 'both') {
    const server = await startServer(join(folder, 'neo4j'))
    try {
      await run('Neo4j', server.uri, server.password)
    } finally {
      await server.stop()
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${facts} facts, ${entities} entities; ${rate} questions a second for ${seconds} s; ${cpus().length} cores, load average ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after\n`)
console.log(table(['store', 'question', 'asked', 'p50 ms', 'p99 ms', 'max ms', 'CPU ms'], rows))
