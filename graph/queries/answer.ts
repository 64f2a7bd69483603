// Look-ups of a store -> answers: what a question means (subtypes, both ways of a relation, order, pages) is decided here, for every store alike.
import { GraphloomError } from '../../errors.ts'
import type { GraphLookup, Rank } from '../lookup.ts'
import { factEvidence } from '../read.ts'
import type { EntityDetail, EntityQuery, EntitySummary, EvidenceInContext, GraphReader, Listed, PageAsked, PassageText } from '../reader.ts'
import type { EntityRow } from '../store.ts'
import { searchForm, searchTerms } from '../terms.ts'
import { contextOf, passageText } from './context.ts'
import { keysOf, listed } from './cursor.ts'
import { findFacts, findNeighbours } from './facts.ts'
import { findPaths, findSubgraph } from './paths.ts'
import { typesUnder } from './readings.ts'

const DOCUMENTS = 1_000
/** Characters of a sentence, on the careful side: how many sentences around a quote its context may need. */
const SENTENCE = 20
/** Merges in a row that are followed. */
const MERGES = 10

/** A reader that answers from these look-ups, and closes them. */
export function createReader(lookup: GraphLookup): GraphReader {
  return {
    collections: () => lookup.collections(),
    statistics: (collection) => lookup.statistics(collection),
    ontology: async (collection) => (await lookup.ontology(collection))?.ontology,
    documents: async (collection, { uri }, { limit, after }) => listed(await lookup.documents(collection, uri, { limit: limit + 1, ...afterId(after) }), limit, (row) => row, ({ id }) => [id]),
    document: async (collection, id) => (await lookup.documentsById(collection, [id]))[0],
    passages: async (collection, document, { limit, after }) => {
      const behind = after === undefined ? {} : { after: keysOf(after, ['number'])[0] as number }
      return listed(await lookup.passages(collection, document, { limit: limit + 1, ...behind }), limit, (row) => passageText(document as `doc:${string}`, row), ({ sentence }) => [sentence])
    },
    passage: (collection, id) => findPassage(lookup, collection, id),
    entities: (collection, query, page) => findEntities(lookup, collection, query, page),
    entity: (collection, id) => findEntity(lookup, collection, id),
    entityId: async (collection, id) => (await survivor(lookup, collection, id))?.id,
    neighbours: (collection, entity, query, page) => findNeighbours(lookup, collection, entity, query, page),
    facts: (collection, query, page) => findFacts(lookup, collection, query, page),
    fact: async (collection, id) => (await lookup.factsById(collection, [id]))[0],
    evidence: (collection, fact, { context }, page) => findEvidence(lookup, collection, fact, context, page),
    paths: (collection, query) => findPaths(lookup, collection, query),
    subgraph: (collection, query) => findSubgraph(lookup, collection, query),
    close: () => lookup.close(),
  }
}

async function findPassage(lookup: GraphLookup, collection: string, id: string): Promise<PassageText | undefined> {
  const at = id.lastIndexOf('/')
  const sentence = Number(id.slice(at + 1))
  if (at < 0 || !Number.isSafeInteger(sentence) || sentence < 0) return undefined
  const [[passage] = []] = await lookup.passagesNear(collection, [{ document: id.slice(0, at), sentence }], 0)
  return passage === undefined ? undefined : passageText(id.slice(0, at) as `doc:${string}`, passage)
}

async function findEntities(lookup: GraphLookup, collection: string, { text, alias, masterId, type }: EntityQuery, { limit, after }: PageAsked): Promise<Listed<EntitySummary>> {
  if ([text, alias, masterId].filter((given) => given !== undefined).length > 1) throw new GraphloomError('usage.entities', 'Entities are asked for by words, by alias or by master-data id: give one of them.')
  const ontology = await lookup.ontology(collection)
  if (ontology === undefined) return { items: [] }
  const types = type === undefined ? undefined : typesUnder(ontology, type)
  if (text !== undefined) {
    const terms = searchTerms(text)
    if (terms === undefined) return { items: [] }
    const found = await lookup.search(collection, terms, types, { limit: limit + 1, ...(after === undefined ? {} : { after: rankOf(after) }) })
    return listed(found, limit, ({ row }) => summaryOf(row), ({ tier, row }) => [tier, row.support, row.id])
  }
  const slice = { limit: limit + 1, ...afterId(after) }
  const form = alias === undefined ? undefined : searchForm(alias)
  if (form === '') return { items: [] }
  const rows =
    form !== undefined ? await lookup.entitiesByForm(collection, form, types, slice)
    : masterId !== undefined ? await lookup.entitiesByMaster(collection, masterId, types, slice)
    : await lookup.entities(collection, types, slice)
  return listed(rows, limit, summaryOf, ({ id }) => [id])
}

function rankOf(cursor: string): Rank {
  const [tier, support, id] = keysOf(cursor, ['number', 'number', 'string']) as [number, number, string]
  return { tier, support, id }
}

async function findEntity(lookup: GraphLookup, collection: string, id: string): Promise<EntityDetail | undefined> {
  const row = await survivor(lookup, collection, id)
  return row === undefined ? undefined : { ...summaryOf(row), documents: await lookup.documentsOf(collection, row.id, DOCUMENTS) }
}

/** The entity of this id, or the one that it was merged into. */
async function survivor(lookup: GraphLookup, collection: string, id: string): Promise<EntityRow | undefined> {
  let [row] = await lookup.entitiesById(collection, [id])
  for (let merges = 0; row?.into !== undefined && merges < MERGES; merges++) [row] = await lookup.entitiesById(collection, [row.into])
  return row?.into === undefined ? row : undefined
}

function summaryOf({ id, name, type, aliases, masterId, support, mentions }: EntityRow): EntitySummary {
  return { id, name, type, aliases, ...(masterId === undefined ? {} : { masterId }), support, mentions }
}

async function findEvidence(lookup: GraphLookup, collection: string, id: string, context: number, { limit, after }: PageAsked): Promise<Listed<EvidenceInContext>> {
  const [fact] = await lookup.factsById(collection, [id])
  if (fact === undefined) return { items: [] }
  const [document, position] = after === undefined ? [] : (keysOf(after, ['string', 'number']) as [string, number])
  const rows = await lookup.evidence(collection, id, { limit: limit + 1, ...(document === undefined || position === undefined ? {} : { after: { document, position } }) })
  const passages = await lookup.passagesNear(collection, rows.slice(0, limit), Math.ceil(context / SENTENCE))
  const items = rows.slice(0, limit).map((row, index): EvidenceInContext => {
    const near = passages[index] ?? []
    const own = near.find(({ sentence }) => sentence === row.sentence)
    return { ...factEvidence(row, fact.head.id), context: contextOf(row, near, context), ...(own === undefined ? {} : { passage: passageText(row.document, own) }) }
  })
  return { ...listed(rows, limit, () => undefined, ({ document: of, index }) => [of, index]), items }
}

function afterId(cursor: string | undefined): { readonly after?: string } {
  return cursor === undefined ? {} : { after: keysOf(cursor, ['string'])[0] as string }
}

