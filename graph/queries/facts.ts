// Questions about facts: by their ends, relation, type, status, score, document and time; neighbours are such facts seen from one end.
import { GraphloomError } from '../../errors.ts'
import type { CompiledOntology } from '../../ontology/index.ts'
import type { EntityId } from '../entity.ts'
import type { FactStatus } from '../fact.ts'
import type { FactFilter, GraphLookup, Slice } from '../lookup.ts'
import type { FactQuery, FoundFact, Listed, Neighbour, NeighbourQuery, PageAsked } from '../reader.ts'
import { keysOf, listed } from './cursor.ts'
import { factsAt, passes, standsAt, unique } from './found.ts'
import { type Reading, readingsAround, readingsOf, readingsWith, typesUnder } from './readings.ts'

const DEFAULT_STATUSES = ['accepted', 'review'] as const satisfies readonly FactStatus[]
const ACCEPTED = ['accepted'] as const satisfies readonly FactStatus[]

/** Facts that answer a question, by id; by time and id when time alone, or with a relation, was asked for. */
export async function findFacts(lookup: GraphLookup, collection: string, query: FactQuery, { limit, after }: PageAsked): Promise<Listed<FoundFact>> {
  const ontology = await lookup.ontology(collection)
  if (ontology === undefined) return { items: [] }
  const filter = filterOf(ontology, query)
  const asked = readingsOfQuery(ontology, query)
  // A rejected fact may be one whose ends do not fit.
  const readings = filter.types === undefined || filter.statuses.includes('rejected') ? asked : readingsWith(ontology, filter.types, asked)
  if (readings.length === 0) return { items: [] }
  if (byTime(query)) {
    const [time, id] = after === undefined ? [] : (keysOf(after, ['string', 'string']) as readonly string[])
    const relations = query.relation === undefined ? undefined : [...new Set(readings.flatMap(({ place }) => place.relations ?? []))].sort()
    const facts = await lookup.factsByTime(collection, relations, filter, { limit: limit + 1, ...(time === undefined || id === undefined ? {} : { after: { time, id } }) })
    const turned = new Set(readings.flatMap(({ place, direction }) => (direction === 'in' ? (place.relations ?? []) : [])))
    return listed(facts, limit, (fact): FoundFact => ({ ...fact, direction: turned.has(fact.relation) ? 'in' : 'out' }), ({ lastSeen, id: key }) => [lastSeen, key])
  }
  const slice = { limit: limit + 1, ...afterId(after) }
  const facts = query.document === undefined ? await factsAt(lookup, collection, readings, filter, slice) : await factsOfDocument(lookup, collection, query.document, readings, filter, slice)
  return listed(facts, limit, (fact) => fact, ({ id }) => [id])
}

/** The entities beside one, with the fact between, by the fact's id. */
export async function findNeighbours(lookup: GraphLookup, collection: string, entity: EntityId, query: NeighbourQuery, { limit, after }: PageAsked): Promise<Listed<Neighbour>> {
  const ontology = await lookup.ontology(collection)
  if (ontology === undefined) return { items: [] }
  const { relation, direction = 'both', statuses = ACCEPTED } = query
  const readings = direction === 'both' ? readingsAround(ontology, relation, entity) : readingsOf(ontology, relation, direction === 'out' ? { head: entity } : { tail: entity })
  const facts = await factsAt(lookup, collection, readings, { statuses, entityTails: true }, { limit: limit + 1, ...afterId(after) })
  return listed(facts, limit, (fact) => seenFrom(entity, fact), ({ id }) => [id])
}

/** A fact from one of its ends: which entity is on the other, and which way it leads. */
function seenFrom(entity: EntityId, fact: FoundFact): Neighbour {
  const out = fact.head.id === entity
  const other = out && 'id' in fact.tail ? fact.tail : fact.head
  return { entity: other, fact: { ...fact, direction: out ? 'out' : 'in' } }
}

function readingsOfQuery(ontology: CompiledOntology, { entity, head, relation, tail }: FactQuery): readonly Reading[] {
  if (entity !== undefined) {
    if (head !== undefined || tail !== undefined) throw new GraphloomError('usage.ends', 'Facts are asked for by entity, or by head and tail, but not by both.')
    return readingsAround(ontology, relation, entity)
  }
  const ends = tail === undefined ? {} : isEntityId(tail) ? { tail } : { value: tail }
  return readingsOf(ontology, relation, { ...(head === undefined ? {} : { head }), ...ends })
}

function filterOf(ontology: CompiledOntology, { type, statuses = DEFAULT_STATUSES, minScore, since, until }: FactQuery): FactFilter {
  return {
    statuses: [...new Set(statuses)].sort(),
    ...(minScore === undefined ? {} : { minScore }),
    ...(type === undefined ? {} : { types: typesUnder(ontology, type) }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  }
}

function byTime({ since, until, entity, head, tail, document }: FactQuery): boolean {
  return (since !== undefined || until !== undefined) && [entity, head, tail, document].every((end) => end === undefined)
}

async function factsOfDocument(lookup: GraphLookup, collection: string, document: string, readings: readonly Reading[], filter: FactFilter, { after = '', limit }: Slice): Promise<readonly FoundFact[]> {
  const all = (await lookup.factsOfDocument(collection, document)).filter((fact) => fact.id > after && passes(fact, filter))
  return unique(readings.flatMap(({ place, direction }) => all.filter((fact) => standsAt(fact, place)).map((fact): FoundFact => ({ ...fact, direction })))).slice(0, limit)
}

function afterId(cursor: string | undefined): { readonly after?: string } {
  return cursor === undefined ? {} : { after: keysOf(cursor, ['string'])[0] as string }
}

function isEntityId(text: string): text is EntityId {
  return text.startsWith('ent:')
}
