import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { commit, settle, statistics } from '../../../graph/index.ts'
import { openStore } from '../../../graph/stores/index.ts'
import { describeStore, exported } from '../../conformance/store.ts'
import { company, documentOf, NOW, ONTOLOGY, person } from '../documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphloom-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true }))

describeStore(
  'SQLite',
  async () => {
    const uri = `sqlite:${join(folder, 'contract.db')}`
    return { store: await openStore(uri), reopen: () => openStore(uri) }
  },
  25,
)

test('a file that is no store is refused with its name', async () => {
  await expect(openStore(`sqlite:${import.meta.filename}`)).rejects.toMatchObject({ code: 'store.open' })
})

test('an address that no store has is wrong usage', async () => {
  await expect(openStore('mysql://localhost')).rejects.toMatchObject({ code: 'usage.store' })
})

test('a writer that is killed leaves whole documents, and the same again goes on', async () => {
  const uri = `sqlite:${join(folder, 'killed.db')}`
  const documents = Array.from({ length: 400 }, (_, index) =>
    documentOf(`${index}.txt`, Array.from({ length: 10 }, (_unused, n) => ({ head: person(`Person ${index % 40} Name${n}`), relation: 'EMPLOYED_BY', tail: company(`Firm ${n}`) }))),
  )
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'write-forever.ts'), uri], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  const store = await openStore(uri)
  const killed = await statistics(store)
  expect(killed.documents).toBeGreaterThan(0)
  expect(killed.documents % 20).toBe(0)
  for (let from = 0; from < documents.length; from += 20) await commit(store, ONTOLOGY, documents.slice(from, from + 20), NOW)
  await settle(store, ONTOLOGY, 'test', NOW)
  const whole = await openStore('sqlite::memory:')
  await commit(whole, ONTOLOGY, documents, NOW)
  await settle(whole, ONTOLOGY, 'test', NOW)
  expect(await exported(store, 'test')).toBe(await exported(whole, 'test'))
  await store.close()
  await whole.close()
})
