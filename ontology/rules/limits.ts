// Relation, with its inverse -> the limits that hold for its statements in normal direction.
import { declaredInverse, relationOf } from '../normal-form.ts'
import type { Ontology } from '../ontology.ts'

export interface Limits {
  readonly functional: boolean
  readonly inverseFunctional: boolean
  readonly maxTails: number
  readonly maxHeads: number
  readonly irreflexive: boolean
  readonly acyclic: boolean
}

/** Limits of a relation, those of its inverse turned round and included. */
export function limitsOf(ontology: Ontology, name: string): Limits {
  const relation = relationOf(ontology, name)
  const inverse = relationOf(ontology, declaredInverse(ontology, name) ?? '')
  const some = (property: 'irreflexive' | 'acyclic' | 'transitive') => Boolean(relation?.[property] || inverse?.[property])
  const least = (...limits: (number | undefined)[]) => Math.min(...limits.map((limit) => limit ?? Number.POSITIVE_INFINITY))
  return {
    functional: relation?.functional ?? false,
    inverseFunctional: Boolean(inverse?.functional || (relation?.symmetric && relation.functional)),
    maxTails: least(relation?.maxTails, inverse?.maxHeads, relation?.symmetric ? relation.maxHeads : undefined),
    maxHeads: least(relation?.maxHeads, inverse?.maxTails, relation?.symmetric ? relation.maxTails : undefined),
    irreflexive: some('irreflexive') || some('acyclic'),
    // A circle in a transitive relation would make each of its members related to itself.
    acyclic: some('acyclic') || (some('transitive') && some('irreflexive')),
  }
}
