// What people decide about the graph: each decision is recorded, and what depends on it is derived anew before the answer comes.
import { GraphloomError } from '../errors.ts'
import { type CompiledOntology, type LiteralKind, compileOntology, nearest } from '../ontology/index.ts'
import { type Decision, type DecisionDraft, type DecisionKind, type DecisionRow, type FactDecision, type Who, decisionKeys, decisionOf, isFactDecision, laterFirst, mergeDecisions, referencesOf, subjectOf } from './decision.ts'
import { byCodeUnit } from './identity.ts'
import { type EntityReference, referenceOf, within } from './reference.ts'
import { settle } from './settle.ts'
import type { FactRow, GraphStore, Mark, Page } from './store.ts'
import { inLine, typeOrder } from './type-order.ts'

/** A decision as people ask for it, by ids of the graph as it stands. */
export type DecisionRequest =
  | { readonly kind: 'accept' | 'reject'; readonly fact: string; readonly note?: string }
  | { readonly kind: 'correct'; readonly fact: string; readonly relation: string; readonly turned?: boolean; readonly note?: string }
  | { readonly kind: 'merge'; readonly entity: string; readonly other: string; readonly note?: string }
  /** From another entity or a name that was merged into it; or its mentions in some documents from all others. */
  | { readonly kind: 'split'; readonly entity: string; readonly other?: string; readonly documents?: readonly string[]; readonly note?: string }
  | { readonly kind: 'retype'; readonly entity: string; readonly type: string; readonly note?: string }

export interface Decisions {
  /** Records a decision and derives what depends on it; one that is in force already is handed back as it stands. */
  decide(collection: string, request: DecisionRequest, who: Who): Promise<Decision>
  /** Takes a decision back; the record stays, marked. */
  undo(collection: string, id: string, who: Who): Promise<Decision>
  /** A page by id, undone ones included. */
  page(collection: string, page: Page, kind?: DecisionKind): Promise<readonly Decision[]>
  /** Adds decisions of elsewhere; what is undone on either side is undone. */
  add(collection: string, decisions: readonly Decision[], now: string): Promise<{ readonly added: number; readonly changed: number; readonly unchanged: number }>
}

const BATCH = 500

/** Decisions about the graph in `store`, each collection under the ontology that it was last written with. */
export function openDecisions(store: GraphStore): Decisions {
  return {
    decide: (collection, request, who) => decide(store, collection, request, who),
    undo: (collection, id, who) => undo(store, collection, id, who),
    page: async (collection, page, kind) => (await store.decisions(collection, { page, ...(kind === undefined ? {} : { kind }) })).map(({ decision }) => decision),
    add: (collection, decisions, now) => addDecisions(store, collection, decisions, now),
  }
}

async function decide(store: GraphStore, collection: string, request: DecisionRequest, who: Who): Promise<Decision> {
  const ontology = await ontologyOf(store, collection)
  const draft = await draftOf(store, ontology, collection, request, who)
  const decision = decisionOf(draft)
  const standing = await inForce(store, collection, decision)
  if (standing !== undefined) return standing
  await put(store, collection, [{ decision }], ontology, who.at)
  return decision
}

async function undo(store: GraphStore, collection: string, id: string, { by, at }: Who): Promise<Decision> {
  const row = (await store.decisions(collection, { ids: [id] }))[0]
  if (row === undefined) throw new GraphloomError('usage.unknown-decision', `There is no decision ${id} in the collection "${collection}".`)
  if (row.decision.undone !== undefined) return row.decision
  const decision = { ...row.decision, undone: { by, at } }
  await put(store, collection, [{ ...row, decision }], await ontologyOf(store, collection), at)
  return decision
}

/** Writes decisions that the store does not hold so, and says how many of them were new, known otherwise, or known. */
export async function mergeIn(store: GraphStore, collection: string, decisions: readonly Decision[]): Promise<{ added: number; changed: number; unchanged: number }> {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  for (let from = 0; from < decisions.length; from += BATCH) {
    const batch = decisions.slice(from, from + BATCH)
    const held = new Map((await store.decisions(collection, { ids: batch.map(({ id }) => id) })).map((row) => [row.decision.id, row]))
    const rows: DecisionRow[] = []
    for (const decision of batch) {
      const before = held.get(decision.id)
      const merged = before === undefined ? decision : mergeDecisions(before.decision, decision)
      if (before === undefined) counts.added += 1
      else if (JSON.stringify(merged) === JSON.stringify(before.decision)) {
        counts.unchanged += 1
        continue
      } else counts.changed += 1
      rows.push({ ...before, decision: merged })
    }
    if (rows.length > 0) await store.exclusively(() => store.putDecisions(collection, rows, rows.flatMap(marksOf)))
  }
  return counts
}

