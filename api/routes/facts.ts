// Facts by what they say, and the words that they stand on.
import { z } from 'zod'
import { type EntityId, evidenceOfFacts, type FactSummary, type GraphStore, type Listed } from '../../graph/index.ts'
import { notFound } from '../problem.ts'
import { EvidenceInContext, FactRecord } from '../records/index.ts'
import { integer, listOf, route } from '../route.ts'
import { SAMPLE } from './sample.ts'
import { statuses } from './statuses.ts'

const TAG = 'Facts'
const text = () => z.string().min(1).max(1000).optional()
/** Any ISO 8601 date or time, as the moment that it begins with. */
const moment = () => z.union([z.iso.date(), z.iso.datetime({ offset: true })]).transform((given) => new Date(given).toISOString()).optional()

export const listFacts = route({
  method: 'get', path: '/v1/facts', role: 'reader', tag: TAG, paged: true,
  summary: 'Facts by ends, relation, type, status, score, document and time',
  description: 'An inverse or symmetric relation answers both ways; `direction` is `in` where the fact is stored the other way round. Sorted by id; asked for by time without ends or document, by time. `fields` that name `evidence` add it.',
  query: {
    head: text().describe('Id of an entity.'),
    relation: text().describe('A relation of the ontology.'),
    tail: text().describe('Id of an entity, or the value of a literal.'),
    type: text().describe('Type of either end; its subtypes count.'),
    status: statuses('accepted,review'),
    minScore: z.coerce.number().min(0).max(1).optional(),
    document: text().describe('Id of a document that states it.'),
    since: moment().describe('Last changed at this time or later; ISO 8601.'),
    until: moment().describe('Last changed before this time; ISO 8601.'),
  },
  response: listOf(FactRecord),
  example: { query: { relation: 'EMPLOYED_BY', type: 'Organization', minScore: 0.5 } },
  async run({ query: { status, head, ...query } }, { collection, page, fields, services }) {
    const given = Object.fromEntries(Object.entries({ ...query, statuses: status }).filter(([, value]) => value !== undefined))
    const facts = await services.reader.facts(collection, { ...given, ...(head === undefined ? {} : { head: head as EntityId }) }, page)
    return factFields(fields) ? withEvidence(services.store, collection, facts) : facts
  },
})

export const getFact = route({
  method: 'get', path: '/v1/facts/:id', role: 'reader', tag: TAG,
  summary: 'One fact',
  response: FactRecord,
  example: { params: { id: SAMPLE.fact } },
  async run({ params: { id } }, { collection, fields, services }) {
    const fact = await services.reader.fact(collection, id)
    if (fact === undefined) throw notFound('fact')
    return factFields(fields) ? (await withEvidence(services.store, collection, { items: [fact] })).items[0] ?? fact : fact
  },
})

export const listEvidence = route({
  method: 'get', path: '/v1/facts/:id/evidence', role: 'reader', tag: TAG, paged: true,
  summary: 'Places that state a fact, with the words around them',
  description: 'By document, then place. Only sentences that are evidence of something are kept, so a gap is shown as " … ".',
  query: { context: integer(0, 2000).default(200).describe('Most characters on each side.') },
  response: listOf(EvidenceInContext),
  example: { params: { id: SAMPLE.fact }, query: { context: 80 } },
  async run({ params: { id }, query: { context } }, { collection, page, services: { reader } }) {
    if ((await reader.fact(collection, id)) === undefined) throw notFound('fact')
    return reader.evidence(collection, id, { context }, page)
  },
})

/** Whether the evidence of facts was asked for. */
export function factFields(fields: ReadonlySet<string> | undefined): boolean {
  return fields?.has('evidence') ?? false
}

/** Facts with their evidence, as the export has it. */
export async function withEvidence<Fact extends FactSummary>(store: GraphStore, collection: string, list: Listed<Fact>) {
  const evidence = await evidenceOfFacts(store, collection, list.items)
  return { ...list, items: list.items.map((fact) => ({ ...fact, evidence: evidence.get(fact.id) ?? [] })) }
}
