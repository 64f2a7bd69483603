// Turtle with RDFS, OWL, SHACL and SKOS, mixed as files mix them -> Ontology; and Ontology -> OWL in Turtle.
import { checkParts } from '../check.ts'
import { markExample } from '../example.ts'
import type { OntologyCheck } from '../load.ts'
import { withInverses } from '../normal-form.ts'
import type { EntityType, Ontology, Relation, RelationExample } from '../ontology.ts'
import { sortProblems } from '../report.ts'
import { labelOf } from '../verbalize.ts'
import { datatypeOf, Draft, type RelationDraft } from './draft.ts'
import { readClasses, readProperties } from './owl.ts'
import { expand, iri, literal, type ObjectTerm, parseTurtle, type Properties, type RdfGraph, type Subject, VOCABULARIES, writeTurtle } from './rdf.ts'
import { readShapes } from './shacl.ts'
import { readConcepts } from './skos.ts'

/** What the file may not say. */
export interface TurtleDefaults {
  readonly name?: string
  readonly version?: string
}

type Property = Properties[number]

/** Translates Turtle into an ontology; what has no counterpart is a warning, and the result is checked like any other. */
export function fromTurtle(text: string, file: string, defaults: TurtleDefaults = {}): OntologyCheck {
  const parsed = parseTurtle(text)
  if (!('graph' in parsed)) return { problems: [{ severity: 'error', code: 'ontology.syntax', file, line: parsed.line, message: parsed.message }] }
  const draft = new Draft(parsed.graph, file)
  readClasses(draft)
  readConcepts(draft)
  readProperties(draft)
  readShapes(draft)
  const roots = [...draft.types.values()].filter(({ parents }) => parents.length === 0).map(({ name }) => name)
  for (const relation of draft.relations.values()) completeRelation(draft, relation, roots)
  const ontology: Ontology = {
    ...headerOf(parsed.graph, draft, file, defaults),
    types: Object.fromEntries([...draft.types.values()].map((type) => [type.name, type])),
    relations: Object.fromEntries([...draft.relations.values()].map((relation) => [relation.name, relation])),
    disjoint: draft.disjoint,
  }
  const found = checkParts(ontology, () => ({ file, line: 0 }))
  if (draft.types.size === 0) found.push({ severity: 'error', code: 'ontology.missing-key', file, line: 0, message: 'There is no class, shape or concept in the file.' })
  const problems = sortProblems([...draft.problems, ...found], file)
  return problems.some(({ severity }) => severity === 'error') ? { problems } : { ontology: withInverses(ontology), problems }
}

