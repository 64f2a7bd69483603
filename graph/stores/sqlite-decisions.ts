// Decisions in the embedded store; writing runs inside a transaction that the store opened.
import { type DecisionRow, decisionKeys } from '../decision.ts'
import type { FactId } from '../fact.ts'
import type { Change, DecisionQuery } from '../store.ts'

type Run = (sql: string, ...values: readonly unknown[]) => readonly unknown[]

interface Held {
  readonly content: string
  readonly fact: FactId | null
  readonly target: FactId | null
}

const COLUMNS = 'd.id, d.content, d.fact, d.target'
const LISTED = '(SELECT DISTINCT value FROM json_each(?2)) j'

export function readDecisions(run: Run, collection: number, of: DecisionQuery): readonly DecisionRow[] {
  return (query(run, collection, of) as readonly Held[]).map(({ content, fact, target }) => ({
    decision: JSON.parse(content), ...(fact === null ? {} : { fact }), ...(target === null ? {} : { into: target }),
  }))
}

function query(run: Run, collection: number, of: DecisionQuery): readonly unknown[] {
  if ('page' in of) {
    const { after = '', limit } = of.page
    return run(`SELECT ${COLUMNS} FROM decisions d WHERE d.collection = ? AND d.id > ? ${of.kind === undefined ? '' : 'AND d.kind = ?'} ORDER BY d.id LIMIT ?`, collection, after, ...(of.kind === undefined ? [] : [of.kind]), limit)
  }
  if ('ids' in of) return run(`SELECT ${COLUMNS} FROM ${LISTED} CROSS JOIN decisions d ON d.id = j.value AND d.collection = ?1 ORDER BY d.id`, collection, JSON.stringify(of.ids))
  if ('keys' in of) return run(`SELECT DISTINCT ${COLUMNS} FROM ${LISTED} CROSS JOIN decision_keys k ON k.collection = ?1 AND k.key = j.value CROSS JOIN decisions d ON d.key = k.decision ORDER BY d.id`, collection, JSON.stringify(of.keys))
  const by = (column: string): string => `SELECT ${COLUMNS} FROM ${LISTED} CROSS JOIN decisions d ON d.${column} = j.value AND d.collection = ?1`
  return run(`${by('fact')} UNION ${by('target')} ORDER BY 1`, collection, JSON.stringify(of.facts))
}

export function putDecisions(run: Run, collection: number, rows: readonly DecisionRow[]): void {
  for (const { decision, fact, into } of rows) {
    run(
      `INSERT INTO decisions (collection, id, kind, content, fact, target) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET content = excluded.content, fact = excluded.fact, target = excluded.target`,
      collection, decision.id, decision.kind, JSON.stringify(decision), fact ?? null, into ?? null,
    )
    for (const key of decisionKeys(decision)) run('INSERT OR IGNORE INTO decision_keys (collection, key, decision) SELECT ?, ?, key FROM decisions WHERE id = ?', collection, key, decision.id)
  }
}

/** Notes the facts that decisions are about in the graph as it stands now. */
export function aimDecisions(run: Run, collection: number, decisions: NonNullable<Change['decisions']>): void {
  for (const { id, fact, into } of decisions) run('UPDATE decisions SET fact = ?, target = ? WHERE collection = ? AND id = ?', fact ?? null, into ?? null, collection, id)
}
