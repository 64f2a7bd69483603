// Scored statements -> which of them the ontology lets stand together. Rules are data, tried in order; the better score wins a conflict.
import type { CompiledOntology } from './compile.ts'
import { relationOf } from './normal-form.ts'
import { Accepted, rules, type ValidationRule, type ValidationTriple } from './rules/index.ts'

export type { ValidationRule, ValidationTriple } from './rules/index.ts'

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
