// Decisions about facts -> what they say of the facts at hand: which fact a statement stands for after corrections, and which facts hold or not.
// Decisions name their ends by reference; the facts that this means in the graph as it stands are found anew whenever a block of chains changed.
import type { CompiledOntology, LiteralKind } from '../ontology/index.ts'
import { blocksNamed } from './blocks.ts'
import type { ChainGroup } from './claim.ts'
import { type Decision, type DecisionRow, type FactDecision, isFactDecision, laterFirst } from './decision.ts'
import type { EntityId } from './entity.ts'
import type { FactId, LiteralEnd } from './fact.ts'
import { byCodeUnit } from './identity.ts'
import { type FactKey, keyOfFact, relationOf } from './merge.ts'
import { type EndReference, isLiteral, meantBy } from './reference.ts'
import type { Change, FactRow, GraphStore } from './store.ts'
import { type IsA, typeOrder } from './type-order.ts'

/** What people, or the ontology after people changed types, make of a fact; the later of two accepted facts that limit each other stays. */
export interface Ruling {
  readonly status: 'accepted' | 'rejected'
  readonly reason: string
  /** Later decisions compare greater. */
  readonly order: string
}

/** Is there anything to ask? Settling a graph without decisions costs nothing more. */
export interface Ruled {
  readonly any: boolean
  /** Somebody changed a type, so that the ends of facts have to be checked again. */
  readonly types: boolean
}

export async function ruledIn(store: GraphStore, collection: string): Promise<Ruled> {
  const any = (await store.decisions(collection, { page: { limit: 1 } })).length > 0
  return { any, types: any && (await store.decisions(collection, { page: { limit: 1 }, kind: 'retype' })).length > 0 }
}

/** Finds the facts that decisions are about now; marks those that they were about and are about, and the documents whose statements a correction moves. */
export async function aim(store: GraphStore, ontology: CompiledOntology, collection: string, ids: readonly string[]): Promise<{ readonly change: Change; readonly documents: readonly string[]; readonly facts: readonly string[] }> {
  const rows = (await store.decisions(collection, { ids })).filter(({ decision }) => isFactDecision(decision))
  const chains = await blocksNamed(store, collection, rows.map(({ decision }) => decision))
  const decisions: { id: string; fact?: FactId; into?: FactId }[] = []
  const touched = new Set<string>()
  for (const { decision, fact, into } of rows) {
    const now = targetsOf(collection, decision as FactDecision, chains, ontology)
    if (now.fact === fact && now.into === into) continue
    decisions.push({ id: decision.id, ...now })
    for (const id of [fact, into, now.fact, now.into]) if (id !== undefined) touched.add(id)
  }
  const related = await relatedTo(store, collection, [...touched])
  const moves = rows.some(({ decision }) => decision.kind === 'correct') || related.some(({ decision }) => decision.kind === 'correct')
  for (const { fact, into } of related) for (const id of [fact, into]) if (id !== undefined) touched.add(id)
  const documents = new Set<string>()
  if (moves) for await (const page of store.statements(collection, [...touched].sort(byCodeUnit))) for (const { document } of page) documents.add(document)
  return { change: { decisions }, documents: [...documents], facts: [...touched] }
}

function targetsOf(collection: string, decision: FactDecision, chains: readonly ChainGroup[], ontology: CompiledOntology): { readonly fact?: FactId; readonly into?: FactId } {
  const isA = typeOrder(ontology)
  const [head, tail] = [endOf(decision.head, chains, isA), endOf(decision.tail, chains, isA)]
  if (decision.undone !== undefined || head === undefined || typeof head !== 'string' || tail === undefined) return {}
  const key = keyOfFact(collection, head, decision.relation, tail, ontology)
  if (decision.kind !== 'correct') return { fact: key.id }
  const into = corrected(collection, key, decision, ontology)
  return into === undefined ? {} : { fact: key.id, into: into.id }
}

/** The entity that most of the chains meant belong to; of several the first by id. */
function endOf(end: EndReference, chains: readonly ChainGroup[], isA: IsA): EntityId | LiteralEnd | undefined {
  if (isLiteral(end)) return end
  const counts = new Map<EntityId, number>()
  for (const { entity, count } of meantBy(end, chains, isA)) if (entity !== undefined) counts.set(entity, (counts.get(entity) ?? 0) + count)
  return [...counts].sort(([a, m], [b, n]) => n - m || byCodeUnit(a, b))[0]?.[0]
}

/** The fact that a correction makes of another; nothing where the ontology no longer has the relation. */
function corrected(collection: string, { head, tail }: FactKey, { into }: Extract<Decision, { kind: 'correct' }>, ontology: CompiledOntology): FactKey | undefined {
  const relation = relationOf(ontology, into.relation)
  if (relation === undefined || (relation.literal === undefined) !== (typeof tail === 'string')) return undefined
  return into.turned && typeof tail === 'string' ? keyOfFact(collection, tail, into.relation, head, ontology) : keyOfFact(collection, head, into.relation, tail, ontology)
}

