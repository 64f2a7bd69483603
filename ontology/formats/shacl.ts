// SHACL node shapes <-> domain, range and cardinality of relations.
import type { Ontology, Relation } from '../ontology.ts'
import { datatypeOf, type Draft, kindOf, type RelationDraft } from './draft.ts'
import { expand, iri, literal, type ObjectTerm, type Properties, type Resource, type Subject, VOCABULARIES, writeTurtle } from './rdf.ts'

const UNTRANSLATED = ['pattern', 'in', 'hasValue', 'minInclusive', 'maxInclusive', 'minLength', 'maxLength', 'equals', 'disjoint', 'not', 'xone', 'sparql', 'qualifiedValueShape'].map((name) => expand(`sh:${name}`))

/** Adds the shapes of the graph to the draft: each property shape with a plain path is a relation from the shape's classes. */
export function readShapes(draft: Draft): void {
  const { graph } = draft
  const classes = new Set([...graph.ofType(expand('rdfs:Class')), ...graph.ofType(expand('owl:Class'))].map(({ value }) => value))
  for (const shape of graph.ofType(expand('sh:NodeShape'))) {
    // A shape that is a class as well means the members of that class.
    const own = classes.has(shape.value)
    const heads = [...graph.resources(shape, expand('sh:targetClass')), ...(own ? [shape] : [])].flatMap((target) => draft.type(target)?.name ?? [])
    if (heads.length === 0) draft.warn('untranslated', `The shape ${shape.value} has no sh:targetClass; it is left out.`)
    else for (const property of graph.resources(shape, expand('sh:property'))) readProperty(draft, property, heads)
  }
}

function readProperty(draft: Draft, property: Resource, heads: readonly string[]): void {
  const { graph } = draft
  const path = graph.resources(property, expand('sh:path'))[0]
  if (path?.kind !== 'iri') {
    draft.warn('untranslated', 'A property shape has a path that is no single property; it is left out.')
    return
  }
  const relation = draft.relation(path)
  for (const head of heads) if (!relation.domain.includes(head)) relation.domain.push(head)
  const alternatives = graph.resources(property, expand('sh:or')).flatMap((list) => graph.list(list)).filter((term) => term.kind !== 'literal')
  for (const part of [property, ...alternatives]) readRange(draft, relation, part)
  relation.label ||= graph.texts(property, expand('sh:name'))[0] ?? ''
  relation.description ||= graph.texts(property, expand('sh:description'))[0] ?? ''
  const most = Number(graph.texts(property, expand('sh:maxCount'))[0] ?? Number.NaN)
  if (most === 1) relation.functional = true
  else if (Number.isSafeInteger(most) && most > 1) relation.maxTails = Math.max(most, relation.maxTails ?? 0)
  for (const constraint of UNTRANSLATED) {
    if (graph.objects(property, constraint).length > 0) draft.warn('untranslated', `"${relation.name}": ${constraint.replace(VOCABULARIES.sh, 'sh:')} has no counterpart here; it is left out.`)
  }
}

function readRange(draft: Draft, relation: RelationDraft, part: Resource): void {
  const shapes = draft.graph.resources(part, expand('sh:node')).flatMap((shape) => draft.graph.resources(shape, expand('sh:targetClass')))
  for (const target of [...draft.graph.resources(part, expand('sh:class')), ...shapes]) {
    const name = draft.type(target)?.name
    if (name !== undefined && !relation.range.includes(name)) relation.range.push(name)
  }
  for (const { value } of draft.graph.resources(part, expand('sh:datatype'))) {
    const kind = kindOf(value)
    if (kind === undefined) draft.warn('untranslated', `"${relation.name}": the datatype <${value}> is read as a string.`)
    relation.literal = kind ?? 'string'
    relation.range = [relation.literal]
  }
}

/** Writes one node shape for each type that is in the domain of a relation. */
export function toShacl({ namespace, types, relations }: Ontology): string {
  const shapes = Object.keys(types).flatMap((type): Subject[] => {
    const own = Object.values(relations).filter(({ domain }) => domain.includes(type))
    if (own.length === 0) return []
    const properties: Properties = [
      [expand('rdf:type'), iri(expand('sh:NodeShape'))],
      [expand('sh:targetClass'), iri(namespace + type)],
      ...own.map((relation) => [expand('sh:property'), propertyShape(relation, namespace)] as const),
    ]
    return [{ iri: `${namespace}${type}Shape`, properties }]
  })
  return writeTurtle(shapes, { sh: VOCABULARIES.sh, xsd: VOCABULARIES.xsd, '': namespace })
}

function propertyShape({ name, label, description, range, literal: kind, functional, maxTails }: Relation, namespace: string): ObjectTerm {
  const most = functional ? 1 : maxTails
  const classOf = (type: string) => [expand('sh:class'), iri(namespace + type)] as const
  const ends: Properties = kind
    ? [[expand('sh:datatype'), iri(datatypeOf(kind))]]
    : range.length === 1
      ? range.map(classOf)
      : [[expand('sh:or'), { kind: 'list', items: range.map((type): ObjectTerm => ({ kind: 'node', properties: [classOf(type)] })) }]]
  const properties: Properties = [
    [expand('sh:path'), iri(namespace + name)],
    [expand('sh:name'), literal(label)],
    ...(description === '' ? [] : [[expand('sh:description'), literal(description)] as const]),
    ...ends,
    ...(most === undefined ? [] : [[expand('sh:maxCount'), literal(String(most), expand('xsd:integer'))] as const]),
  ]
  return { kind: 'node', properties }
}
