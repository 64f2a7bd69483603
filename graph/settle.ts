// Claims -> entities and facts, for whatever is pending. Every step reads, computes and writes in one transaction that also clears its marks:
// stopped anywhere and called again, it ends in the same graph, which depends on the set of claims alone.
import type { CompiledOntology } from '../ontology/index.ts'
import type { Statement } from './claim.ts'
import type { FactId } from './fact.ts'
import { byCodeUnit, factId } from './identity.ts'
import { judge, judgedWith, scopeOf, type Unjudged } from './limits.ts'
import { addStatement, type FactKey, factOf, mergedFact, type Merging, mergingOf } from './merge.ts'
import { aim, judgements, type Ruled, ruledIn, rulingsOn } from './rulings.ts'
import { settleBlocks } from './settle-blocks.ts'
import { add, difference, marks, NONE, type Step } from './step.ts'
import type { Contender, FactRow, GraphStore, Pending, PendingKind, WriteCounts } from './store.ts'

export type SettleProgress = (progress: { readonly stage: PendingKind; readonly done: number }) => void

const LIMITS = { block: 1000, decision: 500, document: 200, fact: 1000, scope: 1, entity: 1000 } as const satisfies Record<PendingKind, number>

/** Derives what is pending in a collection; counts are of entities and facts. */
export function settle(store: GraphStore, ontology: CompiledOntology, collection: string, now: string, onProgress?: SettleProgress): Promise<WriteCounts> {
  return store.exclusively(() => derive(store, ontology, collection, now, onProgress))
}

async function derive(store: GraphStore, ontology: CompiledOntology, collection: string, now: string, onProgress?: SettleProgress): Promise<WriteCounts> {
  const ruled = await ruledIn(store, collection)
  const steps = {
    block: (items: readonly Pending[]) => settleBlocks(store, ontology, collection, items, ruled, now),
    decision: (items: readonly Pending[]) => settleDecisions(store, ontology, collection, items),
    document: (items: readonly Pending[]) => settleDocuments(store, ontology, collection, items, ruled),
    fact: (items: readonly Pending[]) => settleFacts(store, ontology, collection, items, ruled),
    scope: (items: readonly Pending[]) => settleScopes(store, ontology, collection, items, ruled, now),
    entity: (items: readonly Pending[]) => settleEntities(store, collection, items),
  } as const satisfies Record<PendingKind, (items: readonly Pending[]) => Promise<Step>>
  let total = NONE
  for (const kind of ['block', 'decision', 'document', 'fact', 'scope', 'entity'] as const) {
    let done = 0
    for (let items = await store.pending(collection, kind, LIMITS[kind]); items.length > 0; items = await store.pending(collection, kind, LIMITS[kind])) {
      const { change, counts, taken = items.length } = await steps[kind](items)
      await store.apply(collection, { ...change, clear: items.slice(0, taken) }, now)
      total = add(total, counts)
      done += taken
      onProgress?.({ stage: kind, done })
    }
  }
  return total
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
async function factsFor(store: GraphStore, ontology: CompiledOntology, collection: string, rows: readonly Pick<Statement, 'id' | 'head' | 'relation' | 'tail'>[], ruled: Ruled): Promise<(row: { readonly id: string }) => FactKey | undefined> {
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
  const merged = await mergeFacts(store, ontology, collection, ids, ruled)
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

/** Merges the facts from their evidence, a page of it in memory at a time. */
async function mergeFacts(store: GraphStore, ontology: CompiledOntology, collection: string, ids: readonly string[], ruled: Ruled): Promise<readonly Unjudged[]> {
  const merging = new Map<string, Merging>()
  for await (const rows of store.statements(collection, ids)) {
    const stands = await factsFor(store, ontology, collection, rows, ruled)
    for (const row of rows) {
      const key = stands(row)
      if (key === undefined || key.id !== row.fact) continue // its document is pending and will mark the fact again
      const found = merging.get(key.id) ?? mergingOf(key)
      merging.set(key.id, found)
      addStatement(found, row)
    }
  }
  return [...merging.values()].map(mergedFact)
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

async function settleScopes(store: GraphStore, ontology: CompiledOntology, collection: string, items: readonly Pending[], ruled: Ruled, now: string): Promise<Step> {
  let updated = 0
  for (const { key } of items) {
    const held: Contender[] = []
    for (const relation of judgedWith(ontology, key)) for (const fact of await store.contenders(collection, relation)) held.push(fact)
    const judged = judge(held.map(unjudged), ontology, await judgements(store, ontology, collection, held, ruled))
    const changed = judged.filter(({ status, reason }, index) => status !== held[index]?.status || reason !== held[index]?.reason).sort((a, b) => byCodeUnit(a.id, b.id))
    for (let from = 0; from < changed.length; from += LIMITS.fact) await restate(store, collection, changed.slice(from, from + LIMITS.fact), now)
    updated += changed.length
  }
  return { change: {}, counts: { ...NONE, updated } }
}

/** Writes what became of facts; the scope stays pending until all are written. */
async function restate(store: GraphStore, collection: string, judged: readonly Pick<FactRow, 'id' | 'status' | 'reason'>[], now: string): Promise<void> {
  const held = new Map((await store.facts(collection, { ids: judged.map(({ id }) => id) })).map((fact) => [fact.id, unjudged(fact)]))
  await store.apply(collection, { facts: judged.map(({ id, status, reason }): FactRow => ({ ...(held.get(id) as Unjudged), status, ...(reason === undefined ? {} : { reason }) })) }, now)
}

async function settleEntities(store: GraphStore, collection: string, items: readonly Pending[]): Promise<Step> {
  const orphans = await store.orphans(collection, items.map((item) => item.key))
  const held = await store.entities(collection, orphans)
  return { change: { removedEntities: held.map((row) => row.id) }, counts: { ...NONE, deleted: held.length } }
}

function unjudged<Fact extends Pick<FactRow, 'status' | 'reason'>>(fact: Fact): Omit<Fact, 'status' | 'reason'> {
  const { status: _status, reason: _reason, ...rest } = fact
  return rest
}
