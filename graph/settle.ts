// Claims -> entities and facts, for whatever is pending. Every step reads, computes and writes in one transaction that also clears its marks:
// stopped anywhere and called again, it ends in the same graph, which depends on the set of claims alone.
import type { CompiledOntology } from '../ontology/index.ts'
import { wholeBlocks } from './blocks.ts'
import type { ChainRow, EvidenceRow } from './claim.ts'
import { isFactDecision } from './decision.ts'
import type { FactId } from './fact.ts'
import { byCodeUnit, factId } from './identity.ts'
import { judge, judgedWith, scopeOf, type Unjudged } from './limits.ts'
import { type FactKey, factOf, mergeEntity, mergeFact } from './merge.ts'
import { resolve } from './resolve.ts'
import { aim, judgements, type Ruled, ruledIn, rulingsOn } from './rulings.ts'
import type { Change, EntityRow, FactRow, GraphStore, Pending, PendingKind, WriteCounts } from './store.ts'

export type SettleProgress = (progress: { readonly stage: PendingKind; readonly done: number }) => void

interface Step {
  readonly change: Change
  readonly counts: WriteCounts
}

const NONE: WriteCounts = { created: 0, updated: 0, deleted: 0 }
const LIMITS = { block: 1000, decision: 500, document: 200, fact: 1000, scope: 20, entity: 1000 } as const satisfies Record<PendingKind, number>

/** Derives what is pending in a collection; counts are of entities and facts. */
export function settle(store: GraphStore, ontology: CompiledOntology, collection: string, now: string, onProgress?: SettleProgress): Promise<WriteCounts> {
  return store.exclusively(() => derive(store, ontology, collection, now, onProgress))
}

async function derive(store: GraphStore, ontology: CompiledOntology, collection: string, now: string, onProgress?: SettleProgress): Promise<WriteCounts> {
  const ruled = await ruledIn(store, collection)
  const steps = {
    block: (items: readonly Pending[]) => settleBlocks(store, ontology, collection, items, ruled),
    decision: (items: readonly Pending[]) => settleDecisions(store, ontology, collection, items),
    document: (items: readonly Pending[]) => settleDocuments(store, ontology, collection, items, ruled),
    fact: (items: readonly Pending[]) => settleFacts(store, ontology, collection, items, ruled),
    scope: (items: readonly Pending[]) => settleScopes(store, ontology, collection, items, ruled),
    entity: (items: readonly Pending[]) => settleEntities(store, collection, items),
  } as const satisfies Record<PendingKind, (items: readonly Pending[]) => Promise<Step>>
  let total = NONE
  for (const kind of ['block', 'decision', 'document', 'fact', 'scope', 'entity'] as const) {
    let done = 0
    for (let items = await store.pending(collection, kind, LIMITS[kind]); items.length > 0; items = await store.pending(collection, kind, LIMITS[kind])) {
      const { change, counts } = await steps[kind](items)
      await store.apply(collection, { ...change, clear: items }, now)
      total = add(total, counts)
      done += items.length
      onProgress?.({ stage: kind, done })
    }
  }
  return total
}

async function settleBlocks(store: GraphStore, ontology: CompiledOntology, collection: string, items: readonly Pending[], ruled: Ruled): Promise<Step> {
  const { chains: claimed, decisions } = await wholeBlocks(store, collection, items.map((item) => item.key), ruled)
  const { assignments, merges, chains } = resolve(collection, claimed, ontology, decisions.map(({ decision }) => decision))
  const byId = new Map(chains.map((chain) => [chain.id, chain]))
  const ofEntity = new Map<string, ChainRow[]>()
  for (const { chain, unit, entity } of assignments) {
    for (const id of new Set([unit, entity])) push(ofEntity, id, byId.get(chain))
  }
  const merged = new Map(merges.map((merge) => [merge.from, merge]))
  const wanted = [...ofEntity].map(([id, rows]): EntityRow => {
    const row = mergeEntity(id as EntityRow['id'], rows, ontology)
    const merge = merged.get(row.id)
    return merge === undefined ? row : { ...row, into: merge.to, reason: merge.reason, score: merge.score }
  })
  const moved = assignments.filter(({ chain, unit, entity }) => byId.get(chain)?.unit !== unit || byId.get(chain)?.entity !== entity)
  const left = moved.flatMap(({ chain }) => [byId.get(chain)?.unit, byId.get(chain)?.entity]).filter((id) => id !== undefined && !ofEntity.has(id))
  const held = await store.entities(collection, wanted.map((row) => row.id))
  const { rows, counts } = difference(wanted, held)
  const facts = ruled.types ? await factsOfOtherType(store, collection, held, wanted, ofEntity) : []
  const aimed = decisions.filter(({ decision }) => isFactDecision(decision)).map(({ decision }) => decision.id)
  const documents = moved.filter(({ chain, entity }) => byId.get(chain)?.entity !== entity).map(({ chain }) => byId.get(chain)?.document)
  return { change: { entities: rows, chains: moved, mark: [...marks('decision', aimed), ...marks('document', documents), ...marks('fact', facts), ...marks('entity', left)] }, counts }
}

