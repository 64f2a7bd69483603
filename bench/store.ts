// npx tsx bench/store.ts [documents=2000] [sqlite|neo4j|both]: rows a second into each store, against the same rows written barely
// (prepared inserts, UNWIND), and the time that one more document about the most frequent names takes. `npm run build` first.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commit, type GraphStore, prepare, settle } from '../graph/index.ts'
import { openStore } from '../graph/stores/index.ts'
import { ONTOLOGY } from '../tests/graph/documents.ts'
import { startServer } from './graphloom.ts'
import { neo4jLimit, neo4jRows, sqliteLimit, sqliteRows } from './limit.ts'
import { table } from './table.ts'
import { documentAt } from './world.ts'

const count = Number(process.argv[2] ?? 2000)
const which = process.argv[3] ?? 'both'
const BATCH = 64
const NOW = '2026-01-01T00:00:00.000Z'
const folder = mkdtempSync(join(tmpdir(), 'graphloom-store-'))
const rows: (readonly (string | number)[])[] = []

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return (performance.now() - since) / 1000
}

/** Commits and settles the world; seconds of both, and of one more document, twice. */
async function load(store: GraphStore): Promise<{ commit: number; settle: number; more: number }> {
  await prepare(store, ONTOLOGY)
  const documents = Array.from({ length: count }, (_, index) => documentAt(index, 'world'))
  const committed = await timed(async () => {
    for (let from = 0; from < count; from += BATCH) await commit(store, ONTOLOGY, documents.slice(from, from + BATCH), NOW)
  })
  const settled = await timed(() => settle(store, ONTOLOGY, 'world', NOW, process.env['STAGES'] ? ({ stage, done }) => console.error(stage, done, Math.round(performance.now())) : undefined))
  const next = async (index: number): Promise<void> => {
    await commit(store, ONTOLOGY, [documentAt(index, 'world')], NOW)
    await settle(store, ONTOLOGY, 'world', NOW)
  }
  await next(count)
  const more = await timed(() => next(count + 1))
  return { commit: committed, settle: settled, more }
}

function note(name: string, written: number, ours: { commit: number; settle: number; more: number }, bare: number): void {
  const seconds = ours.commit + ours.settle
  rows.push([name, written, ours.commit, ours.settle, Math.round(written / seconds), Math.round(written / bare), seconds / bare, ours.more])
}

try {
  if (which !== 'neo4j') {
    const path = join(folder, 'ours.db')
    const store = await openStore(`sqlite:${path}`)
    const ours = await load(store)
    await store.close()
    note('SQLite', sqliteRows(path), ours, await timed(async () => sqliteLimit(path, join(folder, 'bare.db'))))
  }
  if (which !== 'sqlite') {
    const server = await startServer(join(folder, 'neo4j'))
    try {
      const store = await openStore(server.uri, { password: server.password })
      const ours = await load(store)
      await store.close()
      note('Neo4j', await neo4jRows(server), ours, await neo4jLimit(server))
    } finally {
      await server.stop()
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`${count} documents of eight statements, ${BATCH} a transaction\n`)
console.log(table(['store', 'rows', 'commit s', 'settle s', 'rows/s', 'bare rows/s', 'ours / bare', 'one more s'], rows))
