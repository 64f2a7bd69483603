// Entities: searched, looked up, and what stands around one.
import { z } from 'zod'
import type { EntityId, GraphReader } from '../../graph/index.ts'
import { notFound } from '../problem.ts'
import { EntityRecord, FactRecord, Neighbour, Path, Subgraph } from '../records/index.ts'
import { integer, listOf, route } from '../route.ts'
import { factFields, withEvidence } from './facts.ts'
import { SAMPLE } from './sample.ts'
import { statuses } from './statuses.ts'

const TAG = 'Entities'
const text = () => z.string().min(1).max(1000).optional()

export const listEntities = route({
  method: 'get', path: '/v1/entities', role: 'reader', tag: TAG, paged: true,
  summary: 'Entities by words, type, alias or master-data id',
  description: 'A search by words comes best match first: whole name, whole alias, beginning of the name, the rest; then what more documents mention. Other lists are sorted by id.',
  query: {
    q: text().describe('Words of a name or alias; the last may be half typed. Case, accents and punctuation do not matter.'),
    type: text().describe('A type of the ontology; its subtypes count.'),
    alias: text().describe('A whole name or alias.'),
    masterId: text().describe("The key in the user's own master data."),
  },
  response: listOf(EntityRecord.omit({ documents: true }).meta({ id: 'EntitySummary' })),
  example: { query: { q: 'acme', type: 'Organization' } },
  run({ query: { q, type, alias, masterId } }, { collection, page, services: { reader } }) {
    const given = { text: q, type, alias, masterId }
    return reader.entities(collection, Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)), page)
  },
})

export const getEntity = route({
  method: 'get', path: '/v1/entities/:id', role: 'reader', tag: TAG,
  summary: 'One entity, with the first thousand of its documents',
  description: 'One that was merged into another answers as that other.',
  response: EntityRecord,
  example: { params: { id: SAMPLE.company } },
  async run({ params: { id } }, { collection, services: { reader } }) {
    const entity = await reader.entity(collection, id)
    if (entity === undefined) throw notFound('entity')
    return entity
  },
})

export const listNeighbours = route({
  method: 'get', path: '/v1/entities/:id/neighbours', role: 'reader', tag: TAG, paged: true,
  summary: 'Entities at the other ends of its facts',
  description: 'With the fact between; `direction` of the fact is `out` where the entity is its head. A relation is also read by its inverse, a symmetric one both ways.',
  query: {
    relation: text(),
    direction: z.enum(['out', 'in', 'both']).default('both'),
    status: statuses('accepted'),
  },
  response: listOf(Neighbour),
  example: { params: { id: SAMPLE.company }, query: { relation: 'EMPLOYS', direction: 'out' } },
  async run({ params, query: { relation, direction, status } }, { collection, page, services: { reader } }) {
    const id = await existing(reader, collection, params.id)
    return reader.neighbours(collection, id, { direction, ...(relation === undefined ? {} : { relation }), ...(status === undefined ? {} : { statuses: status }) }, page)
  },
})

export const listEntityFacts = route({
  method: 'get', path: '/v1/entities/:id/facts', role: 'reader', tag: TAG, paged: true,
  summary: 'Facts of which it is an end',
  description: '`direction` is `out` where it is the head. Sorted by id.',
  query: { relation: text(), status: statuses('accepted,review') },
  response: listOf(FactRecord),
  example: { params: { id: SAMPLE.person } },
  async run({ params, query: { relation, status } }, { collection, page, fields, services }) {
    const entity = await existing(services.reader, collection, params.id)
    const facts = await services.reader.facts(collection, { entity, ...(relation === undefined ? {} : { relation }), ...(status === undefined ? {} : { statuses: status }) }, page)
    return factFields(fields) ? withEvidence(services.store, collection, facts) : facts
  },
})

export const listPaths = route({
  method: 'get', path: '/v1/paths', role: 'reader', tag: TAG,
  summary: 'Paths between two entities, shortest first',
  description: 'Over accepted facts, whichever way they lead (`direction` says so), no entity twice. Of an entity with very many facts the first two hundred are followed.',
  query: { from: z.string().min(1).max(300), to: z.string().min(1).max(300), maxLength: integer(1, 6).default(4).describe('Most facts in a path.'), limit: integer(1, 100).default(10) },
  response: z.object({ items: z.array(Path) }),
  example: { query: { from: SAMPLE.person, to: SAMPLE.other } },
  async run({ query: { from, to, maxLength, limit } }, { collection, services: { reader } }) {
    return { items: await reader.paths(collection, { from: await existing(reader, collection, from), to: await existing(reader, collection, to), maxLength, limit }) }
  },
})

export const getSubgraph = route({
  method: 'get', path: '/v1/subgraph', role: 'reader', tag: TAG,
  summary: 'An entity with what stands around it',
  description: 'Accepted facts between entities, nearest first until there are `limit`.',
  query: { entity: z.string().min(1).max(300), depth: integer(0, 4).default(1), limit: integer(1, 2000).default(200).describe('Most facts.') },
  response: Subgraph,
  example: { query: { entity: SAMPLE.company } },
  async run({ query: { entity, depth, limit } }, { collection, services: { reader } }) {
    return reader.subgraph(collection, { entity: await existing(reader, collection, entity), depth, limit })
  },
})

/** Id of an entity that is there, of the one that it was merged into where it was. */
async function existing(reader: GraphReader, collection: string, id: string): Promise<EntityId> {
  const found = await reader.entityId(collection, id)
  if (found === undefined) throw notFound('entity')
  return found
}
