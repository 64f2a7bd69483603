// A writer that is killed in the middle: what it leaves is whole documents, and the same again ends in the same graph.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'vitest'
import { commit, settle, statistics } from '../../../graph/index.ts'
import { openStore, type StoreOptions } from '../../../graph/stores/index.ts'
import { exported } from '../../conformance/store.ts'
import { NOW, ONTOLOGY } from '../documents.ts'
import { staffOf } from '../staff.ts'

/** Kills a process that writes into `uri`, then writes the rest and compares. */
export async function killAndContinue(uri: string, collection: string, count: number, options: StoreOptions = {}): Promise<void> {
  const documents = Array.from({ length: count }, (_, index) => staffOf(index, { collection }))
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'write-forever.ts'), uri, collection, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  const store = await openStore(uri, options)
  const killed = await statistics(store, collection)
  expect(killed.documents).toBeGreaterThan(0)
  expect(killed.documents % 20).toBe(0)
  for (let from = 0; from < count; from += 20) await commit(store, ONTOLOGY, documents.slice(from, from + 20), NOW)
  await settle(store, ONTOLOGY, collection, NOW)
  const whole = await openStore('sqlite::memory:')
  await commit(whole, ONTOLOGY, documents, NOW)
  await settle(whole, ONTOLOGY, collection, NOW)
  expect(await exported(store, collection)).toBe(await exported(whole, collection))
  await store.close()
  await whole.close()
}
