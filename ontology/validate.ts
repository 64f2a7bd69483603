// Scored statements -> which of them the ontology lets stand together. Rules are data, tried in order; the better score wins a conflict.
import { allowsEnds, type CompiledOntology } from './compile.ts'
import { declaredInverse, normalForm, relationOf } from './normal-form.ts'
import type { LiteralKind, Ontology, Relation } from './ontology.ts'

export interface ValidationTriple {
  readonly head: { readonly key: string; readonly type: string }
  readonly relation: string
  readonly tail: { readonly key: string; readonly type?: string; readonly literal?: LiteralKind }
  readonly score: number
}

export type ValidationRule = 'domain' | 'range' | 'irreflexive' | 'inverse-duplicate' | 'disjoint' | 'functional' | 'cardinality' | 'acyclic'

export interface Refusal {
  /** Index into the given triples. */
  readonly index: number
  readonly rule: ValidationRule
  readonly message: string
}

export interface Validation {
  /** Indexes into the given triples, ascending. */
  readonly kept: readonly number[]
  /** Ascending by index. */
  readonly refused: readonly Refusal[]
}

/** A rule says why a triple cannot stand beside what was accepted before it, or nothing. */
export interface Rule {
  readonly name: ValidationRule
  refuse(triple: ValidationTriple, relation: Relation, accepted: Accepted): string | undefined
}

/** Keeps what may stand together: by falling score, then relation, head, tail; the order of the input plays no part. */
export function validateTriples(triples: readonly ValidationTriple[], ontology: CompiledOntology): Validation {
  const order = triples.map((triple, index) => ({ triple, index })).sort((a, b) => compare(a.triple, b.triple))
  const accepted = new Accepted(ontology)
  const kept: number[] = []
  const refused: Refusal[] = []
  for (const { triple, index } of order) {
    const refusal = refuse(triple, accepted)
    if (refusal) refused.push({ index, ...refusal })
    else {
      accepted.add(triple)
      kept.push(index)
    }
  }
  return { kept: kept.sort((a, b) => a - b), refused: refused.sort((a, b) => a.index - b.index) }
}

function refuse(triple: ValidationTriple, accepted: Accepted): Omit<Refusal, 'index'> | undefined {
  const relation = relationOf(accepted.ontology.ontology, triple.relation)
  if (!relation) return { rule: 'domain', message: `"${triple.relation}" is no relation of ${accepted.ontology.stamp}.` }
  for (const rule of rules) {
    const message = rule.refuse(triple, relation, accepted)
    if (message !== undefined) return { rule: rule.name, message }
  }
  return undefined
}

function compare(a: ValidationTriple, b: ValidationTriple): number {
  if (a.score !== b.score) return b.score - a.score
  const [left, right] = [sortKey(a), sortKey(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function sortKey({ relation, head, tail }: ValidationTriple): string {
  return [relation, head.key, tail.key, head.type, tail.type ?? '', tail.literal ?? ''].join('\u0000')
}

/** What was accepted so far, in the look-ups that rules need. Each statement is filed under its normal form, so inverses share limits and circles. */
export class Accepted {
  readonly ontology: CompiledOntology
  readonly #stored = new Map<string, string>()
  readonly #tails = new Map<string, Set<string>>()
  readonly #types = new Map<string, Set<string>>()
  readonly #limits = new Map<string, Limits>()

  constructor(ontology: CompiledOntology) {
    this.ontology = ontology
  }

  add(triple: ValidationTriple): void {
    this.#stored.set(this.#normalKey(triple), storedKey(triple))
    for (const { relation, head, tail } of this.directions(triple)) {
      append(this.#tails, keyOf(`>${relation}`, head), tail)
      append(this.#tails, keyOf(`<${relation}`, tail), head)
    }
    append(this.#types, triple.head.key, triple.head.type)
    if (triple.tail.type !== undefined) append(this.#types, triple.tail.key, triple.tail.type)
  }

  /** Is the same statement accepted in another spelling? */
  hasOtherSpelling(triple: ValidationTriple): boolean {
    const stored = this.#stored.get(this.#normalKey(triple))
    return stored !== undefined && stored !== storedKey(triple)
  }

  /** The directed edges of a statement: one, or both ways when the relation is symmetric. */
  directions(triple: ValidationTriple): readonly { readonly relation: string; readonly head: string; readonly tail: string }[] {
    const edge = this.#normal(triple)
    return relationOf(this.ontology.ontology, edge.relation)?.symmetric ? [edge, { ...edge, head: edge.tail, tail: edge.head }] : [edge]
  }

  /** How many tails (heads) would stand at this head (tail) if the edge were accepted. */
  tailsWith(relation: string, head: string, tail: string): number {
    return sizeWith(this.#tails.get(keyOf(`>${relation}`, head)), tail)
  }

  headsWith(relation: string, head: string, tail: string): number {
    return sizeWith(this.#tails.get(keyOf(`<${relation}`, tail)), head)
  }

  typesOf(key: string): ReadonlySet<string> {
    return this.#types.get(key) ?? new Set()
  }

  /** Limits of a relation in normal direction, those of its inverse included. */
  limits(relation: string): Limits {
    const known = this.#limits.get(relation)
    if (known) return known
    const limits = limitsOf(this.ontology.ontology, relation)
    this.#limits.set(relation, limits)
    return limits
  }

  /** Can `to` be reached from `from` along accepted edges? */
  reaches(relation: string, from: string, to: string): boolean {
    const seen = new Set([from])
    for (const key of seen) {
      if (key === to) return true
      for (const tail of this.#tails.get(keyOf(`>${relation}`, key)) ?? []) seen.add(tail)
    }
    return false
  }

  #normal({ relation, head, tail }: ValidationTriple) {
    return normalForm(this.ontology.ontology, relation, head.key, tail.key)
  }

  #normalKey(triple: ValidationTriple): string {
    const { relation, head, tail } = this.#normal(triple)
    return keyOf(relation, head, tail)
  }
}

interface Limits {
  readonly functional: boolean
  readonly inverseFunctional: boolean
  readonly maxTails: number
  readonly maxHeads: number
  readonly irreflexive: boolean
  readonly acyclic: boolean
}

function limitsOf(ontology: Ontology, name: string): Limits {
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

function storedKey({ relation, head, tail }: ValidationTriple): string {
  return keyOf(relation, head.key, tail.key)
}

function keyOf(...parts: readonly string[]): string {
  return parts.join('\u0000')
}

function append(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key)
  if (set) set.add(value)
  else sets.set(key, new Set([value]))
}

function sizeWith(set: ReadonlySet<string> | undefined, value: string): number {
  return (set?.size ?? 0) + (set?.has(value) ? 0 : 1)
}
