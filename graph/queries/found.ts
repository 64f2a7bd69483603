// Readings -> one list of facts: each place gives its own in order, and they are joined without doubles.
import { byCodeUnit } from '../identity.ts'
import type { FactFilter, FactPlace, GraphLookup, Slice } from '../lookup.ts'
import type { FactSummary, FoundFact } from '../reader.ts'
import type { Reading } from './readings.ts'

/** The first facts of all places, by id; of one that two places give, the earlier reading stands. */
export async function factsAt(lookup: GraphLookup, collection: string, readings: readonly Reading[], filter: FactFilter, slice: Slice): Promise<readonly FoundFact[]> {
  const lists = await Promise.all(readings.map(async ({ place, direction }) => (await lookup.facts(collection, place, filter, slice)).map((fact): FoundFact => ({ ...fact, direction }))))
  return unique(lists.flat()).slice(0, slice.limit)
}

/** Sorted by id, the first of doubles kept. */
export function unique<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  const found = new Map<string, Item>()
  for (const item of items) if (!found.has(item.id)) found.set(item.id, item)
  return [...found.values()].sort((a, b) => byCodeUnit(a.id, b.id))
}

/** Whether a fact stands at a place: for the few facts of one document, which are looked up without it. */
export function standsAt(fact: FactSummary, { head, tail, value, relations }: FactPlace): boolean {
  if (head !== undefined && fact.head.id !== head) return false
  if (tail !== undefined && !('id' in fact.tail && fact.tail.id === tail)) return false
  if (value !== undefined && !('value' in fact.tail && fact.tail.value === value)) return false
  return relations === undefined || relations.includes(fact.relation)
}

/** Whether a fact passes a filter: what the stores decide by index or row, said once more for facts that are at hand. */
export function passes(fact: FactSummary, { statuses, minScore, types, since, until, entityTails }: FactFilter): boolean {
  const isOf = (end: FactSummary['head'] | FactSummary['tail']): boolean => types === undefined || ('type' in end && types.includes(end.type))
  return (
    statuses.includes(fact.status) && (minScore === undefined || fact.score >= minScore) && (isOf(fact.head) || isOf(fact.tail)) &&
    (since === undefined || fact.lastSeen >= since) && (until === undefined || fact.lastSeen < until) && !(entityTails === true && 'literal' in fact.tail)
  )
}
