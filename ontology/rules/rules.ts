// The rules of validation, one constant each: why a statement cannot stand beside those accepted before it.
import { allowsEnds } from '../compile.ts'
import type { Relation } from '../ontology.ts'
import type { Accepted } from './accepted.ts'
import type { ValidationRule, ValidationTriple } from './triple.ts'

/** A rule says why a triple cannot stand beside what was accepted before it, or nothing. */
export interface Rule {
  readonly name: ValidationRule
  refuse(triple: ValidationTriple, relation: Relation, accepted: Accepted): string | undefined
}

const domain: Rule = {
  name: 'domain',
  refuse({ head }, relation, { ontology }) {
    const allowed = relation.symmetric ? [...relation.domain, ...relation.range] : relation.domain
    return allowed.some((type) => ontology.isA(head.type, type)) ? undefined : `The head of ${relation.name} must be of type ${relation.domain.join(' or ')}; given: ${head.type}.`
  },
}

const range: Rule = {
  name: 'range',
  refuse({ head, tail }, relation, { ontology }) {
    const fits = relation.literal
      ? tail.literal === relation.literal
      : tail.literal === undefined && tail.type !== undefined && allowsEnds(relation, head.type, tail.type, ontology.isA)
    return fits ? undefined : `The tail of ${relation.name} must be of type ${relation.range.join(' or ')}; given: ${tail.literal ?? tail.type ?? 'no type'}.`
  },
}

const irreflexive: Rule = {
  name: 'irreflexive',
  refuse({ head, tail }, relation, accepted) {
    if (relation.literal || head.key !== tail.key || !accepted.limits(relation.name).irreflexive) return undefined
    return `${relation.name} cannot hold between a thing and itself.`
  },
}

const inverseDuplicate: Rule = {
  name: 'inverse-duplicate',
  refuse(triple, relation, accepted) {
    return accepted.hasOtherSpelling(triple) ? `The same is stated the other way round, with a score at least as high, as ${relation.inverse ?? relation.name}.` : undefined
  },
}

const disjoint: Rule = {
  name: 'disjoint',
  refuse({ head, tail }, _, accepted) {
    for (const { key, type } of [head, tail]) {
      if (type === undefined) continue
      const other = [...accepted.typesOf(key)].sort().find((known) => accepted.ontology.disjoint(known, type))
      if (other !== undefined) return `One end is of type ${type} here and of type ${other} elsewhere, which are disjoint.`
    }
    return undefined
  },
}

const functional: Rule = {
  name: 'functional',
  refuse(triple, _, accepted) {
    for (const { relation, head, tail } of accepted.directions(triple)) {
      const limits = accepted.limits(relation)
      if (limits.functional && accepted.tailsWith(relation, head, tail) > 1) return `${triple.relation} is functional, and another one has a better score.`
      if (limits.inverseFunctional && accepted.headsWith(relation, head, tail) > 1) return `The inverse of ${relation} is functional, and another one has a better score.`
    }
    return undefined
  },
}

const cardinality: Rule = {
  name: 'cardinality',
  refuse(triple, _, accepted) {
    for (const { relation, head, tail } of accepted.directions(triple)) {
      const { maxTails, maxHeads } = accepted.limits(relation)
      if (accepted.tailsWith(relation, head, tail) > maxTails) return `${relation} has at most ${maxTails} tails per head, and as many have a better score.`
      if (accepted.headsWith(relation, head, tail) > maxHeads) return `${relation} has at most ${maxHeads} heads per tail, and as many have a better score.`
    }
    return undefined
  },
}

const acyclic: Rule = {
  name: 'acyclic',
  refuse(triple, _, accepted) {
    for (const { relation, head, tail } of accepted.directions(triple)) {
      if (accepted.limits(relation).acyclic && accepted.reaches(relation, tail, head)) return `${triple.relation} would close a circle.`
    }
    return undefined
  },
}

/** In the order in which they are tried: the first that refuses names the reason. */
export const rules: readonly Rule[] = [domain, range, irreflexive, inverseDuplicate, disjoint, functional, cardinality, acyclic]