/** Writes OWL in Turtle; what OWL has no words for stands under `gl:`, so that reading it back gives the same ontology. */
export function toTurtle(ontology: Ontology): string {
  const { name, version, namespace, types, relations, disjoint } = ontology
  const header: Subject = { iri: namespace.replace(/[#/]$/, ''), properties: [a('owl:Ontology'), [expand('rdfs:label'), literal(name)], [expand('owl:versionInfo'), literal(version)], [expand('gl:namespace'), literal(namespace)]] }
  const classes = Object.values(types).map((type) => ({ iri: namespace + type.name, properties: classProperties(type, ontology) }))
  const properties = Object.values(relations).map((relation) => ({ iri: namespace + relation.name, properties: relationProperties(relation, ontology) }))
  const apart = disjoint.map(([left, right]) => ({ iri: namespace + left, properties: [[expand('owl:disjointWith'), iri(namespace + right)]] as Properties }))
  return writeTurtle([header, ...classes, ...properties, ...apart], { ...VOCABULARIES, '': namespace })
}

/** A property without ends may join anything: the types without parents. */
function completeRelation(draft: Draft, relation: RelationDraft, roots: readonly string[]): void {
  for (const end of ['domain', 'range'] as const) {
    if (relation[end].length > 0) continue
    relation[end] = [...roots]
    draft.warn('no-ends', `"${relation.name}" has no ${end}; every type is allowed there.`)
  }
  relation.label ||= labelOf(relation.name)
}

function headerOf(graph: RdfGraph, draft: Draft, file: string, defaults: TurtleDefaults): Pick<Ontology, 'name' | 'version' | 'namespace'> {
  const header = graph.ofType(expand('owl:Ontology'))[0] ?? graph.ofType(expand('skos:ConceptScheme'))[0]
  const texts = (name: `${'rdfs' | 'owl' | 'gl' | 'skos'}:${string}`) => (header ? graph.texts(header, expand(name))[0] : undefined)
  const title = defaults.name ?? texts('rdfs:label') ?? texts('skos:prefLabel') ?? file.split(/[\\/]/).at(-1)!.replace(/\.\w+$/, '')
  const numbers = /(\d+)(?:\.(\d+))?(?:\.(\d+(?:[-+][0-9A-Za-z.+-]+)?))?/.exec(defaults.version ?? texts('owl:versionInfo') ?? '')
  return {
    name: title.trim().replace(/[\s@]+/g, '-'),
    version: numbers ? `${Number(numbers[1])}.${Number(numbers[2] ?? 0)}.${numbers[3] ?? 0}` : '1.0.0',
    namespace: texts('gl:namespace') ?? commonNamespace([...draft.types.keys()]) ?? 'urn:graphloom:imported#',
  }
}

/** The namespace of most classes; the first in sort order among equals. */
function commonNamespace(iris: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of iris) {
    const namespace = value.replace(/[^#/:]+$/, '')
    counts.set(namespace, (counts.get(namespace) ?? 0) + 1)
  }
  return [...counts].sort(([left, n], [right, m]) => m - n || (left < right ? -1 : 1))[0]?.[0]
}

function classProperties({ description, parents, ner, gazetteer, patterns }: EntityType, { namespace }: Ontology): Properties {
  return [
    a('owl:Class'),
    ...(description === '' ? [] : [[expand('rdfs:comment'), literal(description)] as const]),
    ...parents.map((parent): Property => [expand('rdfs:subClassOf'), iri(namespace + parent)]),
    ...ner.map((hint): Property => [expand('gl:ner'), literal(hint)]),
    ...patterns.map((pattern): Property => [expand('gl:pattern'), literal(pattern)]),
    ...gazetteer.map(({ id, name, aliases }): Property => {
      if (id === undefined && aliases.length === 0) return [expand('gl:entry'), literal(name)]
      const properties: Properties = [
        ...(id === undefined ? [] : [[expand('gl:id'), literal(id)] as const]),
        [expand('skos:prefLabel'), literal(name)],
        ...aliases.map((alias): Property => [expand('skos:altLabel'), literal(alias)]),
      ]
      return [expand('gl:entry'), { kind: 'node', properties }]
    }),
  ]
}

function relationProperties(relation: Relation, { namespace, relations }: Ontology): Properties {
  const { inverse, maxTails, maxHeads, precision } = relation
  const rules = ([['functional', 'Functional'], ['symmetric', 'Symmetric'], ['transitive', 'Transitive'], ['irreflexive', 'Irreflexive']] as const).filter(([rule]) => relation[rule])
  const numbers = Object.entries({ maxTails, maxHeads, precision }).filter(([, value]) => value !== undefined)
  return [
    a(relation.literal ? 'owl:DatatypeProperty' : 'owl:ObjectProperty'),
    ...rules.map(([, name]) => a(`owl:${name}Property`)),
    [expand('rdfs:label'), literal(relation.label)],
    ...(relation.description === '' ? [] : [[expand('rdfs:comment'), literal(relation.description)] as const]),
    [expand('rdfs:domain'), union(relation.domain, namespace)],
    [expand('rdfs:range'), relation.literal ? iri(datatypeOf(relation.literal)) : union(relation.range, namespace)],
    ...(inverse === undefined ? [] : [Object.hasOwn(relations, inverse) ? ([expand('owl:inverseOf'), iri(namespace + inverse)] as const) : ([expand('gl:inverseName'), literal(inverse)] as const)]),
    ...(relation.acyclic ? [[expand('gl:acyclic'), literal('true', expand('xsd:boolean'))] as const] : []),
    ...numbers.map(([key, value]): Property => [expand(`gl:${key}`), literal(String(value), expand('xsd:decimal'))]),
    ...relation.aliases.map((alias): Property => [expand('skos:altLabel'), literal(alias)]),
    ...relation.examples.map((example): Property => [expand('gl:example'), written(example)]),
    ...relation.negatives.map((example): Property => [expand('gl:negative'), written(example)]),
  ]
}

function union(types: readonly string[], namespace: string): ObjectTerm {
  const items = types.map((type) => iri(namespace + type))
  return items.length === 1 ? items[0]! : { kind: 'node', properties: [a('owl:Class'), [expand('owl:unionOf'), { kind: 'list', items }]] }
}

function written(example: RelationExample): ObjectTerm {
  const { text, head, tail } = example
  const marked = markExample(example)
  return literal(marked !== undefined && !marked.startsWith('{') ? marked : JSON.stringify({ text, head, tail }))
}

function a(name: `owl:${string}`): Property {
  return [expand('rdf:type'), iri(expand(name))]
}
