// What a collection is made of: its ontology and its counts.
import type { Ontology } from '../../ontology/index.ts'
import { notFound } from '../problem.ts'
import { OntologyRecord, Statistics } from '../records/index.ts'
import { route } from '../route.ts'

const TAG = 'Overview'

export const getOntology = route({
  method: 'get', path: '/v1/ontology', role: 'reader', tag: TAG,
  summary: 'The ontology that the collection was last written under',
  description: 'Types and relations sorted by name.',
  response: OntologyRecord,
  async run(_, { collection, services: { reader } }) {
    const ontology = await reader.ontology(collection)
    if (ontology === undefined) throw notFound('collection')
    return recordOf(ontology)
  },
})

export const getStatistics = route({
  method: 'get', path: '/v1/statistics', role: 'reader', tag: TAG,
  summary: 'Counts of everything in the collection',
  response: Statistics,
  run: (_, { collection, services: { reader } }) => reader.statistics(collection),
})

function recordOf({ name, version, namespace, types, relations, disjoint }: Ontology) {
  const example = ({ text, head, tail }: Ontology['relations'][string]['examples'][number]) => ({ text, head: [...head], tail: [...tail] })
  return {
    name, version, namespace, disjoint,
    types: sorted(types).map(({ name: type, description, parents }) => ({ name: type, description, parents })),
    relations: sorted(relations).map(({ maxTails: _tails, maxHeads: _heads, examples, negatives, ...relation }) => ({ ...relation, examples: examples.map(example), negatives: negatives.map(example) })),
  }
}

function sorted<Item extends { readonly name: string }>(items: Readonly<Record<string, Item>>): readonly Item[] {
  return Object.values(items).sort((a, b) => (a.name < b.name ? -1 : 1))
}
