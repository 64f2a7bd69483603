import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openStore } from '../../../graph/stores/index.ts'
import { describeStore } from '../../conformance/store.ts'
import { killAndContinue } from './killed.ts'

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
  await killAndContinue(`sqlite:${join(folder, 'killed.db')}`, 'test', 120)
})
