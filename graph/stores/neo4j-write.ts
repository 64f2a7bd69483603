// What the Neo4j store writes, inside one managed transaction: nodes before relationships, rows in sorted order, one statement per label set or relation.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { DocumentClaims } from '../claim.ts'
import { WRITE } from '../cypher.ts'
import type { LiteralEnd } from '../fact.ts'
import { byCodeUnit, digest, literalId } from '../identity.ts'
import type { Change, EntityRow, FactRow, Moves } from '../store.ts'
import { aimDecisions } from './neo4j-decisions.ts'
import { claimRows, entityProperties, factOf, factProperties, type Properties } from './neo4j-rows.ts'

/** Runs one statement in the transaction; a list of rows, ids or keys that is long goes in parts, an empty one not at all. */
export type Run = (text: string, parameters: Readonly<Record<string, unknown>>) => Promise<readonly { readonly [column: string]: unknown }[]>

/** Chains that one transaction moves: few enough for the server's memory. */
const MOVED_AT_ONCE = 10_000
/** Properties of an entity that a relation's value must not overwrite. */
const OWN_PROPERTIES: ReadonlySet<string> = new Set(['id', 'name', 'type', 'aliases', 'masterId', 'mentions', 'support', 'collection', 'mergedInto', 'reason', 'score', 'firstSeen', 'terms'])

export async function replace(run: Run, collection: string, removed: readonly string[], added: readonly DocumentClaims[], now: string): Promise<void> {
  const marks = new Map<string, { kind: string; key: string }>()
  const mark = (kind: string, key: string): unknown => marks.set(`${kind} ${key}`, { kind, key })
  const left: string[] = []
  for (const row of removed.length === 0 ? [] : await run(WRITE.dependents, { collection, ids: removed })) {
    if (row['kind'] === 'profile') left.push(row['key'] as string)
    else mark(row['kind'] as string, row['key'] as string)
  }
  for (const label of ['Evidence', 'Passage', 'Chain']) await run(WRITE.remove(label), { collection, ids: removed })
  await run(WRITE.removeDocuments, { collection, ids: removed })
  const rows = claimRows(added, now)
  for (const document of added) for (const chain of document.chains) for (const key of chain.keys) mark('block', key)
  await run(WRITE.documents, { rows: rows.documents })
  await run(WRITE.chains, { rows: rows.chains })
  const held = new Set((await run(WRITE.heldProfiles, { ids: rows.profiles.map(({ id }) => id) })).map((row) => row['id']))
  await run(WRITE.profiles, { rows: rows.profiles.filter(({ id }) => !held.has(id)) })
  await run(WRITE.keys, { rows: rows.keys.filter(({ profile }) => !held.has(profile)) })
  await run(WRITE.passages, { rows: rows.passages })
  await run(WRITE.evidence, { rows: rows.evidence })
  await putMarks(run, collection, [...marks.values()])
  await run(WRITE.forget, { ids: left })
}

/** Everything but moves, and what is cleared when they are done. */
export async function apply(run: Run, collection: string, change: Change, ontology: CompiledOntology, now: string): Promise<void> {
  await putEntities(run, collection, change.entities ?? [], ontology, now)
  await run(WRITE.support, { rows: change.evidence ?? [] })
  await removeFacts(run, collection, change.removedFacts ?? [], ontology)
  await putFacts(run, collection, change.facts ?? [], ontology, now)
  await run(WRITE.removeEntities, { collection, ids: change.removedEntities ?? [] })
  await aimDecisions(run, change.decisions ?? [])
  await putMarks(run, collection, change.mark ?? [])
}

/** Moves chains, with the marks of their documents, up to a limit; gives whether none is left. */
export async function move(run: Run, collection: string, { rows, apart }: Moves): Promise<boolean> {
  const moved = await run(WRITE.moveProfiles, { rows: rows.filter((row) => 'profile' in row), apart, limit: MOVED_AT_ONCE })
  const single = await run(WRITE.moveChains, { rows: rows.filter((row) => 'chain' in row) })
  const documents = new Set([...moved, ...single].filter((row) => row['moved'] === true).map((row) => row['document'] as string))
  await putMarks(run, collection, [...documents].sort(byCodeUnit).map((key) => ({ kind: 'document', key })))
  return moved.length < MOVED_AT_ONCE
}