/** Facts of entities that people changed the type of, or no longer do: whether the ontology allows them has to be asked again. */
async function factsOfOtherType(store: GraphStore, collection: string, held: readonly EntityRow[], wanted: readonly EntityRow[], ofEntity: ReadonlyMap<string, readonly ChainRow[]>): Promise<readonly (string | undefined)[]> {
  const before = new Map(held.map(({ id, type }) => [id as string, type]))
  const changed = new Set(wanted.filter(({ id, type }) => (before.get(id) ?? type) !== type).map(({ id }) => id as string))
  const documents = [...changed].flatMap((id) => (ofEntity.get(id) ?? []).map(({ document }) => document))
  const rows = documents.length === 0 ? [] : await store.evidence(collection, { documents: [...new Set(documents)].sort(byCodeUnit) })
  return rows.filter(({ head, tail }) => changed.has(head ?? '') || (typeof tail === 'string' && changed.has(tail))).map(({ fact }) => fact)
}

async function settleDecisions(store: GraphStore, ontology: CompiledOntology, collection: string, items: readonly Pending[]): Promise<Step> {
  const { change, documents, facts } = await aim(store, ontology, collection, items.map((item) => item.key))
  return { change: { ...change, mark: [...marks('document', documents), ...marks('fact', facts)] }, counts: NONE }
}

async function settleDocuments(store: GraphStore, ontology: CompiledOntology, collection: string, items: readonly Pending[], ruled: Ruled): Promise<Step> {
  const rows = await store.evidence(collection, { documents: items.map((item) => item.key) })
  const stands = await factsFor(store, ontology, collection, rows, ruled)
  const evidence: { id: string; fact: FactId | null }[] = []
  const touched = new Set<string>()
  for (const row of rows) {
    const fact = stands(row)?.id
    if (fact !== row.fact) evidence.push({ id: row.id, fact: fact ?? null })
    for (const id of [row.fact, fact]) if (id !== undefined) touched.add(id)
  }
  return { change: { evidence, mark: marks('fact', [...touched]) }, counts: NONE }
}

/** The fact that each row stands for, after corrections by people. */
async function factsFor(store: GraphStore, ontology: CompiledOntology, collection: string, rows: readonly EvidenceRow[], ruled: Ruled): Promise<(row: EvidenceRow) => FactKey | undefined> {
  const keys = new Map(rows.map((row) => [row.id, factOf(collection, row, ontology)]))
  const rulings = await rulingsOn(store, ontology, collection, [...keys.values()].flatMap((key) => key?.id ?? []), ruled)
  return ({ id }) => {
    const key = keys.get(id)
    return key === undefined ? undefined : rulings.corrected(key)
  }
}

async function settleFacts(store: GraphStore, ontology: CompiledOntology, collection: string, items: readonly Pending[], ruled: Ruled): Promise<Step> {
  const ids = items.map((item) => item.key)
  const held = await store.facts(collection, { ids })
  const evidence = await store.evidence(collection, { facts: ids })
  const merged = mergeRows(evidence, await factsFor(store, ontology, collection, evidence, ruled))
  const alive = new Set<string>(merged.map((fact) => fact.id))
  const gone = held.filter((fact) => !alive.has(fact.id))
  const touched = [...merged, ...gone]
  const beside = await besides(store, ontology, collection, touched)
  const wide = (fact: { readonly relation: string }): boolean => scopeOf(ontology, fact.relation) === 'relation'
  const together = [...merged.filter((fact) => !wide(fact)), ...beside.map(unjudged)]
  const judged = judge(together, ontology, await judgements(store, ontology, collection, together, ruled))
  const before = new Map(held.map((fact) => [fact.id, fact]))
  const waiting = merged.filter(wide).map((fact): FactRow => ({ ...fact, ...standing(before.get(fact.id), fact) }))
  const { rows, counts } = difference([...judged, ...waiting], [...held, ...beside])
  const scopes = touched.filter(wide).map((fact) => judgedWith(ontology, fact.relation)[0])
  return {
    change: { facts: rows, removedFacts: gone.map((fact) => fact.id).sort(byCodeUnit), mark: marks('scope', scopes) },
    counts: { ...counts, deleted: gone.length },
  }
}

