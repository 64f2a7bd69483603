// Nodes of Neo4j <-> records of the graph. Properties are flat: what is nested is kept as JSON.
import { type ChainClaim, type ChainRow, type DocumentClaims, type EvidenceClaim, type EvidenceRow, type Passage, type Profile, type Statement, type Tally, passageId } from '../claim.ts'
import type { Entity } from '../entity.ts'
import type { LiteralEnd } from '../fact.ts'
import { digest } from '../identity.ts'
import { profileOf } from '../profile.ts'
import type { Contender, EntityRow, FactRow } from '../store.ts'
import { nameForms } from '../terms.ts'

/** Properties of a node; each fits whatever the record beside it wants, as this file is what wrote it. */
export type Properties = Readonly<Record<Property, never>>

type Property =
  | 'aliases' | 'chain' | 'claimed' | 'collection' | 'count' | 'document' | 'end' | 'entity' | 'evidence' | 'factId' | 'firstSeen' | 'hash' | 'head' | 'headChain' | 'headEnd' | 'headStart' | 'headText' | 'id'
  | 'keys' | 'language' | 'lastSeen' | 'literal' | 'masterId' | 'mentions' | 'mergedInto' | 'model' | 'name' | 'ontology' | 'page' | 'place' | 'position' | 'profile' | 'quote' | 'reason' | 'record' | 'relation' | 'score'
  | 'section' | 'seen' | 'sentence' | 'sha256' | 'stamp' | 'start' | 'status' | 'support' | 'tail' | 'tailChain' | 'tailEnd' | 'tailStart' | 'tailText' | 'text' | 'title' | 'traits'
  | 'tripleScore' | 'tripleStatus' | 'type' | 'unit' | 'uri' | 'value'

const NAME_LENGTH = 60

