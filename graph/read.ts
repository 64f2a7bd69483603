// Store -> export: facts with their evidence, entities with their documents, sorted by id, a page in memory at a time.
import type { EvidenceRow } from './claim.ts'
import type { Entity } from './entity.ts'
import type { Evidence, Fact, FactStatus, MentionSpan } from './fact.ts'
import { byCodeUnit } from './identity.ts'
import type { GraphStore, Statistics, StoredFact } from './store.ts'

const PAGE = 500

/** What an export holds unless told: rejected facts stay in the store, for review. */
export const EXPORTED_STATUSES = ['accepted', 'review'] as const satisfies readonly FactStatus[]

export interface FactFilter {
  readonly collection?: string
  readonly statuses?: readonly FactStatus[]
}

/** A line of the entity export; keys stand in its order. */
export type ExportedEntity = Omit<Entity, 'collection'>

/** Facts as exported, sorted by id. */
export async function* exportFacts(store: GraphStore, filter: FactFilter = {}): AsyncIterable<Fact> {
  const statuses = filter.statuses ?? EXPORTED_STATUSES
  let after: string | undefined
  for (;;) {
    const page = await store.pageFacts(filter.collection, statuses, { limit: PAGE, ...(after === undefined ? {} : { after }) })
    const evidence = new Map<string, EvidenceRow[]>()
    for (const collection of [...new Set(page.map((item) => item.collection))].sort(byCodeUnit)) {
      const facts = page.filter((item) => item.collection === collection).map((item) => item.fact.id)
      for (const row of await store.evidence(collection, { facts })) if (row.fact !== undefined) evidence.set(row.fact, [...(evidence.get(row.fact) ?? []), row])
    }
    for (const item of page) yield factOfRows(item, evidence.get(item.fact.id) ?? [])
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.fact.id
  }
}

/** Entities as exported, sorted by id. */
export async function* exportEntities(store: GraphStore, filter: { readonly collection?: string } = {}): AsyncIterable<ExportedEntity> {
  let after: string | undefined
  for (;;) {
    const page = await store.pageEntities(filter.collection, { limit: PAGE, ...(after === undefined ? {} : { after }) })
    for (const { id, name, type, aliases, documents, mentions, masterId } of page) {
      yield { id, name, type, aliases, documents, mentions, ...(masterId === undefined ? {} : { masterId }) }
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.id
  }
}

/** Counts of everything, of one collection or all. */
export async function statistics(store: GraphStore, collection?: string): Promise<Statistics> {
  return store.statistics(collection)
}

/** A stored fact with its evidence, in the order of the export. */
export function factOfRows({ fact, head, tail }: StoredFact, rows: readonly EvidenceRow[]): Fact {
  return {
    id: fact.id,
    head: { id: fact.head, name: head.name, type: head.type },
    relation: fact.relation,
    tail: typeof fact.tail === 'string' ? { id: fact.tail, name: tail?.name ?? '', type: tail?.type ?? '' } : { literal: fact.tail.literal, value: fact.tail.value, text: fact.tail.text },
    score: fact.score,
    status: fact.status,
    support: fact.support,
    evidence: [...rows].sort(byPlace).map((row) => factEvidence(row, fact.head)),
    ontology: fact.ontology,
    model: fact.model,
  }
}

/** Evidence of each of these facts, as exported. */
export async function evidenceOfFacts(store: GraphStore, collection: string, facts: readonly { readonly id: string; readonly head: { readonly id: string } }[]): Promise<ReadonlyMap<string, readonly Evidence[]>> {
  const rows = new Map<string, EvidenceRow[]>(facts.map(({ id }) => [id, []]))
  for (const row of await store.evidence(collection, { facts: [...rows.keys()] })) rows.get(row.fact ?? '')?.push(row)
  return new Map(facts.map(({ id, head }) => [id, (rows.get(id) ?? []).sort(byPlace).map((row) => factEvidence(row, head.id))]))
}

/** Evidence in the shape of the export, for a fact with this head. */
export function factEvidence(row: EvidenceRow, head: string): Evidence {
  return evidenceOf(row, typeof row.tail === 'string' && row.head !== head)
}

/** `turned`: stated the other way round, of a symmetric relation. */
function evidenceOf(row: EvidenceRow, turned: boolean): Evidence {
  const [head, tail] = turned ? [row.tailSpan, row.headSpan] : [row.headSpan, row.tailSpan]
  return {
    document: row.document,
    uri: row.uri,
    ...(row.record === undefined ? {} : { record: row.record }),
    ...(row.page === undefined ? {} : { page: row.page }),
    ...(row.section === undefined ? {} : { section: row.section }),
    sentence: row.sentence,
    start: row.start,
    end: row.end,
    quote: row.quote,
    head: span(head),
    tail: span(tail),
    score: row.score,
  }
}

function span({ start, end, text }: MentionSpan): MentionSpan {
  return { start, end, text }
}

function byPlace(a: EvidenceRow, b: EvidenceRow): number {
  return byCodeUnit(a.document, b.document) || a.start - b.start || a.headSpan.start - b.headSpan.start || a.tailSpan.start - b.tailSpan.start || a.index - b.index
}
