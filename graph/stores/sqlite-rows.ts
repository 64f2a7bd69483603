// Rows of the embedded store <-> records of the graph.
import type { ChainRow, DocumentClaims, EvidenceClaim, EvidenceRow, Passage, Profile, Statement, Tally } from '../claim.ts'
import type { Entity } from '../entity.ts'
import type { LiteralEnd } from '../fact.ts'
import type { Contender, EntityRow, FactRow } from '../store.ts'
import { nameForms } from '../terms.ts'

type Column =
  | 'aliases' | 'alike' | 'claimed' | 'collection' | 'context' | 'data_version' | 'document' | 'documents' | 'end' | 'entity' | 'evidence' | 'fact' | 'first_seen' | 'hash' | 'head' | 'head_end' | 'head_name' | 'head_start'
  | 'head_text' | 'head_type' | 'id' | 'key' | 'keys' | 'language' | 'lapsed' | 'last_seen' | 'literal' | 'machine' | 'master' | 'mentions' | 'merged_into' | 'model' | 'n' | 'name' | 'ontology' | 'page'
  | 'place' | 'position' | 'process' | 'profile' | 'quote' | 'reason' | 'record' | 'relation' | 'score' | 'section' | 'seen' | 'sentence' | 'sha256' | 'stamp' | 'start' | 'status' | 'support' | 'tail' | 'tail_end'
  | 'tail_name' | 'tail_start' | 'tail_text' | 'tail_type' | 'text' | 'tier' | 'title' | 'traits' | 'triple_score' | 'triple_status' | 'turn' | 'type' | 'unit' | 'uri'

/** A row as the driver gives it: a column fits whatever the record beside it wants, as the schema says that it does. */
export type Row = Readonly<Record<Column, never>>

/** `{key: value}`, or nothing where the column is NULL: absent keys stay absent. */
export function optional<K extends string, V>(key: K, value: V | null | undefined): { readonly [P in K]?: V } {
  return (value === null || value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V }
}

export const CHAIN_COLUMNS = 'd.id AS document, c.position, p.name, c.aliases, p.type, p.master, c.mentions, p.keys, p.traits, c.context, c.unit, c.entity'

export function chainOf(row: Row): ChainRow {
  return {
    id: `${row.document}#${row.position}`,
    document: row.document,
    index: row.position,
    name: row.name,
    aliases: JSON.parse(row.aliases),
    type: row.type,
    ...optional('masterId', row.master as string | null),
    mentions: row.mentions,
    keys: JSON.parse(row.keys),
    traits: { ...(JSON.parse(row.traits) as Profile['traits']), context: listOf(row.context) },
    ...optional('unit', row.unit as ChainRow['unit'] | null),
    ...optional('entity', row.entity as ChainRow['entity'] | null),
  }
}

export function profileOfRow(row: Row): Profile {
  return { id: row.id, name: row.name, type: row.type, ...optional('masterId', row.master as string | null), keys: JSON.parse(row.keys), traits: JSON.parse(row.traits) }
}

/** Of a chain that stands alone, `aliases` are there, and perhaps `context`. */
export function tallyOf(row: Row): Tally {
  const [document, position] = placeIn(row.place)
  return {
    id: `${document}#${position}`,
    document,
    index: position,
    profile: row.profile,
    count: row.n,
    mentions: row.mentions,
    ...optional('unit', row.unit as Tally['unit'] | null),
    ...optional('entity', row.entity as Tally['entity'] | null),
    ...(row.aliases === null ? {} : { single: { aliases: JSON.parse(row.aliases) as string[], context: listOf(row.context) } }),
  }
}

function listOf(json: string | null): readonly string[] {
  return json === null ? [] : (JSON.parse(json) as string[])
}

/** `document#position`, padded with noughts or not; a document id holds no `#`. */
export function placeIn(id: string): readonly [document: Tally['document'], position: number] {
  const at = id.lastIndexOf('#')
  return [id.slice(0, at) as Tally['document'], Number(id.slice(at + 1))]
}

const EVIDENCE_OWN = `e.position, e.relation, e.triple_score, e.triple_status, e.sentence, e.start, e.end, e.quote,
  e.head_start, e.head_end, e.head_text, e.tail_start, e.tail_end, e.tail_text, e.score, e.literal`

export const EVIDENCE_COLUMNS = `${EVIDENCE_OWN}, e.fact, d.id AS document, d.uri, d.record, d.ontology, d.model, p.page, p.section, h.entity AS head, t.entity AS tail`
export const STATEMENT_COLUMNS = 'e.position, e.relation, e.triple_score, e.triple_status, e.score, e.literal, e.fact, d.id AS document, d.ontology, d.model, h.entity AS head, t.entity AS tail'
export const CLAIM_COLUMNS = `${EVIDENCE_OWN}, h.position AS head, t.position AS tail`

