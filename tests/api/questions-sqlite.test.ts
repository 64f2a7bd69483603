import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openReader, openStore } from '../../graph/stores/index.ts'
import { describeQuestions } from '../conformance/api-questions.ts'

describeQuestions('SQLite', async () => {
  const uri = `sqlite:${join(mkdtempSync(join(tmpdir(), 'graphloom-questions-')), 'graph.db')}`
  return { store: await openStore(uri), reader: await openReader(uri) }
}, 1000)