export function optional<K extends string, V>(key: K, value: V | null | undefined): { readonly [P in K]?: V } {
  return (value === null || value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
}

/** Where a chain stands among those it is compared with. */
export function blockOf(collection: string, key: string): string {
  return `${digest(collection)}/${key}`
}

/** Claims of documents as rows for CREATE, one list a label. */
export function claimRows(documents: readonly DocumentClaims[], now: string) {
  return {
    documents: documents.map(({ passages: _passages, chains: _chains, evidence: _evidence, ...document }) => ({ ...document, name: document.title === '' ? document.uri : document.title, seen: now })),
    passages: documents.flatMap((document) =>
      document.passages.map((passage) => ({
        id: passageId(document.id, passage.sentence), name: passageName(document, passage),
        collection: document.collection, document: document.id, ...passage,
      })),
    ),
    chains: documents.flatMap((document) =>
      document.chains.map(({ index, traits, keys, ...chain }) => ({
        id: `${document.id}#${index}`, collection: document.collection, document: document.id, position: index, ...chain, keys, traits: JSON.stringify(traits),
        profile: profileOf(document.collection, { ...chain, keys, traits }).id,
      })),
    ),
    ...profileRows(documents.flatMap((document) => document.chains.map((chain) => [document.collection, chain] as const))),
    evidence: documents.flatMap((document) => document.evidence.map((place) => evidenceRow(document, place))),
  }
}

/** Profiles of chains, and the blocks that they stand in. */
export function profileRows(chains: readonly (readonly [collection: string, chain: ChainClaim])[]) {
  const profiles = new Map(chains.map(([collection, chain]) => {
    const profile = profileOf(collection, chain)
    return [profile.id, { collection, ...profile, traits: JSON.stringify(profile.traits) }] as const
  }))
  return {
    profiles: [...profiles.values()],
    keys: [...profiles.values()].flatMap(({ id, collection, name, keys }) => keys.map((key) => ({ block: blockOf(collection, key), profile: id, collection, name }))),
  }
}

/** Where it stands, as a person would say it: "Annual report, p. 3, History". */
function passageName({ title, uri }: DocumentClaims, { page, section }: DocumentClaims['passages'][number]): string {
  const document = title === '' ? uri : title
  return [document, page === undefined ? '' : `p. ${page}`, section === document ? '' : (section ?? '')].filter((part) => part !== '').join(', ')
}

function evidenceRow(document: DocumentClaims, place: EvidenceClaim) {
  const passage = document.passages.find((candidate) => candidate.sentence === place.sentence)
  const { index, head, tail, headSpan, tailSpan, ...own } = place
  return {
    ...own,
    id: `${document.id}#${index}`, name: place.quote.slice(0, NAME_LENGTH), collection: document.collection, document: document.id, position: index, passage: passageId(document.id, place.sentence),
    uri: document.uri, ...optional('record', document.record), ...optional('page', passage?.page), ...optional('section', passage?.section), ontology: document.ontology, model: document.model,
    headChain: `${document.id}#${head}`, headStart: headSpan.start, headEnd: headSpan.end, headText: headSpan.text,
    ...(typeof tail === 'number' ? { tailChain: `${document.id}#${tail}` } : { literal: JSON.stringify(tail) }), tailStart: tailSpan.start, tailEnd: tailSpan.end, tailText: tailSpan.text,
  }
}

export function chainOf(node: Properties): ChainRow {
  return {
    id: node.id,
    document: node.document,
    index: node.position,
    name: node.name,
    aliases: node.aliases,
    type: node.type,
    ...optional('masterId', node.masterId as string | undefined),
    mentions: node.mentions,
    keys: node.keys,
    traits: JSON.parse(node.traits),
    ...optional('unit', node.unit as ChainRow['unit']),
    ...optional('entity', node.entity as ChainRow['entity']),
  }
}

export function profileOfNode(node: Properties): Profile {
  return { id: node.id, name: node.name, type: node.type, ...optional('masterId', node.masterId as string | undefined), keys: node.keys, traits: JSON.parse(node.traits) }
}

export function tallyOf(row: Properties): Tally {
  const place = row.place as string
  const at = place.lastIndexOf('#')
  const [document, index] = [place.slice(0, at) as Tally['document'], Number(place.slice(at + 1))]
  return { id: `${document}#${index}`, document, index, profile: row.profile, count: row.count, mentions: row.mentions, ...optional('unit', row.unit as Tally['unit'] | null), ...optional('entity', row.entity as Tally['entity'] | null) }
}

/** A chain that stands alone. */
export function singleOf(node: Properties): Tally {
  const { id, document, index, mentions, unit, entity, aliases, traits } = chainOf(node)
  return { id, document, index, profile: node.profile, count: 1, mentions, ...optional('unit', unit), ...optional('entity', entity), single: { aliases, context: traits.context } }
}

export function statementOf(row: Properties): Statement {
  const { id, document, position, relation, tripleScore, tripleStatus, score, ontology, model } = row
  const tail = row.literal === null ? (row.tail as Statement['tail'] | null) : (JSON.parse(row.literal) as LiteralEnd)
  return { id, document, index: position, relation, tripleScore, tripleStatus, score, ontology, model, ...optional('head', row.head as Statement['head'] | null), ...optional('tail', tail), ...optional('fact', row.factId as Statement['fact'] | null) }
}

export function evidenceOf(node: Properties, head: EvidenceRow['head'] | null, tail: EvidenceRow['tail'] | null): EvidenceRow {
  return {
    ...placeOf(node),
    id: node.id,
    document: node.document,
    uri: node.uri,
    ...optional('record', node.record as string | undefined),
    ...optional('page', node.page as number | undefined),
    ...optional('section', node.section as string | undefined),
    ontology: node.ontology,
    model: node.model,
    ...optional('head', head),
    ...optional('tail', node.literal === undefined ? tail : (JSON.parse(node.literal) as LiteralEnd)),
    ...optional('fact', node.factId as EvidenceRow['fact']),
  }
}

function placeOf(node: Properties): Omit<EvidenceClaim, 'head' | 'tail'> {
  return {
    index: node.position,
    relation: node.relation,
    tripleScore: node.tripleScore,
    tripleStatus: node.tripleStatus,
    sentence: node.sentence,
    start: node.start,
    end: node.end,
    quote: node.quote,
    headSpan: { start: node.headStart, end: node.headEnd, text: node.headText },
    tailSpan: { start: node.tailStart, end: node.tailEnd, text: node.tailText },
    score: node.score,
  }
}

/** Claims of a document, from its nodes in order. */
export function claimsOfNodes(document: Properties, passages: readonly Properties[], chains: readonly Properties[], evidence: readonly Properties[]): DocumentClaims {
  return {
    id: document.id,
    collection: document.collection,
    uri: document.uri,
    ...optional('record', document.record as string | undefined),
    title: document.title,
    language: document.language,
    sha256: document.sha256,
    stamp: document.stamp,
    ontology: document.ontology,
    model: document.model,
    hash: document.hash,
    passages: passages.map(passageOf),
    chains: chains.map((node) => {
      const { id: _id, document: _document, unit: _unit, entity: _entity, ...claim } = chainOf(node)
      return claim
    }),
    evidence: evidence.map((node) => ({ ...placeOf(node), head: positionOf(node.headChain), tail: node.literal === undefined ? positionOf(node.tailChain) : JSON.parse(node.literal) })),
  }
}

export function passageOf(node: Properties): Passage {
  return { sentence: node.sentence, start: node.start, end: node.end, text: node.text, ...optional('page', node.page as number | undefined), ...optional('section', node.section as string | undefined) }
}

function positionOf(chain: string): number {
  return Number(chain.slice(chain.lastIndexOf('#') + 1))
}

/** Properties of an entity; null removes one that is no longer there. */
export function entityProperties(collection: string, row: EntityRow) {
  const { id: _id, into, ...own } = row
  return { ...own, terms: nameForms(row.name, row.aliases), collection, masterId: row.masterId ?? null, mergedInto: into ?? null, reason: row.reason ?? null, score: row.score ?? null }
}

export function entityOf(node: Properties): EntityRow {
  return {
    id: node.id,
    name: node.name,
    type: node.type,
    aliases: node.aliases,
    mentions: node.mentions,
    ...optional('masterId', node.masterId as string | undefined),
    support: node.support,
    ...optional('into', node.mergedInto as EntityRow['into']),
    ...optional('reason', node.reason as string | undefined),
    ...optional('score', node.score as number | undefined),
  }
}

export function exportedEntityOf(node: Properties, documents: readonly string[]): Entity {
  const { support: _support, into: _into, reason: _reason, score: _score, ...entity } = entityOf(node)
  return { ...entity, collection: node.collection, documents: [...documents].sort() }
}

/** Characters of a value that its index holds: Neo4j refuses keys beyond some 8 kB. */
const VALUE_KEY = 256

export function factProperties(collection: string, row: FactRow) {
  const { id: _id, tail, ...own } = row
  const end = typeof tail === 'string' ? { tail, literal: null, value: null, text: null, valueKey: null } : { tail: null, ...tail, valueKey: tail.value.slice(0, VALUE_KEY) }
  return { ...own, ...end, collection, reason: row.reason ?? null }
}

export function contenderOf(node: Properties): Contender {
  return {
    id: node.id,
    head: node.head,
    relation: node.relation,
    tail: (node.literal ?? undefined) === undefined ? node.tail : { literal: node.literal, value: node.value, text: node.text },
    score: node.score,
    claimed: node.claimed,
    status: node.status,
    ...optional('reason', node.reason as string | null | undefined),
  }
}

export function factOf(node: Properties): FactRow {
  return { ...contenderOf(node), support: node.support, evidence: node.evidence, ontology: node.ontology, model: node.model }
}