async function addDecisions(store: GraphStore, collection: string, decisions: readonly Decision[], now: string): Promise<{ added: number; changed: number; unchanged: number }> {
  const ontology = await ontologyOf(store, collection)
  const distinct = new Map<string, Decision>()
  for (const decision of decisions) distinct.set(decision.id, mergeDecisions(distinct.get(decision.id) ?? decision, decision))
  const counts = await mergeIn(store, collection, [...distinct].sort(([a], [b]) => byCodeUnit(a, b)).map(([, decision]) => decision))
  await settle(store, ontology, collection, now)
  return counts
}

async function put(store: GraphStore, collection: string, rows: readonly DecisionRow[], ontology: CompiledOntology, now: string): Promise<void> {
  await store.exclusively(() => store.putDecisions(collection, rows, rows.flatMap(marksOf)))
  await settle(store, ontology, collection, now)
}

/** What a new or undone decision makes pending. */
function marksOf({ decision }: DecisionRow): readonly Mark[] {
  return isFactDecision(decision) ? [{ kind: 'decision', key: decision.id }] : decisionKeys(decision).map((key) => ({ kind: 'block', key }))
}

async function ontologyOf(store: GraphStore, collection: string): Promise<CompiledOntology> {
  const found = (await store.collections()).find(({ name }) => name === collection)
  if (found === undefined) throw new GraphloomError('usage.unknown-collection', `There is no collection "${collection}" in this graph.`)
  return compileOntology(found.ontology)
}

/** The same decision where nothing later speaks about the same ends. */
async function inForce(store: GraphStore, collection: string, decision: Decision): Promise<Decision | undefined> {
  const about = (other: Decision): string => JSON.stringify(isFactDecision(other) ? [other.head, other.relation, other.tail] : referencesOf(other))
  const beside = (await store.decisions(collection, { keys: decisionKeys(decision) })).map((row) => row.decision)
  const same = beside.filter((other) => other.undone === undefined && isFactDecision(other) === isFactDecision(decision) && about(other) === about(decision)).sort(laterFirst)[0]
  return same !== undefined && subjectOf(same) === subjectOf(decision) ? same : undefined
}

async function draftOf(store: GraphStore, ontology: CompiledOntology, collection: string, request: DecisionRequest, { by, at }: Who): Promise<DecisionDraft> {
  const time = new Date(at)
  if (Number.isNaN(time.getTime()) || by.trim() === '') throw new GraphloomError('usage.decision', `A decision needs who ("${by}") and when ("${at}", ISO 8601).`)
  const common = { collection, by, at: time.toISOString() }
  const note = request.note === undefined ? {} : { note: request.note }
  switch (request.kind) {
    case 'accept':
    case 'reject':
      return { kind: request.kind, ...common, ...(await endsOf(store, ontology, collection, await factOf(store, collection, request.fact))), ...note }
    case 'correct': {
      const fact = await factOf(store, collection, request.fact)
      const into = { relation: request.relation, turned: request.turned ?? false }
      await checkCorrection(store, ontology, collection, fact, into)
      return { kind: 'correct', ...common, ...(await endsOf(store, ontology, collection, fact)), into, ...note }
    }
    case 'merge':
    case 'split':
      return { kind: request.kind, ...common, ...(await pairOf(store, ontology, collection, request)), ...note }
    default: {
      if (!Object.hasOwn(ontology.ontology.types, request.type)) throw unknownName('type', request.type, Object.keys(ontology.ontology.types))
      return { kind: 'retype', ...common, entities: await unitsOf(store, ontology, collection, request.entity), type: request.type, ...note }
    }
  }
}

async function factOf(store: GraphStore, collection: string, id: string): Promise<FactRow> {
  const fact = (await store.facts(collection, { ids: [id] }))[0]
  if (fact === undefined) throw new GraphloomError('usage.unknown-fact', `There is no fact ${id} in the collection "${collection}".`)
  return fact
}

async function endsOf(store: GraphStore, ontology: CompiledOntology, collection: string, { head, relation, tail }: FactRow): Promise<Pick<FactDecision, 'head' | 'relation' | 'tail'>> {
  const from = await entityOf(store, ontology, collection, head)
  return { head: from, relation, tail: typeof tail === 'string' ? await entityOf(store, ontology, collection, tail) : { literal: tail.literal, value: tail.value, text: tail.text } }
}

