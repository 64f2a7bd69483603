import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openStore } from '../../../graph/stores/index.ts'
import { translated } from '../../../graph/stores/sqlite-errors.ts'
import { openDatabase } from '../../../graph/stores/sqlite-open.ts'
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

test('a new file may be opened by many processes at once', async () => {
  const uri = `sqlite:${join(folder, 'new.db')}`
  const script = `import { openStore } from ${JSON.stringify(new URL('../../../graph/stores/index.ts', import.meta.url).href)}; await (await openStore(${JSON.stringify(uri)})).close()`
  const ends = await Promise.all(Array.from({ length: 6 }, () => new Promise<number | null>((done) => {
    spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { stdio: ['ignore', 'ignore', 'inherit'] }).once('exit', done)
  })))
  expect(ends).toEqual([0, 0, 0, 0, 0, 0])
})

test('a graph that others keep locked for too long is busy, which passes', () => {
  const path = join(folder, 'locked.db')
  const holder = openDatabase(path)
  const other = openDatabase(path)
  other.pragma('busy_timeout = 10')
  holder.exec('BEGIN IMMEDIATE')
  expect(() => translated(() => other.transaction(() => {}).immediate())).toThrow(expect.objectContaining({ code: 'store.busy', retryable: true }))
  holder.exec('ROLLBACK')
  holder.close()
  other.close()
})

test('an address that no store has is wrong usage', async () => {
  await expect(openStore('mysql://localhost')).rejects.toMatchObject({ code: 'usage.store' })
})

test('a writer that is killed leaves whole documents, and the same again goes on', async () => {
  await killAndContinue(`sqlite:${join(folder, 'killed.db')}`, 'test', 120)
})
