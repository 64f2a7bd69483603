import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openReader, openStore } from '../../graph/stores/index.ts'
import { describeApi } from '../conformance/api.ts'

describeApi('SQLite', async () => {
  const uri = `sqlite:${join(mkdtempSync(join(tmpdir(), 'graphloom-api-')), 'graph.db')}`
  return { store: await openStore(uri), reader: await openReader(uri) }
})
