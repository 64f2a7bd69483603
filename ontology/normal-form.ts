// One statement, several spellings: (a, SPOUSE, b) and (b, SPOUSE, a), or (a, EMPLOYS, b) and (b, EMPLOYED_BY, a).
import type { Ontology, Relation } from './ontology.ts'

/** A statement by keys of its ends. */
export interface Statement {
  readonly relation: string
  readonly head: string
  readonly tail: string
}

/**
 * What a statement is stored as: the claimed relation is kept, and a symmetric relation has the smaller key as its head.
 * Inverse relations are not rewritten into each other, since users look for the words that they declared.
 */
export function storedForm(ontology: Ontology, relation: string, head: string, tail: string): Statement {
  return relationOf(ontology, relation)?.symmetric && tail < head ? { relation, head: tail, tail: head } : { relation, head, tail }
}

/**
 * What makes two statements the same: the stored form, with the relation that comes first by name standing for both of two declared inverses.
 * Statements are compared by it; they are stored in their stored form, unless the other spelling is there already with a higher score.
 */
export function normalForm(ontology: Ontology, relation: string, head: string, tail: string): Statement {
  const inverse = declaredInverse(ontology, relation)
  return inverse !== undefined && inverse < relation ? storedForm(ontology, inverse, tail, head) : storedForm(ontology, relation, head, tail)
}

/** The inverse of a relation where both are declared (a loaded ontology has each naming the other); never the relation itself. */
export function declaredInverse(ontology: Ontology, name: string): string | undefined {
  const relation = relationOf(ontology, name)
  if (!relation || relation.literal || relation.symmetric) return undefined
  const { inverse } = relation
  return inverse !== undefined && inverse !== name && relationOf(ontology, inverse) ? inverse : undefined
}

/** A copy in which a relation that is named as an inverse names its own in turn. */
export function withInverses(ontology: Ontology): Ontology {
  const named = new Map(Object.values(ontology.relations).flatMap(({ name, inverse, literal }) => (inverse === undefined || literal ? [] : [[inverse, name] as const])))
  const complete = (relation: Relation): Relation => {
    const inverse = relation.inverse ?? named.get(relation.name)
    return inverse === undefined ? relation : { ...relation, inverse }
  }
  return { ...ontology, relations: Object.fromEntries(Object.entries(ontology.relations).map(([name, relation]) => [name, complete(relation)])) }
}

export function relationOf(ontology: Ontology, name: string): Relation | undefined {
  return Object.hasOwn(ontology.relations, name) ? ontology.relations[name] : undefined
}
