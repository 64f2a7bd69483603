// Decisions in Neo4j: `(:Decision)` nodes, found by the blocks of chains that they depend on and by the facts that they are about.
import { type DecisionRow, decisionKeys, describeDecision } from '../decision.ts'
import { DECISIONS } from '../cypher.ts'
import type { FactId } from '../fact.ts'
import { byCodeUnit } from '../identity.ts'
import type { Change, DecisionQuery } from '../store.ts'
import { blockOf } from './neo4j-rows.ts'

type Read = (text: string, list: string, keys: readonly string[], parameters: Readonly<Record<string, unknown>>) => Promise<readonly { readonly [column: string]: unknown }[]>
type Run = (text: string, parameters: Readonly<Record<string, unknown>>) => Promise<unknown>

interface Held {
  readonly content: string
  readonly fact?: FactId
  readonly into?: FactId
}

export async function readDecisions(read: Read, collection: string, of: DecisionQuery): Promise<readonly DecisionRow[]> {
  const rows = (await query(read, collection, of)).map((row) => row['d'] as Held).map(({ content, fact, into }): DecisionRow => ({
    decision: JSON.parse(content), ...(fact === undefined ? {} : { fact }), ...(into === undefined ? {} : { into }),
  }))
  return [...new Map(rows.map((row) => [row.decision.id as string, row]))].sort(([a], [b]) => byCodeUnit(a, b)).map(([, row]) => row)
}

function query(read: Read, collection: string, of: DecisionQuery): ReturnType<Read> {
  if ('page' in of) return read(DECISIONS.page(of.kind !== undefined), 'collections', [collection], { after: of.page.after ?? '', limit: of.page.limit, kind: of.kind ?? '' })
  if ('ids' in of) return read(DECISIONS.byId, 'ids', of.ids, { collection })
  if ('keys' in of) return read(DECISIONS.byBlock, 'blocks', of.keys.map((key) => decisionBlock(collection, key)), {})
  return read(DECISIONS.byFact, 'facts', of.facts, { collection })
}

export async function putDecisions(run: Run, collection: string, rows: readonly DecisionRow[]): Promise<void> {
  await run(DECISIONS.put, {
    rows: rows.map(({ decision, fact, into }) => ({
      id: decision.id,
      props: {
        id: decision.id, name: describeDecision(decision), collection, kind: decision.kind, by: decision.by, at: decision.at, undone: decision.undone !== undefined,
        content: JSON.stringify(decision), ...(fact === undefined ? {} : { fact }), ...(into === undefined ? {} : { into }),
      },
    })),
  })
  await run(DECISIONS.keys, {
    rows: rows.flatMap(({ decision }) => decisionKeys(decision).map((key) => ({ block: decisionBlock(collection, key), decision: decision.id, name: describeDecision(decision), collection }))),
  })
}

/** Notes the facts that decisions are about in the graph as it stands now. */
export async function aimDecisions(run: Run, decisions: NonNullable<Change['decisions']>): Promise<void> {
  await run(DECISIONS.aim, { rows: decisions.map(({ id, fact, into }) => ({ id, fact: fact ?? null, into: into ?? null })) })
}

/** Apart from the blocks of chains, which are asked for far more often. */
function decisionBlock(collection: string, key: string): string {
  return `decision:${blockOf(collection, key)}`
}