/** Decisions about these facts, and about those that corrections lead to or from. */
async function relatedTo(store: GraphStore, collection: string, facts: readonly string[]): Promise<readonly DecisionRow[]> {
  const found = new Map<string, DecisionRow>()
  const asked = new Set<string>()
  for (let next = [...new Set(facts)]; next.length > 0; ) {
    for (const id of next) asked.add(id)
    const rows = await store.decisions(collection, { facts: next.sort(byCodeUnit) })
    for (const row of rows) found.set(row.decision.id, row)
    next = [...new Set(rows.flatMap(({ fact, into }) => [fact, into]))].filter((id) => id !== undefined && !asked.has(id)) as string[]
  }
  return [...found.values()].filter(({ decision }) => decision.undone === undefined)
}

/** What decisions say of facts. */
export class Rulings {
  readonly #collection: string
  readonly #ontology: CompiledOntology
  /** The last word on a fact. */
  readonly #last = new Map<string, Decision>()
  readonly #corrections: readonly DecisionRow[]

  constructor(collection: string, ontology: CompiledOntology, rows: readonly DecisionRow[]) {
    this.#collection = collection
    this.#ontology = ontology
    for (const { decision, fact } of [...rows].sort((a, b) => laterFirst(b.decision, a.decision))) if (fact !== undefined) this.#last.set(fact, decision)
    this.#corrections = rows.filter(({ decision, fact }) => decision.kind === 'correct' && fact !== undefined && this.#last.get(fact) === decision)
  }

  /** The fact that a statement stands for; of corrections that follow each other each must be later than the one before. */
  corrected(key: FactKey): FactKey {
    let current = key
    let since = ''
    for (let next = this.#last.get(current.id); next?.kind === 'correct' && orderOf(next) > since; next = this.#last.get(current.id)) {
      const into = corrected(this.#collection, current, next, this.#ontology)
      if (into === undefined) break
      current = into
      since = orderOf(next)
    }
    return current
  }

  of(fact: FactId): Ruling | undefined {
    const into = this.#corrections.filter((row) => row.into === fact).map(({ decision }) => decision)
    const last = [this.#last.get(fact), ...into].filter((decision) => decision !== undefined).sort(laterFirst)[0]
    if (last === undefined || (last.kind === 'correct' && !into.includes(last))) return undefined
    return { status: last.kind === 'reject' ? 'rejected' : 'accepted', reason: 'decision', order: orderOf(last) }
  }
}

/** Decisions about these facts, ready to be asked. */
export async function rulingsOn(store: GraphStore, ontology: CompiledOntology, collection: string, facts: readonly string[], ruled: Ruled): Promise<Rulings> {
  return new Rulings(collection, ontology, ruled.any && facts.length > 0 ? await relatedTo(store, collection, facts) : [])
}

/** What to make of facts apart from their evidence and each other, by fact id. */
export async function judgements(store: GraphStore, ontology: CompiledOntology, collection: string, facts: readonly Pick<FactRow, 'id' | 'head' | 'relation' | 'tail'>[], ruled: Ruled): Promise<ReadonlyMap<string, Ruling>> {
  const found = new Map<string, Ruling>()
  if (!ruled.any) return found
  const rulings = await rulingsOn(store, ontology, collection, facts.map(({ id }) => id), ruled)
  for (const { id } of facts) {
    const ruling = rulings.of(id)
    if (ruling !== undefined) found.set(id, ruling)
  }
  const doubtful = ruled.types ? facts : facts.filter(({ id }) => found.get(id)?.status === 'accepted')
  const ends = [...new Set(doubtful.flatMap(({ head, tail }) => (typeof tail === 'string' ? [head, tail] : [head])))].sort(byCodeUnit)
  const types = new Map((await store.entities(collection, ends)).map(({ id, type }) => [id as string, type]))
  for (const { id, head, relation, tail } of doubtful) {
    const misfit = misfitOf(ontology, relation, types.get(head), typeof tail === 'string' ? types.get(tail) : tail)
    if (misfit !== undefined && found.get(id)?.status !== 'rejected') found.set(id, { status: 'rejected', reason: misfit, order: '' })
  }
  return found
}

/** Why the ontology does not allow these ends; what it does not know at all was claimed under an earlier one and is left to a new reading. */
function misfitOf(ontology: CompiledOntology, name: string, head: string | undefined, tail: string | LiteralEnd | undefined): 'domain' | 'range' | undefined {
  const relation = relationOf(ontology, name)
  const known = (type: string): boolean => Object.hasOwn(ontology.ontology.types, type)
  if (relation === undefined || head === undefined || tail === undefined || !known(head) || (typeof tail === 'string' && !known(tail))) return undefined
  const allowed = typeof tail === 'string' ? ontology.relationsBetween(head, tail) : ontology.literalRelations(head, tail.literal as LiteralKind)
  if (allowed.some((other) => other.name === name)) return undefined
  return (relation.symmetric ? [...relation.domain, ...relation.range] : relation.domain).some((type) => ontology.isA(head, type)) ? 'range' : 'domain'
}

function orderOf({ at, id }: Decision): string {
  return `${at} ${id}`
}
