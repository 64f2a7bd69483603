// Evidence -> fact, chains -> entity: sums over documents, always recomputed from what is there and never counted up.
import type { CompiledOntology } from '../ontology/index.ts'
import type { ChainRow, EvidenceRow } from './claim.ts'
import { mostFrequent } from './claims.ts'
import type { EntityId } from './entity.ts'
import type { FactId, LiteralEnd } from './fact.ts'
import { byCodeUnit, factId } from './identity.ts'
import type { EntityRow, FactRow } from './store.ts'
import { leafType, typeOrder } from './type-order.ts'

const MAX_SCORE = 0.9999
const EVIDENCE_IDS = 5

export interface FactKey {
  readonly id: FactId
  readonly head: EntityId
  readonly relation: string
  readonly tail: EntityId | LiteralEnd
}

/** The fact that a piece of evidence speaks for, in normal form: of a symmetric relation the smaller id is the head. */
export function factOf(collection: string, { head, relation, tail }: EvidenceRow, ontology: CompiledOntology): FactKey | undefined {
  return head === undefined || tail === undefined ? undefined : keyOfFact(collection, head, relation, tail, ontology)
}

/** A fact by its ends, in normal form. */
export function keyOfFact(collection: string, from: EntityId, relation: string, to: EntityId | LiteralEnd, ontology: CompiledOntology): FactKey {
  if (typeof to !== 'string') return { id: factId(collection, from, relation, [to.literal, to.value]), head: from, relation, tail: to }
  const swap = relationOf(ontology, relation)?.symmetric === true && from > to
  const [head, tail] = swap ? [to, from] : [from, to]
  return { id: factId(collection, head, relation, tail), head, relation, tail }
}

/** A relation of the ontology; undefined for one that only an earlier version had. */
export function relationOf(ontology: CompiledOntology, name: string): CompiledOntology['ontology']['relations'][string] | undefined {
  return Object.hasOwn(ontology.ontology.relations, name) ? ontology.ontology.relations[name] : undefined
}

/** Merges all evidence of one fact; documents count as independent, places in one document do not. */
export function mergeFact(key: FactKey, rows: readonly EvidenceRow[]): Omit<FactRow, 'status'> {
  const ranked = [...rows].sort((a, b) => b.tripleScore - a.tripleScore || b.score - a.score || byCodeUnit(a.id, b.id))
  const best = ranked[0]
  if (best === undefined) throw new Error('a fact has evidence')
  const documents = new Map<string, number>()
  for (const row of rows) documents.set(row.document, Math.max(documents.get(row.document) ?? 0, row.tripleScore))
  const literals = rows.flatMap((row) => (row.tail === undefined || typeof row.tail === 'string' ? [] : [row.tail.text]))
  return {
    id: key.id,
    head: key.head,
    relation: key.relation,
    tail: typeof key.tail === 'string' ? key.tail : { literal: key.tail.literal, value: key.tail.value, text: mostFrequent(literals) },
    score: noisyOr([...documents].sort(([a], [b]) => byCodeUnit(a, b)).map(([, score]) => score)),
    claimed: rows.some((row) => row.tripleStatus === 'accepted') ? 'accepted' : 'review',
    support: documents.size,
    evidence: ranked.slice(0, EVIDENCE_IDS).map((row) => row.id),
    ontology: best.ontology,
    model: best.model,
  }
}

/** Probability that at least one is right, were they independent; rounded to 1e-4, below 1. */
export function noisyOr(scores: readonly number[]): number {
  const missed = scores.reduce((product, score) => product * (1 - score), 1)
  return Math.min(MAX_SCORE, Math.round((1 - missed) * 1e4) / 1e4)
}

/** Merges all chains of one entity. */
export function mergeEntity(id: EntityId, chains: readonly ChainRow[], ontology: CompiledOntology): EntityRow {
  const name = mostFrequent(chains.map((chain) => chain.name))
  const aliases = new Set(chains.flatMap((chain) => [chain.name, ...chain.aliases]))
  aliases.delete(name)
  const masterIds = chains.flatMap((chain) => chain.masterId ?? [])
  return {
    id,
    name,
    type: leafType(chains, typeOrder(ontology)),
    aliases: [...aliases].sort(byCodeUnit),
    mentions: chains.reduce((sum, chain) => sum + chain.mentions, 0),
    ...(masterIds.length === 0 ? {} : { masterId: mostFrequent(masterIds) }),
    support: new Set(chains.map((chain) => chain.document)).size,
  }
}
