// A graph under an old ontology -> the same under a new one: claims and decisions take the new names, and what the new ontology does not allow is left out, with the reason.
import { type CompiledOntology, type Renames, type ValidationTriple, migrateTriples } from '../ontology/index.ts'
import type { ChainClaim, DocumentClaims, EvidenceClaim } from './claim.ts'
import { familyOf, hashOf, keysOf } from './claims.ts'
import { type Decision, decisionOf } from './decision.ts'
import { exportDecisions, mergeIn } from './decisions.ts'
import { type EndReference, type EntityReference, isLiteral } from './reference.ts'
import { settle } from './settle.ts'
import type { GraphStore } from './store.ts'

const PAGE = 100

export interface GraphMigration {
  readonly documents: number
  /** Documents whose claims changed. */
  readonly changed: number
  /** Statements that the new ontology does not allow, by rule. */
  readonly dropped: Readonly<Record<string, number>>
  readonly decisions: number
}

export interface MigrationOptions {
  readonly now: string
  /** Counts and writes nothing. */
  readonly dryRun?: boolean
}

/** Brings a collection under `after`; run again after an interruption it goes on. Documents are read anew by the next ingest, since their stamp names the old ontology. */
export async function migrateGraph(store: GraphStore, collection: string, renames: Renames, after: CompiledOntology, { now, dryRun = false }: MigrationOptions): Promise<GraphMigration> {
  migrateTriples([], renames, after) // refuses names that the new ontology lacks before anything is written
  const dropped = new Map<string, number>()
  let documents = 0
  let changed = 0
  if (!dryRun) await store.prepare(after)
  for (let last = ''; ; ) {
    const page = await store.claims(collection, { after: last, limit: PAGE })
    const moved = page.map((claims) => migrateClaims(claims, renames, after, dropped)).filter((claims, index) => claims.hash !== page[index]?.hash)
    documents += page.length
    changed += moved.length
    if (!dryRun && moved.length > 0) await store.exclusively(() => store.replace(collection, moved.map(({ id }) => id), moved, now))
    last = page.at(-1)?.id ?? ''
    if (page.length < PAGE) break
  }
  const decisions = await migrateDecisions(store, collection, renames, after, now, dryRun)
  if (!dryRun) {
    await store.exclusively(() => store.saveOntology(collection, after.ontology))
    await settle(store, after, collection, now)
  }
  return { documents, changed, dropped: Object.fromEntries([...dropped].sort(([a], [b]) => (a < b ? -1 : 1))), decisions }
}

/** The claims of one document under the new names; `dropped` counts statements left out, by rule. */
export function migrateClaims(claims: DocumentClaims, renames: Renames, after: CompiledOntology, dropped: Map<string, number>): DocumentClaims {
  const chains = claims.chains.map((chain) => migrateChain(chain, claims.id, renames, after))
  const types = new Map(claims.chains.map(({ index, type }) => [index, type]))
  const triples = claims.evidence.map((claim) => tripleOf(claim, types))
  const kept = new Map<number, string>()
  const result = migrateTriples(triples, renames, after)
  for (const { index, triple } of result.kept) kept.set(index, triple.relation)
  for (const { rule } of result.dropped) dropped.set(rule, (dropped.get(rule) ?? 0) + 1)
  const evidence = claims.evidence.flatMap((claim, index): EvidenceClaim[] => (kept.has(index) ? [{ ...claim, relation: kept.get(index) as string }] : []))
  const used = new Set(evidence.flatMap(({ head, tail }) => (typeof tail === 'number' ? [head, tail] : [head])))
  const known = chains.filter(({ index, type, traits }) => Object.hasOwn(after.ontology.types, type) && (traits.local !== 'unnamed' || used.has(index)))
  const sentences = new Set(evidence.map(({ sentence }) => sentence))
  const passages = claims.passages.filter(({ sentence }) => sentences.has(sentence))
  const { hash: _hash, ...content } = { ...claims, ontology: after.stamp, passages, chains: known, evidence }
  return { ...content, hash: hashOf(content) }
}

function migrateChain(chain: ChainClaim, document: string, renames: Renames, after: CompiledOntology): ChainClaim {
  const type = renamed(chain.type, renames.types)
  const traits = { ...chain.traits, family: familyOf(type, after) }
  return { ...chain, type, traits, keys: keysOf(chain, traits, document) }
}

/** One place of a statement; other places of the same statement are the same triple, which validation lets stand. */
function tripleOf({ head, relation, tail, tripleScore }: EvidenceClaim, types: ReadonlyMap<number, string>): ValidationTriple {
  const end = typeof tail === 'number' ? { key: String(tail), type: types.get(tail) ?? '' } : { key: JSON.stringify([tail.literal, tail.value]), literal: tail.literal as NonNullable<ValidationTriple['tail']['literal']> }
  return { head: { key: String(head), type: types.get(head) ?? '' }, relation, tail: end, score: tripleScore }
}

/** Decisions take the new names as new records; the old ones are marked as undone, which keeps them from being applied and from being lost. */
async function migrateDecisions(store: GraphStore, collection: string, renames: Renames, after: CompiledOntology, now: string, dryRun: boolean): Promise<number> {
  const moved: Decision[] = []
  for await (const decision of exportDecisions(store, collection)) {
    const next = migrateDecision(decision, renames, after)
    if (next.id !== decision.id && decision.undone === undefined) moved.push(next, { ...decision, undone: { by: `migration to ${after.stamp}`, at: now } })
  }
  if (!dryRun) await mergeIn(store, collection, moved)
  return moved.length / 2
}

function migrateDecision(decision: Decision, renames: Renames, after: CompiledOntology): Decision {
  const entity = (reference: EntityReference): EntityReference => {
    const type = renamed(reference.type, renames.types)
    return { ...reference, type, family: familyOf(type, after) }
  }
  const end = (reference: EndReference): EndReference => (isLiteral(reference) ? reference : entity(reference))
  const { id: _id, ...draft } = decision
  switch (draft.kind) {
    case 'retype':
      return decisionOf({ ...draft, entities: draft.entities.map(entity), type: renamed(draft.type, renames.types) })
    case 'merge':
    case 'split':
      return decisionOf({ ...draft, entity: entity(draft.entity), other: entity(draft.other) })
    default: {
      const fact = { head: entity(draft.head), relation: renamed(draft.relation, renames.relations), tail: end(draft.tail) }
      return draft.kind === 'correct' ? decisionOf({ ...draft, ...fact, into: { ...draft.into, relation: renamed(draft.into.relation, renames.relations) } }) : decisionOf({ ...draft, ...fact })
    }
  }
}

function renamed(name: string, names: Readonly<Record<string, string>> = {}): string {
  return Object.hasOwn(names, name) ? (names[name] as string) : name
}
