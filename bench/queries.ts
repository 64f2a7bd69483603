// npx tsx bench/queries.ts [facts=1000000] [sqlite|neo4j|both|sqlite:PATH|bolt://…] [seconds=60] [rate=200]: mixed questions to `graphloom serve` at a steady rate, each
// timed from the moment at which it was due, so that a slow answer is charged for the questions that waited behind it; what gets no answer is counted. `npm run build` first. A graph that is named
// by its address and holds the facts already is only asked; any other is written into, with the password in NEO4J_PASSWORD: name none that you want to keep.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../graph/stores/index.ts'
import { COLLECTION, documentIdAt, entityAt, factAt, nameAt, typeAt, writeCrowd } from './crowd.ts'
import { MAIN, startServer } from './graphloom.ts'
import { table } from './table.ts'
import { numbers } from './world.ts'

const facts = Number(process.argv[2] ?? 1_000_000)
const which = process.argv[3] ?? 'both'
const seconds = Number(process.argv[4] ?? 60)
const rate = Number(process.argv[5] ?? 200)
const entities = Math.ceil(facts / 4)
const WEIGHED = 100
const WARM = 20

type Draw = (below: number) => number
interface Question {
  readonly path: string
  readonly query?: Readonly<Record<string, string | number>>
}

/** An entity as people ask for them: half of the time one of the thousand that stand everywhere. */
const popular = (draw: Draw): number => (draw(2) === 0 ? draw(Math.min(1_000, entities)) : draw(entities))
const ofType = (draw: Draw, type: string): number => { for (;;) { const n = popular(draw); if (typeAt(n) === type) return n } }
const words = (n: number): readonly string[] => nameAt(n).split(' ')

/** Kinds of questions, and how many of a hundred are of each. */
const MIX: readonly (readonly [name: string, share: number, question: (draw: Draw) => Question])[] = [
  ['/entities/:id', 10, (draw) => ({ path: `/entities/${entityAt(popular(draw))}` })],
  ['/entities?q, two words', 12, (draw) => ({ path: '/entities', query: { q: words(draw(entities)).slice(0, 2).join(' ') } })],
  ['/entities?q&type, word begun', 6, (draw) => ({ path: '/entities', query: { q: words(draw(entities))[0]?.slice(0, 5) ?? 'a', type: 'Organization' } })],
  ['/entities?type', 4, (draw) => ({ path: '/entities', query: { type: 'Organization', limit: 20 + draw(30) } })],
  ['/entities?masterId', 4, (draw) => ({ path: '/entities', query: { masterId: `M-${7 * draw(Math.floor(entities / 7))}` } })],
  ['/entities/:id/neighbours', 14, (draw) => ({ path: `/entities/${entityAt(popular(draw))}/neighbours` })],
  ['/entities/:id/facts', 6, (draw) => ({ path: `/entities/${entityAt(popular(draw))}/facts` })],
  ['/facts?head', 6, (draw) => ({ path: '/facts', query: { head: entityAt(ofType(draw, 'Person')) } })],
  ['/facts?tail&relation', 10, (draw) => ({ path: '/facts', query: { tail: entityAt(ofType(draw, 'Company')), relation: 'EMPLOYED_BY' } })],
  ['/facts?relation&type&minScore', 4, () => ({ path: '/facts', query: { relation: 'PART_OF', type: 'Company', minScore: 0.9 } })],
  ['/facts?status=review', 4, () => ({ path: '/facts', query: { status: 'review' } })],
  ['/facts?document', 3, (draw) => ({ path: '/facts', query: { document: documentIdAt(draw(Math.ceil(facts / 100))) } })],
  ['/facts?since', 3, () => ({ path: '/facts', query: { since: '2026-09-01' } })],
  ['/facts/:id/evidence', 8, (draw) => ({ path: `/facts/${factAt(draw(facts))}/evidence`, query: { context: 200 } })],
  ['/paths', 2, (draw) => ({ path: '/paths', query: { from: entityAt(ofType(draw, 'Person')), to: entityAt(ofType(draw, 'Person')) } })],
  ['/subgraph', 4, (draw) => ({ path: '/subgraph', query: { entity: entityAt(popular(draw)) } })],
]

const wheel = MIX.flatMap((kind) => Array.from({ length: kind[1] }, () => kind))
const rows: (readonly (string | number)[])[] = []
type Ask = (question: Question) => Promise<void>

interface Taken {
  /** Milliseconds of each kind, from when it was due. */
  readonly took: ReadonlyMap<string, readonly number[]>
  /** How many of each kind got no answer: a rate that the machine cannot do ends so. */
  readonly unanswered: ReadonlyMap<string, number>
}

/** Asks at the rate for the time. */
async function measure(ask: Ask): Promise<Taken> {
  const random = numbers(42)
  const draw: Draw = (below) => Math.floor(random() * below)
  for (const [, , question] of MIX) for (let warm = 0; warm < WARM; warm++) await ask(question(draw))
  const took = new Map<string, number[]>(MIX.map(([name]) => [name, []]))
  const unanswered = new Map<string, number>()
  const pending: Promise<void>[] = []
  const begin = performance.now()
  for (let n = 0; n < seconds * rate; n++) {
    const due = begin + (n * 1000) / rate
    if (performance.now() < due) await sleep(Math.max(0, due - performance.now()))
    const [name, , question] = wheel[draw(wheel.length)] as (typeof wheel)[number]
    pending.push(ask(question(draw)).then(() => void took.get(name)?.push(performance.now() - due), () => void unanswered.set(name, (unanswered.get(name) ?? 0) + 1)))
  }
  await Promise.all(pending)
  return { took, unanswered }
}