export async function clear(run: Run, collection: string, pending: NonNullable<Change['clear']>): Promise<void> {
  await run(WRITE.clear, { rows: pending.map(({ kind, key, version }) => ({ id: pendingId(collection, kind, key), version })) })
}

/** The ontology as nodes, to be browsed; their ids hold the collection, since each has its own version. */
export async function putOntology(run: Run, collection: string, { ontology, hash }: CompiledOntology): Promise<void> {
  const id = (name: string): string => `onto:${digest(collection, name)}`
  const types = Object.values(ontology.types).sort((a, b) => byCodeUnit(a.name, b.name))
  const relations = Object.values(ontology.relations).sort((a, b) => byCodeUnit(a.name, b.name))
  const version = { collection, ontology: `${ontology.name}@${ontology.version}` }
  await run(WRITE.collection, { name: collection, ontology: JSON.stringify(ontology), hash })
  await run(WRITE.outdated('OntologyType'), { collection, current: types.map(({ name }) => id(name)) })
  await run(WRITE.outdated('OntologyRelation'), { collection, current: relations.map(({ name }) => id(`>${name}`)) })
  await run(WRITE.types, { rows: types.map(({ name, description }) => ({ id: id(name), props: { ...version, name, description } })) })
  await run(WRITE.parents, { rows: types.map(({ name, parents }) => ({ id: id(name), parents: parents.map(id) })) })
  await run(WRITE.relations, {
    rows: relations.map(({ name, label, description, literal, functional, symmetric }) => ({
      id: id(`>${name}`), props: { ...version, name, label, description, literal: literal ?? null, functional, symmetric },
    })),
  })
  await run(WRITE.ends, { rows: relations.map(({ name, domain, range, literal }) => ({ id: id(`>${name}`), domain: domain.map(id), range: literal === undefined ? range.map(id) : [] })) })
}

async function putEntities(run: Run, collection: string, entities: readonly EntityRow[], ontology: CompiledOntology, now: string): Promise<void> {
  for (const [key, rows] of groups(entities, (row) => (row.into === undefined ? row.type : ''))) {
    const known = Object.hasOwn(ontology.ontology.types, key)
    const labels = ['Entity', ...(key === '' ? ['GraphloomMerged'] : known ? [...ontology.ancestors(key)].sort(byCodeUnit) : [])]
    await run(WRITE.entities(labels), { now, labels, rows: rows.map((row) => ({ id: row.id, props: entityProperties(collection, row) })) })
  }
  await run(WRITE.unmerge, { ids: entities.map((row) => row.id) })
  await run(WRITE.merge, { rows: entities.filter((row) => row.into !== undefined).map(({ id, into, reason, score }) => ({ id, into, reason, score, by: reason === 'decision' ? 'decision' : 'resolve' })) })
}

async function putFacts(run: Run, collection: string, facts: readonly FactRow[], ontology: CompiledOntology, now: string): Promise<void> {
  const accepted = facts.filter((fact) => fact.status === 'accepted')
  const others = facts.filter((fact) => fact.status !== 'accepted')
  await hide(run, collection, others, ontology)
  // What was rejected is kept, to be counted and explained, and waits for nobody.
  for (const status of ['accepted', 'rejected', 'review'] as const) {
    const rows = facts.filter((fact) => fact.status === status)
    await run(WRITE.facts(status === 'review'), { now, rows: rows.map((row) => ({ id: row.id, props: factProperties(collection, row) })) })
  }
  await show(run, collection, accepted, ontology, now)
}

async function removeFacts(run: Run, collection: string, ids: readonly string[], ontology: CompiledOntology): Promise<void> {
  const held = ids.length === 0 ? [] : (await run(WRITE.heldFacts, { ids, collection })).map((row) => factOf(row['f'] as Properties))
  await hide(run, collection, held, ontology)
  await run(WRITE.removeFacts, { ids: held.map((fact) => fact.id) })
}

