// Every kind of question that a reader takes, each at least once, and every way of asking for facts.
import type { EntityId, FactQuery, GraphReader } from '../../graph/index.ts'

const PAGE = { limit: 5 }

export async function askEverything(reader: GraphReader, collection: string): Promise<void> {
  const [entity] = (await reader.entities(collection, {}, PAGE)).items
  const [fact] = (await reader.facts(collection, {}, PAGE)).items
  const [document] = (await reader.documents(collection, {}, PAGE)).items
  if (entity === undefined || fact === undefined || document === undefined || !('id' in fact.tail)) throw new Error('The graph to be asked is empty.')
  await Promise.all([reader.collections(), reader.statistics(collection), reader.ontology(collection)])
  await reader.documents(collection, { uri: document.uri }, PAGE)
  await reader.document(collection, document.id)
  await reader.passage(collection, (await reader.passages(collection, document.id, PAGE)).items[0]?.id ?? '')
  for (const query of [{ type: 'Organization' }, { text: 'a' }, { text: 'ada lovelace', type: 'Person' }, { alias: 'Acme Corp' }, { masterId: 'M1' }, { masterId: 'M1', type: 'Company' }]) {
    const { next } = await reader.entities(collection, query, { limit: 1 })
    if (next !== undefined) await reader.entities(collection, query, { limit: 1, after: next })
  }
  await reader.entity(collection, entity.id)
  for (const direction of ['out', 'in', 'both'] as const) for (const relation of [undefined, 'EMPLOYS']) await reader.neighbours(collection, entity.id, { direction, ...(relation === undefined ? {} : { relation }) }, PAGE)
  for (const query of factQueries(fact.head.id, fact.tail.id, document.id)) {
    const { next } = await reader.facts(collection, query, { limit: 1 })
    if (next !== undefined) await reader.facts(collection, query, { limit: 1, after: next })
  }
  await reader.fact(collection, fact.id)
  await reader.evidence(collection, fact.id, { context: 100 }, PAGE)
  await reader.paths(collection, { from: fact.head.id, to: fact.tail.id })
  await reader.subgraph(collection, { entity: entity.id, depth: 2 })
}

function factQueries(head: EntityId, tail: EntityId, document: string): readonly FactQuery[] {
  const places: readonly FactQuery[] = [{}, { head }, { tail }, { head, tail }, { entity: head }, { tail: '1842' }, { head, tail: '1842' }, { document }, { since: '2020' }, { until: '2030' }, { since: '2020', until: '2030' }]
  const relations: readonly FactQuery[] = [{}, { relation: 'EMPLOYED_BY' }, { relation: 'SPOUSE' }]
  const filters: readonly FactQuery[] = [{}, { type: 'Organization', minScore: 0.1, statuses: ['review'] }]
  return places.flatMap((place) => relations.flatMap((relation) => filters.map((filter) => ({ ...place, ...relation, ...filter }))))
}
