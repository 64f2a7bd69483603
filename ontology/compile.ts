// Ontology -> look-ups: subtype closure, relations allowed between two types, one stamp for provenance.
import { createHash } from 'node:crypto'
import { ancestorsOf } from './hierarchy.ts'
import { COARSE_TYPES, type CoarseType, type LiteralKind, type Ontology, type Relation } from './ontology.ts'

export interface CompiledOntology {
  readonly ontology: Ontology
  /** `name@version`. */
  readonly stamp: string
  /** sha256 of the canonical content, examples included: changes when anything that can change a result does. */
  readonly hash: string
  /** Reflexive: is `type` the type `ancestor` or one of its descendants? */
  isA(type: string, ancestor: string): boolean
  /** `type` and all its ancestors, itself first. */
  ancestors(type: string): readonly string[]
  /** User types hinted for a coarse type, most specific first, sorted by name among equals. */
  typesFor(coarse: CoarseType): readonly string[]
  /** Relations with an entity tail allowed from `head` to `tail`, sorted by name. */
  relationsBetween(head: string, tail: string): readonly Relation[]
  /** Relations with a literal tail of this kind allowed from `head`, sorted by name. */
  literalRelations(head: string, kind: LiteralKind): readonly Relation[]
  /** Can no entity be of both? Inherited by subtypes. */
  disjoint(a: string, b: string): boolean
}

/** Compiles a checked ontology. */
export function compileOntology(ontology: Ontology): CompiledOntology {
  const { types } = ontology
  const above = new Map(Object.keys(types).map((name) => [name, new Set(ancestorsOf(name, types))]))
  const isA = (type: string, ancestor: string) => above.get(type)?.has(ancestor) ?? false
  const relations = Object.values(ontology.relations).sort(byName)
  const lists = new Map(Object.keys(types).map((name) => [name, ancestorsOf(name, types)]))
  const hinted = new Map(COARSE_TYPES.map((coarse) => [coarse, typesHinted(coarse, types)]))
  const conflicts = new Set(ontology.disjoint.flatMap(([a, b]) => [pairKey(a, b), pairKey(b, a)]))
  const between = cached((head, tail) => relations.filter((relation) => !relation.literal && allowsEnds(relation, head, tail, isA)))
  const literal = cached((head, kind) => relations.filter((relation) => relation.literal === kind && relation.domain.some((type) => isA(head, type))))
  return {
    ontology,
    stamp: `${ontology.name}@${ontology.version}`,
    hash: createHash('sha256').update(canonical(ontology)).digest('hex'),
    isA,
    ancestors: (type) => lists.get(type) ?? [],
    typesFor: (coarse) => hinted.get(coarse) ?? [],
    relationsBetween: between,
    literalRelations: literal,
    disjoint: cached((a, b) => [...(above.get(a) ?? [])].some((x) => [...(above.get(b) ?? [])].some((y) => conflicts.has(pairKey(x, y))))),
  }
}

/** Whether types, domain and range allow the ends; a symmetric relation may be read either way. */
export function allowsEnds(relation: Relation, head: string, tail: string, isA: CompiledOntology['isA']): boolean {
  const fits = (type: string, allowed: readonly string[]) => allowed.some((name) => isA(type, name))
  if (fits(head, relation.domain) && fits(tail, relation.range)) return true
  return relation.symmetric && fits(tail, relation.domain) && fits(head, relation.range)
}

/** Most specific first: by how many types stand above, then by name. */
function typesHinted(coarse: CoarseType, types: Ontology['types']): readonly string[] {
  const hinted = Object.values(types).filter(({ ner }) => ner.includes(coarse))
  const depth = new Map(hinted.map(({ name }) => [name, ancestorsOf(name, types).length]))
  return hinted.sort((a, b) => depth.get(b.name)! - depth.get(a.name)! || byName(a, b)).map(({ name }) => name)
}

/** JSON with sorted keys; lists keep their order where order can change a result. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  )
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}

function pairKey(a: string, b: string): string {
  return `${a} ${b}`
}

function cached<Value>(find: (a: string, b: string) => Value): (a: string, b: string) => Value {
  const found = new Map<string, Value>()
  return (a, b) => {
    const key = pairKey(a, b)
    const known = found.get(key)
    if (known !== undefined) return known
    const value = find(a, b)
    found.set(key, value)
    return value
  }
}