/** References to the units that an entity consists of, itself first. */
async function unitsOf(store: GraphStore, ontology: CompiledOntology, collection: string, id: string): Promise<readonly EntityReference[]> {
  const chains = await store.members(collection, [id])
  const units = [...new Set(chains.map(({ unit }) => unit))].sort((a, b) => Number(b === id) - Number(a === id) || byCodeUnit(a ?? '', b ?? ''))
  if (!chains.some(({ unit }) => unit === id)) throw new GraphloomError('usage.unknown-entity', `There is no entity ${id} in the collection "${collection}".`)
  return units.map((unit) => referenceOf(chains.filter((chain) => chain.unit === unit), typeOrder(ontology)))
}

async function entityOf(store: GraphStore, ontology: CompiledOntology, collection: string, id: string): Promise<EntityReference> {
  return (await unitsOf(store, ontology, collection, id))[0] as EntityReference
}

async function pairOf(store: GraphStore, ontology: CompiledOntology, collection: string, request: Extract<DecisionRequest, { kind: 'merge' | 'split' }>): Promise<{ entity: EntityReference; other: EntityReference }> {
  const entity = await entityOf(store, ontology, collection, request.entity)
  const documents = request.kind === 'split' ? request.documents : undefined
  if ((request.other === undefined) === (documents === undefined || documents.length === 0)) {
    throw new GraphloomError('usage.decision', `To ${request.kind} an entity, give ${request.kind === 'split' ? 'either another entity or documents' : 'another entity'}.`)
  }
  if (request.other === undefined) {
    const known = new Set((await store.members(collection, [request.entity])).map(({ document }): string => document))
    const strange = documents?.find((id) => !known.has(id))
    if (strange !== undefined) throw new GraphloomError('usage.decision', `The document ${strange} does not mention ${entity.name}.`)
    return { entity: within(entity, documents ?? []), other: entity }
  }
  if (request.other === request.entity) throw new GraphloomError('usage.decision', `${request.entity} is given twice; expected two entities.`)
  const other = await entityOf(store, ontology, collection, request.other)
  const types = new Map((await store.entities(collection, [request.entity, request.other].sort(byCodeUnit))).map(({ id, type }) => [id as string, type]))
  const [left, right] = [types.get(request.entity) ?? entity.type, types.get(request.other) ?? other.type]
  if (request.kind === 'merge' && !inLine(left, right, typeOrder(ontology))) {
    throw new GraphloomError('usage.decision', `${entity.name} is a ${left} and ${other.name} a ${right}, and neither is a kind of the other: change the type of one first, then merge.`)
  }
  return { entity, other }
}

async function checkCorrection(store: GraphStore, ontology: CompiledOntology, collection: string, fact: FactRow, into: { readonly relation: string; readonly turned: boolean }): Promise<void> {
  const { relations } = ontology.ontology
  if (!Object.hasOwn(relations, into.relation)) throw unknownName('relation', into.relation, Object.keys(relations))
  if (into.relation === fact.relation && !into.turned) throw new GraphloomError('usage.decision', `The fact has the relation ${fact.relation} already; accept it instead.`)
  const literal = typeof fact.tail === 'string' ? undefined : fact.tail.literal
  const ends = typeof fact.tail === 'string' ? [fact.head, fact.tail] : [fact.head]
  const types = new Map((await store.entities(collection, [...ends].sort(byCodeUnit))).map(({ id, type }) => [id as string, type]))
  const [head = '', tail = ''] = into.turned ? [...ends].reverse().map((id) => types.get(id)) : ends.map((id) => types.get(id))
  const allowed = literal === undefined ? ontology.relationsBetween(head, tail) : into.turned ? [] : ontology.literalRelations(head, literal as LiteralKind)
  if (allowed.some(({ name }) => name === into.relation)) return
  throw new GraphloomError('usage.decision', `${into.relation} cannot hold between ${head} and ${literal ?? tail}; allowed: ${allowed.map(({ name }) => name).join(', ') || 'nothing'}.`)
}

function unknownName(what: string, given: string, known: readonly string[]): GraphloomError {
  const near = nearest(given, known)
  return new GraphloomError('usage.decision', `The ontology has no ${what} "${given}"${near === undefined ? '' : `; did you mean "${near}"?`}`)
}

/** All decisions of a collection, by id, undone ones included. */
export async function* exportDecisions(store: GraphStore, collection: string): AsyncIterable<Decision> {
  for await (const { decision } of exportDecisionRows(store, collection)) yield decision
}

/** The same, with the facts that they are about. */
export async function* exportDecisionRows(store: GraphStore, collection: string): AsyncIterable<DecisionRow> {
  for (let after = ''; ; ) {
    const page = await store.decisions(collection, { page: { after, limit: BATCH } })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < BATCH) return
    after = last.decision.id
  }
}