/** Milliseconds of the server's processor time that one question of each kind takes, asked one by one: nearly the same on a busy machine. */
async function weigh(ask: Ask, spent: () => Promise<number>): Promise<ReadonlyMap<string, number>> {
  const random = numbers(43)
  const draw: Draw = (below) => Math.floor(random() * below)
  const weights = new Map<string, number>()
  for (const [name, , question] of MIX) {
    for (let n = 0; n < WARM; n++) await ask(question(draw))
    const since = await spent()
    for (let n = 0; n < WEIGHED; n++) await ask(question(draw))
    weights.set(name, ((await spent()) - since) / WEIGHED)
  }
  return weights
}

function report(store: string, { took, unanswered }: Taken, weights: ReadonlyMap<string, number>): void {
  const line = (name: string, values: readonly number[], lost: number): void => {
    const sorted = [...values].sort((a, b) => a - b)
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    rows.push([store, name, sorted.length + lost, lost, at(0.5), at(0.99), sorted.at(-1) ?? 0, weights.get(name) ?? MIX.reduce((sum, [kind, share]) => sum + (share / 100) * (weights.get(kind) ?? 0), 0)])
  }
  line('all', [...took.values()].flat(), [...unanswered.values()].reduce((sum, lost) => sum + lost, 0))
  for (const [name, values] of took) line(name, values, unanswered.get(name) ?? 0)
}

/** Writes the crowd, unless the graph holds so many facts already. */
async function fill(name: string, uri: string, account: { readonly password?: string }): Promise<void> {
  const store = await openStore(uri, account)
  const held = (await store.statistics(COLLECTION)).facts
  if (held.accepted + held.review < facts) {
    const since = performance.now()
    let told = since
    await writeCrowd(store, facts, (written) => {
      if (performance.now() - told < 10_000) return
      told = performance.now()
      console.error(`${name}: ${written} facts after ${Math.round((told - since) / 1000)} s`)
    })
    const written = (performance.now() - since) / 1000
    const { user, system } = process.cpuUsage()
    const size = uri.startsWith('sqlite:') ? `, ${Math.round(statSync(uri.slice('sqlite:'.length)).size / 1e6)} MB` : ''
    console.error(`${name}: ${facts} facts written in ${Math.round(written)} s (${Math.round(facts / written)}/s; ${Math.round((user + system) / 1e6)} s of this process's processor time${size})`)
  }
  await store.close()
}

/** Starts `graphloom serve` over the graph; gives its address. */
async function serve(uri: string, environment: Readonly<Record<string, string>>): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [MAIN, 'serve', '--store', uri, '--port', '0', '--rate', '1000000', '--data', join(folder, 'serve')], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((done, fail) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = / at (http:\S+)/u.exec(said)?.[1]
      if (found !== undefined) done(found)
    })
    child.once('exit', (code) => fail(new Error(`graphloom serve ended with ${code}: ${said}`)))
  })
  return { url, stop: () => new Promise((done) => { child.once('exit', () => done()).kill('SIGTERM') }) }
}

async function run(name: string, uri: string, password: string | undefined): Promise<void> {
  const account = password === undefined ? {} : { password }
  await fill(name, uri, account)
  const { url, stop } = await serve(uri, password === undefined ? {} : { NEO4J_PASSWORD: password })
  const ask: Ask = async ({ path, query = {} }) => {
    const address = new URL(`/v1${path}`, url)
    for (const [key, value] of Object.entries({ collection: COLLECTION, ...query })) address.searchParams.set(key, String(value))
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`)
    await response.arrayBuffer()
  }
  const spent = async (): Promise<number> => {
    const text = await (await fetch(new URL('/metrics', url))).text()
    return 1000 * Number(/^graphloom_process_cpu_seconds_total (\S+)/mu.exec(text)?.[1])
  }
  try {
    const counted = performance.now()
    await ask({ path: '/statistics' })
    console.error(`${name}: statistics in ${Math.round(performance.now() - counted)} ms`)
    const weights = await weigh(ask, spent)
    report(name, await measure(ask), weights)
  } finally {
    await stop()
  }
}

const folder = mkdtempSync(join(tmpdir(), 'graphloom-queries-'))
const before = loadavg()[0] ?? 0
try {
  if (which.startsWith('bolt:')) await run('Neo4j', which, process.env['NEO4J_PASSWORD'])
  else if (which !== 'neo4j') await run('SQLite', which.startsWith('sqlite:') ? which : `sqlite:${join(folder, 'crowd.db')}`, undefined)
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
console.log(table(['store', 'question', 'asked', 'unanswered', 'p50 ms', 'p99 ms', 'max ms', 'CPU ms'], rows))
