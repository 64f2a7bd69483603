// npx tsx bench/hubs.ts [2000,20000] [sqlite|neo4j]: documents that all speak of the same few names, committed and settled without a model: seconds, and the memory
// of this process above what it took before. Each count runs in a process of its own. `npm run build` first for Neo4j.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CommittedDocument, commit, prepare, settle } from '../graph/index.ts'
import { openStore } from '../graph/stores/index.ts'
import { company, date, documentOf, ONTOLOGY, person, place } from '../tests/graph/documents.ts'
import { startServer } from './graphloom.ts'
import { table } from './table.ts'

const NOW = '2026-01-01T00:00:00.000Z'
const BATCH = 64
const [counts = '2000,20000', which = 'sqlite', uri, password = ''] = process.argv.slice(2)

/** Five names that stand in every document, one of them a bare surname, and one that a few others share. */
function documentAt(index: number): CommittedDocument {
  const [maria, firm] = [person('Maria Keller'), company('Borealis Corp', { aliases: [`the company ${index % 5}`] })]
  return documentOf(`hubs/${index}.txt`, [
    { head: maria, relation: 'EMPLOYED_BY', tail: firm },
    { head: person('Porter'), relation: 'BORN_IN', tail: place('Vienna') },
    { head: firm, relation: 'FOUNDED_ON', tail: date(String(1900 + (index % 100))) },
    { head: person(`Guest ${index % 997} Walsh`), relation: 'SPOUSE', tail: maria, score: 0.6 + (index % 40) / 100 },
  ], { collection: 'hubs', stamp: 'bench' })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return (performance.now() - since) / 1000
}

const peak = (): number => process.resourceUsage().maxRSS / 1024

/** Prints what one count takes, as JSON. */
async function measure(count: number, to: string): Promise<void> {
  const store = await openStore(to, { password })
  await prepare(store, ONTOLOGY)
  await commit(store, ONTOLOGY, [documentAt(0)], NOW)
  const start = peak()
  const committed = await timed(async () => {
    for (let from = 0; from < count; from += BATCH) await commit(store, ONTOLOGY, Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => documentAt(from + n)), NOW)
  })
  const settled = await timed(() => settle(store, ONTOLOGY, 'hubs', NOW))
  await commit(store, ONTOLOGY, [documentAt(count)], NOW)
  const more = await timed(() => settle(store, ONTOLOGY, 'hubs', NOW))
  await store.close()
  console.log(JSON.stringify([count, Math.round(peak() - start), committed, settled, more]))
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'graphloom-hubs-'))
  const rows: (readonly (string | number)[])[] = []
  try {
    for (const count of counts.split(',')) {
      const server = which === 'neo4j' ? await startServer(join(folder, `neo4j-${count}`)) : undefined
      try {
        const to = server?.uri ?? `sqlite:${join(folder, `${count}.db`)}`
        rows.push(JSON.parse(execFileSync(process.execPath, [...process.execArgv, import.meta.filename, count, which, to, server?.password ?? ''], { encoding: 'utf8' })) as (string | number)[])
      } finally {
        await server?.stop()
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(table([`documents, ${which}`, 'MiB more', 'commit s', 'settle s', 'one more s'], rows))
}

await (uri === undefined ? main() : measure(Number(counts), uri))
