import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openReader, openStore } from '../../../graph/stores/index.ts'
import { describeReader } from '../../conformance/reader.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphloom-reader-'))
afterAll(() => rmSync(folder, { recursive: true }))

describeReader(
  'SQLite',
  async () => {
    const uri = `sqlite:${join(folder, 'reader.db')}`
    return { store: await openStore(uri), reader: await openReader(uri) }
  },
  300,
)
