// Decisions about facts -> teaching examples: the sentences that the decided facts rest on now, so that nothing is kept of a retracted document.
import type { RelationExample } from '../ontology/index.ts'
import type { EvidenceRow } from './claim.ts'
import { type Decision, type DecisionRow, isFactDecision, laterFirst } from './decision.ts'
import { exportDecisionRows } from './decisions.ts'
import { byCodeUnit } from './identity.ts'
import type { GraphStore } from './store.ts'

/** A wrong fact is wrong wherever it was seen; of a right one only the best place surely states it. */
const PLACES = { accept: 1, reject: 5, correct: 1 } as const

/** Examples for `teach` and `--examples` from the decisions in force; sorted, each once, and none that two decisions disagree on. */
export async function decisionExamples(store: GraphStore, collection: string): Promise<readonly RelationExample[]> {
  const last = new Map<string, DecisionRow>()
  for await (const row of exportDecisionRows(store, collection)) {
    const held = row.fact === undefined ? undefined : last.get(row.fact)
    if (row.fact !== undefined && row.decision.undone === undefined && (held === undefined || laterFirst(row.decision, held.decision) < 0)) last.set(row.fact, row)
  }
  const examples = new Map<string, RelationExample>()
  const disputed = new Set<string>()
  for (const row of last.values()) {
    for (const example of await examplesOf(store, collection, row)) {
      const key = JSON.stringify([example.relation, example.text, example.head, example.tail])
      const other = examples.get(key)
      if (other !== undefined && other.negative !== example.negative) disputed.add(key)
      examples.set(key, example)
    }
  }
  return [...examples].filter(([key]) => !disputed.has(key)).sort(([a], [b]) => byCodeUnit(a, b)).map(([, example]) => example)
}

async function examplesOf(store: GraphStore, collection: string, { decision, fact, into }: DecisionRow): Promise<readonly RelationExample[]> {
  if (!isFactDecision(decision)) return []
  const rows = await store.evidence(collection, { facts: [into ?? fact ?? ''] })
  const best = rows.filter(({ relation }) => relation === decision.relation).sort((a, b) => b.score - a.score || byCodeUnit(a.id, b.id)).slice(0, PLACES[decision.kind])
  return best.flatMap((row) => exampleOf(row, decision))
}

function exampleOf({ quote, start, headSpan, tailSpan, relation }: EvidenceRow, decision: Decision): readonly RelationExample[] {
  const [head, tail] = [headSpan, tailSpan].map((span): readonly [number, number] => [span.start - start, span.end - start])
  const fits = [[head, headSpan], [tail, tailSpan]].every(([range, span]) => quote.slice(...(range as [number, number])) === (span as EvidenceRow['headSpan']).text)
  if (head === undefined || tail === undefined || !fits) return [] // one end stands in another sentence
  const claimed: RelationExample = { relation, text: quote, head, tail, negative: decision.kind !== 'accept' }
  if (decision.kind !== 'correct') return [claimed]
  const [from, to] = decision.into.turned ? [tail, head] : [head, tail]
  return [claimed, { relation: decision.into.relation, text: quote, head: from, tail: to, negative: false }]
}
