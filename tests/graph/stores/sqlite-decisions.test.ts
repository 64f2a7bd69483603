import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openStore } from '../../../graph/stores/index.ts'
import { describeDecisions } from '../../conformance/decisions.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphloom-decisions-'))
afterAll(() => rmSync(folder, { recursive: true }))

describeDecisions('SQLite', () => openStore(`sqlite:${join(folder, 'graph.db')}`), 12)
