// Every statement that the reader runs on SQLite, explained: none walks through a table.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commit, settle } from '../../../graph/index.ts'
import { createReader } from '../../../graph/queries/index.ts'
import { openStore } from '../../../graph/stores/index.ts'
import { SqliteLookup } from '../../../graph/stores/sqlite-lookup.ts'
import { openDatabase } from '../../../graph/stores/sqlite-open.ts'
import { askEverything } from '../everything.ts'
import { company, documentOf, NOW, ONTOLOGY, person } from '../documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphloom-plans-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Virtual tables and results of a few rows, and the one table that is small in any graph. */
const MAY_BE_WALKED = /^SCAN (json_each|j|value|found|collections|CONSTANT ROW|\(subquery|n VIRTUAL TABLE INDEX 0:M)/

test('no statement of the reader walks through a table', async () => {
  const path = join(folder, 'plans.db')
  const store = await openStore(`sqlite:${path}`)
  await commit(store, ONTOLOGY, [documentOf('a.txt', [{ head: person('Ada Lovelace'), relation: 'EMPLOYED_BY', tail: company('Acme Corp', { masterId: 'M1' }) }])], NOW)
  await settle(store, ONTOLOGY, 'test', NOW)
  const database = openDatabase(path)
  const statements = new Set<string>()
  const prepare = database.prepare.bind(database)
  database.prepare = (sql: string) => {
    statements.add(sql)
    return prepare(sql)
  }
  const reader = createReader(new SqliteLookup(database))
  await askEverything(reader, 'test')
  expect(statements.size).toBeGreaterThan(40)
  const walks = [...statements].filter((sql) => !sql.startsWith('PRAGMA')).flatMap((sql) => {
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(Array.from({ length: parameters(sql) }, () => null)) as { detail: string }[]
    return plan.filter(({ detail }) => detail.startsWith('SCAN') && !MAY_BE_WALKED.test(detail)).map(({ detail }) => ({ sql, detail }))
  })
  expect(walks).toEqual([])
  await reader.close()
  await store.close()
})

function parameters(sql: string): number {
  return Math.max(sql.match(/\?(?!\d)/g)?.length ?? 0, ...[...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number)))
}