/** Accepted facts as people browse them: an edge, or a property where the relation has one literal at most. */
async function show(run: Run, collection: string, facts: readonly FactRow[], ontology: CompiledOntology, now: string): Promise<void> {
  const literals = new Map<string, { id: string; props: Record<string, string> }>()
  for (const { tail } of facts) if (typeof tail !== 'string') literals.set(literalId(collection, tail), { id: literalId(collection, tail), props: { collection, name: tail.text, kind: tail.literal, value: tail.value } })
  const nodes = facts.filter((fact) => typeof fact.tail !== 'string' && !isProperty(fact, ontology)).map((fact) => literalId(collection, fact.tail as LiteralEnd))
  await run(WRITE.literals, { rows: [...new Set(nodes)].sort(byCodeUnit).flatMap((id) => literals.get(id) ?? []) })
  for (const [relation, rows] of groups(facts, (fact) => fact.relation)) {
    const edges = rows.filter((fact) => !isProperty(fact, ontology)).map((fact) => edgeOf(collection, fact))
    await run(WRITE.edges(relation), { now, rows: edges.filter((edge) => edge.tail.startsWith('ent:')) })
    await run(WRITE.literalEdges(relation), { now, rows: edges.filter((edge) => !edge.tail.startsWith('ent:')) })
    await run(WRITE.property(relation), { rows: rows.filter((fact) => isProperty(fact, ontology)).map(valueOf) })
  }
}

/** Takes facts that are no longer accepted out of what people browse. */
async function hide(run: Run, collection: string, facts: readonly FactRow[], ontology: CompiledOntology): Promise<void> {
  for (const [relation, rows] of groups(facts, (fact) => fact.relation)) {
    await run(WRITE.removeEdges(relation), { ids: rows.map((fact) => fact.id) })
    await run(WRITE.removeProperty(relation), { rows: rows.filter((fact) => typeof fact.tail !== 'string' && !OWN_PROPERTIES.has(relation)).map(valueOf) })
  }
  const literals = facts.flatMap((fact) => (typeof fact.tail === 'string' || isProperty(fact, ontology) ? [] : [literalId(collection, fact.tail)]))
  await run(WRITE.removeLiterals, { ids: [...new Set(literals)].sort(byCodeUnit) })
}

function isProperty(fact: FactRow, ontology: CompiledOntology): boolean {
  const relations = ontology.ontology.relations
  return typeof fact.tail !== 'string' && Object.hasOwn(relations, fact.relation) && relations[fact.relation]?.functional === true && !OWN_PROPERTIES.has(fact.relation)
}

function edgeOf(collection: string, fact: FactRow) {
  const { id, head, tail, score, support, status, evidence, ontology, model } = fact
  return { id, head, tail: typeof tail === 'string' ? tail : literalId(collection, tail), props: { score, support, status, evidence, ontology, model, collection } }
}

function valueOf({ head, tail }: FactRow): { head: string; value: string } {
  return { head, value: typeof tail === 'string' ? tail : tail.value }
}

export async function putMarks(run: Run, collection: string, marks: readonly { readonly kind: string; readonly key: string }[]): Promise<void> {
  const rows = marks.map(({ kind, key }) => ({ id: pendingId(collection, kind, key), kind, key })).sort((a, b) => byCodeUnit(a.id, b.id))
  await run(WRITE.mark, { collection, rows })
}

function pendingId(collection: string, kind: string, key: string): string {
  return `pending:${digest(collection, kind, key)}`
}

function groups<T>(items: readonly T[], key: (item: T) => string): readonly (readonly [string, readonly T[]])[] {
  const found = new Map<string, T[]>()
  for (const item of items) {
    const group = found.get(key(item))
    if (group === undefined) found.set(key(item), [item])
    else group.push(item)
  }
  return [...found].sort(([a], [b]) => byCodeUnit(a, b))
}
