// Facts that limit each other -> their status: what documents claim one by one may be too much together, and the ontology's rules decide which stays.
// Types were checked document by document and merging only makes them more specific, so limits alone are looked at here.
import { type CompiledOntology, type ValidationTriple, declaredInverse, validateTriples } from '../ontology/index.ts'
import { relationOf } from './merge.ts'
import type { Ruling } from './rulings.ts'
import type { Contender, FactRow } from './store.ts'

/** Decided facts are judged before all others, later decisions first. */
const ABOVE_SCORES = 2

export type Unjudged = Omit<FactRow, 'status' | 'reason'>

type Claimed = Omit<Contender, 'status' | 'reason'>

/** Which facts have to be judged together: none, a fact and its inverse, those of one head, or all of a relation and its inverse. */
export type Scope = 'none' | 'twin' | 'head' | 'relation'

/** How far the limits of a relation reach. */
export function scopeOf(ontology: CompiledOntology, name: string): Scope {
  const relation = relationOf(ontology, name)
  if (relation === undefined) return 'none'
  const inverse = relationOf(ontology, declaredInverse(ontology.ontology, name) ?? '')
  const both = inverse === undefined ? [relation] : [relation, inverse]
  const circles = both.some((one) => one.acyclic || (one.transitive && one.irreflexive))
  const limited = both.some((one) => one.functional || one.maxTails !== undefined || one.maxHeads !== undefined)
  if (circles || relation.maxHeads !== undefined || (limited && (inverse !== undefined || relation.symmetric))) return 'relation'
  return limited ? 'head' : inverse === undefined ? 'none' : 'twin'
}

/** The relations judged together with `name`, sorted: itself and its declared inverse. */
export function judgedWith(ontology: CompiledOntology, name: string): readonly string[] {
  const inverse = relationOf(ontology, name) === undefined ? undefined : declaredInverse(ontology.ontology, name)
  return inverse === undefined ? [name] : [name, inverse].sort()
}

/** Judges facts that make up whole scopes; only accepted ones compete, what people accepted outranks the rest, and the order of `facts` plays no part. */
export function judge<Fact extends Claimed>(facts: readonly Fact[], ontology: CompiledOntology, rulings: ReadonlyMap<string, Ruling> = new Map()): readonly (Fact & Pick<FactRow, 'status' | 'reason'>)[] {
  const accepted = (fact: Claimed): boolean => (rulings.get(fact.id)?.status ?? fact.claimed) === 'accepted'
  const standing = facts.filter((fact) => accepted(fact) && fact.head !== fact.tail && relationOf(ontology, fact.relation) !== undefined)
  const orders = [...new Set(standing.flatMap((fact) => rulings.get(fact.id)?.order ?? []))].sort()
  const rank = new Map(orders.map((order, index) => [order, ABOVE_SCORES + index]))
  const triples = standing.map((fact) => tripleOf({ ...fact, score: rank.get(rulings.get(fact.id)?.order ?? '') ?? fact.score }))
  const { refused } = validateTriples(triples, { ...ontology, isA: () => true, disjoint: () => false })
  const reasons = new Map(refused.map(({ index, rule }) => [standing[index]?.id, rule]))
  return facts.map((fact): Fact & Pick<FactRow, 'status' | 'reason'> => {
    const ruling = rulings.get(fact.id)
    if (ruling?.status === 'rejected') return { ...fact, status: 'rejected', reason: ruling.reason }
    const reason = fact.head === fact.tail ? 'irreflexive' : reasons.get(fact.id)
    if (reason !== undefined) return { ...fact, status: 'rejected', reason }
    return ruling === undefined ? { ...fact, status: fact.claimed } : { ...fact, status: ruling.status, reason: ruling.reason }
  })
}

function tripleOf({ head, relation, tail, score }: Claimed): ValidationTriple {
  const end = typeof tail === 'string' ? { key: tail, type: '' } : { key: JSON.stringify([tail.literal, tail.value]), literal: tail.literal as NonNullable<ValidationTriple['tail']['literal']> }
  return { head: { key: head, type: '' }, relation, tail: end, score }
}
