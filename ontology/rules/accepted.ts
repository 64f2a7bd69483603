// What validation has accepted so far, in the look-ups that its rules need.
import type { CompiledOntology } from '../compile.ts'
import { normalForm, relationOf } from '../normal-form.ts'
import { type Limits, limitsOf } from './limits.ts'
import type { ValidationTriple } from './triple.ts'

/** Each statement is filed under its normal form, so inverses share limits and circles. */
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