export function evidenceOf(row: Row): EvidenceRow {
  const tail = row.literal === null ? (row.tail as EvidenceRow['tail'] | null) : (JSON.parse(row.literal) as LiteralEnd)
  return {
    ...placeOf(row),
    id: `${row.document}#${row.position}`,
    document: row.document,
    uri: row.uri,
    ...optional('record', row.record as string | null),
    ...optional('page', row.page as number | null),
    ...optional('section', row.section as string | null),
    ontology: row.ontology,
    model: row.model,
    ...optional('head', row.head as EvidenceRow['head'] | null),
    ...optional('tail', tail),
    ...optional('fact', row.fact as EvidenceRow['fact'] | null),
  }
}

export function statementOf(row: Row): Statement {
  const tail = row.literal === null ? (row.tail as Statement['tail'] | null) : (JSON.parse(row.literal) as LiteralEnd)
  return {
    id: `${row.document}#${row.position}`,
    document: row.document,
    index: row.position,
    relation: row.relation,
    tripleScore: row.triple_score,
    tripleStatus: row.triple_status,
    score: row.score,
    ontology: row.ontology,
    model: row.model,
    ...optional('head', row.head as Statement['head'] | null),
    ...optional('tail', tail),
    ...optional('fact', row.fact as Statement['fact'] | null),
  }
}

function placeOf(row: Row): Omit<EvidenceClaim, 'head' | 'tail'> {
  return {
    index: row.position,
    relation: row.relation,
    tripleScore: row.triple_score,
    tripleStatus: row.triple_status,
    sentence: row.sentence,
    start: row.start,
    end: row.end,
    quote: row.quote,
    headSpan: { start: row.head_start, end: row.head_end, text: row.head_text },
    tailSpan: { start: row.tail_start, end: row.tail_end, text: row.tail_text },
    score: row.score,
  }
}

/** Claims of a document, with its rows in order. */
export function claimsOfRows(collection: string, row: Row, passages: readonly Row[], chains: readonly Row[], evidence: readonly Row[]): DocumentClaims {
  return {
    id: row.id,
    collection,
    uri: row.uri,
    ...optional('record', row.record as string | null),
    title: row.title,
    language: row.language,
    sha256: row.sha256,
    stamp: row.stamp,
    ontology: row.ontology,
    model: row.model,
    hash: row.hash,
    passages: passages.map(passageOf),
    chains: chains.map((chain) => {
      const { id: _id, document: _document, unit: _unit, entity: _entity, ...claim } = chainOf(chain)
      return claim
    }),
    evidence: evidence.map((place) => ({ ...placeOf(place), head: place.head, tail: place.literal === null ? place.tail : JSON.parse(place.literal) })),
  }
}

export function passageOf(row: Row): Passage {
  return {
    sentence: row.sentence,
    start: row.start,
    end: row.end,
    text: row.text,
    ...optional('page', row.page as number | null),
    ...optional('section', row.section as string | null),
  }
}

export function entityOf(row: Row): EntityRow {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    aliases: JSON.parse(row.aliases),
    mentions: row.mentions,
    ...optional('masterId', row.master as string | null),
    support: row.support,
    ...optional('into', row.merged_into as EntityRow['into'] | null),
    ...optional('reason', row.reason as string | null),
    ...optional('score', row.score as number | null),
  }
}

/** What an entity is searched by: the form of its name, and those of its aliases, each between line ends. */
export function namesOf({ name, aliases }: Pick<EntityRow, 'name' | 'aliases'>): readonly [name: string, aliases: string] {
  const [first = '', ...others] = nameForms(name, aliases)
  return [first, others.length === 0 ? '' : `\n${others.join('\n')}\n`]
}

export function exportedEntityOf(row: Row): Entity {
  const { support: _support, into: _into, reason: _reason, score: _score, ...entity } = entityOf(row)
  return { ...entity, collection: row.collection, documents: (JSON.parse(row.documents) as string[]).sort() }
}

export const CONTENDER_COLUMNS = 'f.id, h.id AS head, f.relation, t.id AS tail, f.literal, f.score, f.claimed, f.status, f.reason'
export const FACT_COLUMNS = `${CONTENDER_COLUMNS}, f.support, f.evidence, f.ontology, f.model`

export function contenderOf(row: Row): Contender {
  return {
    id: row.id,
    head: row.head,
    relation: row.relation,
    tail: row.literal === null ? row.tail : JSON.parse(row.literal),
    score: row.score,
    claimed: row.claimed,
    status: row.status,
    ...optional('reason', row.reason as string | null),
  }
}

export function factOf(row: Row): FactRow {
  return {
    ...contenderOf(row),
    support: row.support,
    evidence: JSON.parse(row.evidence),
    ontology: row.ontology,
    model: row.model,
  }
}
