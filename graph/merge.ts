// Evidence -> fact, chains -> entity: sums over documents, always recomputed from what is there and never counted up.
import type { CompiledOntology } from '../ontology/index.ts'
import type { ChainGroup, Statement } from './claim.ts'
import { counted, mostCounted } from './claims.ts'
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
export function factOf(collection: string, { head, relation, tail }: Pick<Statement, 'head' | 'relation' | 'tail'>, ontology: CompiledOntology): FactKey | undefined {
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

/** A fact while its evidence is read: sums and the best few, however much evidence there is. */
export interface Merging {
  readonly key: FactKey
  best: readonly Statement[]
  claimed: FactRow['claimed']
  readonly texts: Map<string, number>
  documents: number
  /** Probability that all documents before the one at hand are wrong, were they independent. */
  missed: number
  document: string
  score: number
}

export function mergingOf(key: FactKey): Merging {
  return { key, best: [], claimed: 'review', texts: new Map(), documents: 0, missed: 1, document: '', score: 0 }
}

/** Adds a piece of evidence; they must come by document. Documents count as independent, places in one document do not. */
export function addStatement(merging: Merging, row: Statement): void {
  if (row.document !== merging.document) {
    if (merging.documents > 0) merging.missed *= 1 - merging.score
    merging.documents += 1
    merging.document = row.document
    merging.score = row.tripleScore
  } else if (row.tripleScore > merging.score) merging.score = row.tripleScore
  const last = merging.best[EVIDENCE_IDS - 1]
  if (last === undefined || better(row, last) < 0) merging.best = [...merging.best, row].sort(better).slice(0, EVIDENCE_IDS)
  if (row.tripleStatus === 'accepted') merging.claimed = 'accepted'
  if (typeof row.tail === 'object') merging.texts.set(row.tail.text, (merging.texts.get(row.tail.text) ?? 0) + 1)
}

/** The fact that the evidence makes. */
export function mergedFact({ key, best, claimed, texts, documents, missed, score }: Merging): Omit<FactRow, 'status'> {
  const first = best[0]
  if (first === undefined) throw new Error('a fact has evidence')
  return {
    id: key.id,
    head: key.head,
    relation: key.relation,
    tail: typeof key.tail === 'string' ? key.tail : { literal: key.tail.literal, value: key.tail.value, text: mostCounted(texts) },
    score: atLeastOne(missed * (1 - score)),
    claimed,
    support: documents,
    evidence: best.map((row) => row.id),
    ontology: first.ontology,
    model: first.model,
  }
}

function better(a: Statement, b: Statement): number {
  return b.tripleScore - a.tripleScore || b.score - a.score || byCodeUnit(a.id, b.id)
}

/** Probability that at least one is right; rounded to 1e-4, below 1. */
function atLeastOne(missed: number): number {
  return Math.min(MAX_SCORE, Math.round((1 - missed) * 1e4) / 1e4)
}

/** What is known of an entity's chains in documents: how many, and under which names. */
export interface Known {
  readonly documents: number
  readonly aliases: Iterable<string>
}

/** Merges all chains of one entity. */
export function mergeEntity(id: EntityId, groups: readonly ChainGroup[], { documents, aliases }: Known, ontology: CompiledOntology): EntityRow {
  const name = mostCounted(counted(groups, (group) => group.name))
  const names = new Set([...groups.map((group) => group.name), ...aliases])
  names.delete(name)
  const masterIds = counted(groups, (group) => group.masterId)
  return {
    id,
    name,
    type: leafType(groups, typeOrder(ontology)),
    aliases: [...names].sort(byCodeUnit),
    mentions: groups.reduce((sum, group) => sum + group.mentions, 0),
    ...(masterIds.length === 0 ? {} : { masterId: mostCounted(masterIds) }),
    support: documents,
  }
}
