// Ontology -> the look-ups that views ask for: labels, types with their supertypes, relations that may hold between two ends.
import { type EntityEnd, isLiteral, type LiteralEnd, type Ontology, type Relation } from '../server/index.ts'

export interface AllowedRelation {
  readonly relation: Relation
  /** Head and tail change places. */
  readonly turned: boolean
}

export interface Vocabulary {
  readonly ontology: Ontology
  /** Sorted so that a type follows its first parent; `depth` counts from the roots. */
  readonly types: readonly { readonly name: string; readonly depth: number }[]
  relation(name: string): Relation | undefined
  label(relation: string): string
  /** The relation as read from its tail. */
  inverseLabel(relation: string): string
  /** Index of the type's colour, from 0. */
  colour(type: string): number
  allowed(head: EntityEnd | LiteralEnd, tail: EntityEnd | LiteralEnd): readonly AllowedRelation[]
}

export const COLOURS = 8

export function vocabularyOf(ontology: Ontology): Vocabulary {
  const types = sortTypes(ontology)
  const colours = new Map(types.map(({ name }, index) => [name, index % COLOURS]))
  const relations = new Map(ontology.relations.map((relation) => [relation.name, relation]))
  const parents = new Map(ontology.types.map((type) => [type.name, type.parents]))
  const kinds = (end: EntityEnd | LiteralEnd) => (isLiteral(end) ? new Set([end.literal]) : supertypes(parents, end.type))
  const label = (relation: string) => relations.get(relation)?.label ?? relation.toLowerCase().replaceAll('_', ' ')
  return {
    ontology,
    types,
    relation: (name) => relations.get(name),
    label,
    inverseLabel(name) {
      const relation = relations.get(name)
      if (relation?.symmetric) return label(name)
      if (relation?.inverse !== undefined) return label(relation.inverse)
      return `is “${label(name)}” of`
    },
    colour: (type) => colours.get(type) ?? 0,
    allowed(head, tail) {
      const [heads, tails] = [kinds(head), kinds(tail)]
      const fits = ({ domain, range }: Relation, from: ReadonlySet<string>, to: ReadonlySet<string>) => domain.some((type) => from.has(type)) && range.some((type) => to.has(type))
      return ontology.relations.flatMap((relation) => [
        ...(fits(relation, heads, tails) ? [{ relation, turned: false }] : []),
        ...(!relation.symmetric && !isLiteral(tail) && fits(relation, tails, heads) ? [{ relation, turned: true }] : []),
      ])
    },
  }
}

function supertypes(parents: ReadonlyMap<string, readonly string[]>, type: string): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (name: string) => {
    if (found.has(name)) return
    found.add(name)
    for (const parent of parents.get(name) ?? []) visit(parent)
  }
  visit(type)
  return found
}

function sortTypes({ types }: Ontology): Vocabulary['types'] {
  const sorted: { name: string; depth: number }[] = []
  const visit = (name: string, depth: number) => {
    sorted.push({ name, depth })
    for (const child of types) if (child.parents[0] === name) visit(child.name, depth + 1)
  }
  for (const { name, parents } of types) if (parents.length === 0) visit(name, 0)
  return sorted
}