function mergeRows(rows: readonly EvidenceRow[], stands: (row: EvidenceRow) => FactKey | undefined): readonly Unjudged[] {
  const groups = new Map<string, { key: FactKey; rows: EvidenceRow[] }>()
  for (const row of rows) {
    const key = stands(row)
    if (key === undefined || key.id !== row.fact) continue // its document is pending and will mark the fact again
    const group = groups.get(key.id)
    if (group === undefined) groups.set(key.id, { key, rows: [row] })
    else group.rows.push(row)
  }
  return [...groups.values()].map((group) => mergeFact(group.key, group.rows))
}

/** A fact that waits for its whole relation to be judged keeps its earlier verdict; a new one is no edge before that. */
function standing(held: FactRow | undefined, fact: Unjudged): Pick<FactRow, 'status' | 'reason'> {
  if (held === undefined || held.claimed !== fact.claimed) return { status: 'review' }
  return held.reason === undefined ? { status: held.status } : { status: held.status, reason: held.reason }
}

/** The other facts that those touched have to be judged with, where that is not a whole relation. */
async function besides(store: GraphStore, ontology: CompiledOntology, collection: string, touched: readonly Unjudged[]): Promise<readonly FactRow[]> {
  const own = new Set(touched.map((fact) => fact.id))
  const found: FactRow[] = []
  const twins = touched.filter((fact) => scopeOf(ontology, fact.relation) === 'twin').flatMap((fact) => twinOf(collection, fact, ontology) ?? [])
  found.push(...(await store.facts(collection, { ids: [...new Set(twins)].sort(byCodeUnit) })))
  const limited = touched.filter((fact) => scopeOf(ontology, fact.relation) === 'head')
  for (const relation of [...new Set(limited.map((fact) => fact.relation))].sort(byCodeUnit)) {
    const heads = new Set(limited.filter((fact) => fact.relation === relation).map((fact) => fact.head))
    found.push(...(await store.facts(collection, { relation, heads: [...heads].sort(byCodeUnit) })))
  }
  return found.filter((fact) => !own.has(fact.id))
}

function twinOf(collection: string, fact: Unjudged, ontology: CompiledOntology): FactId | undefined {
  const inverse = judgedWith(ontology, fact.relation).find((name) => name !== fact.relation)
  return inverse === undefined || typeof fact.tail !== 'string' ? undefined : factId(collection, fact.tail, inverse, fact.head)
}

async function settleScopes(store: GraphStore, ontology: CompiledOntology, collection: string, items: readonly Pending[], ruled: Ruled): Promise<Step> {
  const facts: FactRow[] = []
  let counts = NONE
  for (const { key } of items) {
    const held: FactRow[] = []
    for (const relation of judgedWith(ontology, key)) held.push(...(await store.facts(collection, { relation })))
    const changed = difference(judge(held.map(unjudged), ontology, await judgements(store, ontology, collection, held, ruled)), held)
    facts.push(...changed.rows)
    counts = add(counts, changed.counts)
  }
  return { change: { facts: facts.sort((a, b) => byCodeUnit(a.id, b.id)) }, counts }
}

async function settleEntities(store: GraphStore, collection: string, items: readonly Pending[]): Promise<Step> {
  const orphans = await store.orphans(collection, items.map((item) => item.key))
  const held = await store.entities(collection, orphans)
  return { change: { removedEntities: held.map((row) => row.id) }, counts: { ...NONE, deleted: held.length } }
}

function unjudged(fact: FactRow): Unjudged {
  const { status: _status, reason: _reason, ...rest } = fact
  return rest
}

/** Rows that are not held as they should be, sorted by id. */
function difference<T extends { readonly id: string }>(wanted: readonly T[], held: readonly T[]): { rows: readonly T[]; counts: WriteCounts } {
  const before = new Map(held.map((row) => [row.id, canonical(row)]))
  const rows = wanted.filter((row) => before.get(row.id) !== canonical(row)).sort((a, b) => byCodeUnit(a.id, b.id))
  const created = rows.filter((row) => !before.has(row.id)).length
  return { rows, counts: { created, updated: rows.length - created, deleted: 0 } }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => byCodeUnit(a, b))) : part,
  )
}

function marks(kind: PendingKind, keys: readonly (string | undefined)[]): readonly { kind: PendingKind; key: string }[] {
  const distinct = new Set(keys.filter((key) => key !== undefined))
  return [...distinct].sort(byCodeUnit).map((key) => ({ kind, key }))
}

function push<T>(groups: Map<string, T[]>, key: string, item: T | undefined): void {
  if (item === undefined) return
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [item])
  else group.push(item)
}

function add(a: WriteCounts, b: WriteCounts): WriteCounts {
  return { created: a.created + b.created, updated: a.updated + b.updated, deleted: a.deleted + b.deleted }
}
