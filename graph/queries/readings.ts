// A question about facts -> the places where facts that answer it are stored: as asked, and the other way round for inverse and symmetric relations.
import { GraphloomError } from '../../errors.ts'
import { type CompiledOntology, declaredInverse, nearest } from '../../ontology/index.ts'
import type { EntityId } from '../entity.ts'
import type { FactPlace } from '../lookup.ts'
import type { Direction } from '../reader.ts'

/** A place, and how a fact found there stands to the question. */
export interface Reading {
  readonly place: FactPlace
  readonly direction: Direction
}

export interface Ends {
  readonly head?: EntityId
  readonly tail?: EntityId
  /** Value of a literal tail. */
  readonly value?: string
}

/** Where facts between these ends are stored, of one relation or of any. */
export function readingsOf({ ontology }: CompiledOntology, relation: string | undefined, ends: Ends): readonly Reading[] {
  const { head, tail, value } = ends
  const turned = { ...(tail === undefined ? {} : { head: tail }), ...(head === undefined ? {} : { tail: head }) }
  const bound = head !== undefined || tail !== undefined
  if (relation === undefined) {
    const both = Object.keys(ontology.relations).filter((name) => turnsInto(ontology, name).length > 0)
    const inverse: readonly Reading[] = bound && value === undefined && both.length > 0 ? [{ place: { ...turned, relations: both.sort() }, direction: 'in' }] : []
    return [{ place: ends, direction: 'out' }, ...inverse]
  }
  const declared = Object.hasOwn(ontology.relations, relation)
  const others = Object.keys(ontology.relations).filter((name) => turnsInto(ontology, name).includes(relation) && (bound || name !== relation)).sort()
  if (!declared && others.length === 0) throw new GraphloomError('usage.relation', `The ontology ${ontology.name} has no relation "${relation}".${suggestion(relation, Object.keys(ontology.relations))}`)
  return [
    ...(declared ? [{ place: { ...ends, relations: [relation] }, direction: 'out' } as const] : []),
    ...(others.length > 0 && value === undefined ? [{ place: { ...turned, relations: others }, direction: 'in' } as const] : []),
  ]
}

/** Where the facts of an entity are stored, of one relation (read both ways) or of any. */
export function readingsAround(compiled: CompiledOntology, relation: string | undefined, entity: EntityId): readonly Reading[] {
  const relations = relation === undefined ? undefined : [...new Set(readingsOf(compiled, relation, { head: entity }).flatMap(({ place }) => place.relations ?? []))].sort()
  const named = relations === undefined ? {} : { relations }
  return [{ place: { head: entity, ...named }, direction: 'out' }, { place: { tail: entity, ...named }, direction: 'in' }]
}

/** Readings less the relations that can have no end of these types: without it, all of their facts would be looked through in vain. */
export function readingsWith({ ontology, isA }: CompiledOntology, types: readonly string[], readings: readonly Reading[]): readonly Reading[] {
  const fits = (ends: readonly string[]): boolean => types.some((type) => ends.some((end) => isA(type, end)))
  const possible = (name: string): boolean => {
    const relation = ontology.relations[name]
    return relation === undefined || fits(relation.domain) || (relation.literal === undefined && fits(relation.range))
  }
  return readings.flatMap(({ place, direction }) => {
    const relations = place.relations?.filter(possible)
    if (relations === undefined) return [{ place, direction }]
    return relations.length === 0 ? [] : [{ place: { ...place, relations }, direction }]
  })
}

/** Names under which a fact of this relation is also true with its ends exchanged. */
function turnsInto(ontology: CompiledOntology['ontology'], name: string): readonly string[] {
  const relation = ontology.relations[name]
  if (relation === undefined || relation.literal !== undefined) return []
  if (relation.symmetric) return [name]
  const inverse = declaredInverse(ontology, name) ?? relation.inverse
  return inverse === undefined || inverse === name ? [] : [inverse]
}

/** A type with its subtypes, sorted. */
export function typesUnder(compiled: CompiledOntology, type: string): readonly string[] {
  const types = Object.keys(compiled.ontology.types)
  if (!types.includes(type)) throw new GraphloomError('usage.type', `The ontology ${compiled.ontology.name} has no type "${type}".${suggestion(type, types)}`)
  return types.filter((name) => compiled.isA(name, type)).sort()
}

function suggestion(given: string, valid: readonly string[]): string {
  const near = nearest(given, valid)
  return near === undefined ? '' : ` Did you mean "${near}"?`
}
