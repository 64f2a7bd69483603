// RDFS and OWL classes and properties -> types and relations; what has no counterpart is named in a warning.
import { type ExampleResult, readMarked, readRow } from '../example.ts'
import type { CoarseType, GazetteerEntry } from '../ontology.ts'
import { type Draft, kindOf, type RelationDraft } from './draft.ts'
import { expand, type Resource, type Term } from './rdf.ts'

const CLASSES = ['owl:Class', 'rdfs:Class'] as const
const PROPERTIES = ['owl:ObjectProperty', 'owl:DatatypeProperty', 'rdf:Property', 'owl:FunctionalProperty', 'owl:InverseFunctionalProperty', 'owl:SymmetricProperty', 'owl:TransitiveProperty', 'owl:IrreflexiveProperty', 'owl:AsymmetricProperty'] as const
const OWN = expand('gl:')

/** Adds the classes of the graph to the draft. */
export function readClasses(draft: Draft): void {
  const { graph } = draft
  for (const resource of CLASSES.flatMap((name) => graph.ofType(expand(name)))) {
    const type = draft.type(resource)
    if (!type) continue
    type.description ||= graph.texts(resource, expand('rdfs:comment'))[0] ?? graph.texts(resource, expand('skos:definition'))[0] ?? ''
    for (const above of graph.resources(resource, expand('rdfs:subClassOf'))) readSuperclass(draft, resource, above)
    type.ner = graph.texts(resource, `${OWN}ner`) as CoarseType[]
    type.patterns = [...graph.texts(resource, `${OWN}pattern`)]
    type.gazetteer = graph.objects(resource, `${OWN}entry`).map((entry) => readEntry(draft, entry))
    for (const other of graph.resources(resource, expand('owl:disjointWith'))) addDisjoint(draft, [resource, other])
  }
  for (const group of graph.ofType(expand('owl:AllDisjointClasses'))) {
    for (const members of graph.resources(group, expand('owl:members'))) addDisjoint(draft, graph.list(members))
  }
}

/** Adds the properties of the graph to the draft. */
export function readProperties(draft: Draft): void {
  const { graph } = draft
  const found = new Map(PROPERTIES.flatMap((name) => graph.ofType(expand(name))).map((property) => [property.value, property]))
  for (const property of found.values()) {
    if (property.kind !== 'iri') continue
    const relation = draft.relation(property)
    readWords(draft, property, relation)
    readEnds(draft, property, relation)
    readRules(draft, property, relation)
    for (const above of graph.resources(property, expand('rdfs:subPropertyOf'))) {
      draft.warn('untranslated', `"${relation.name}" is a subproperty of <${above.value}>; relations have no hierarchy here.`)
    }
  }
}

/** A named class is a parent; of restrictions, upper limits on a property are kept. */
function readSuperclass(draft: Draft, resource: Resource, above: Resource): void {
  const { graph } = draft
  const parent = draft.type(above)
  const type = draft.type(resource)!
  if (parent) {
    if (!type.parents.includes(parent.name)) type.parents.push(parent.name)
    return
  }
  if (above.kind === 'iri') return
  const property = graph.resources(above, expand('owl:onProperty'))[0]
  const most = Number([...graph.texts(above, expand('owl:maxCardinality')), ...graph.texts(above, expand('owl:maxQualifiedCardinality'))][0] ?? Number.NaN)
  if (property?.kind === 'iri' && Number.isSafeInteger(most) && most > 0) draft.relation(property).maxTails = most
  else draft.warn('untranslated', `"${type.name}" has a superclass that is no name and no upper limit; it is left out.`)
}

function readEntry({ graph }: Draft, entry: Term): GazetteerEntry {
  if (entry.kind === 'literal') return { name: entry.value, aliases: [] }
  const id = graph.texts(entry, `${OWN}id`)[0]
  const aliases = graph.texts(entry, expand('skos:altLabel'))
  return { ...(id === undefined ? {} : { id }), name: graph.texts(entry, expand('skos:prefLabel'))[0] ?? '', aliases }
}

function readWords(draft: Draft, property: Resource, relation: RelationDraft): void {
  const { graph } = draft
  relation.label = graph.texts(property, expand('rdfs:label'))[0] ?? relation.label
  relation.description = graph.texts(property, expand('rdfs:comment'))[0] ?? graph.texts(property, expand('skos:definition'))[0] ?? relation.description
  relation.aliases = [...graph.texts(property, expand('skos:altLabel'))]
  for (const [key, negative] of [['example', false], ['negative', true]] as const) {
    for (const text of graph.texts(property, OWN + key)) {
      const result = readExample(text, relation.name, negative)
      if ('example' in result) (negative ? relation.negatives : relation.examples).push(result.example)
      else draft.warn('bad-example', result.problem)
    }
  }
}

/** A marked sentence, or a row as JSON. */
function readExample(text: string, relation: string, negative: boolean): ExampleResult {
  if (!text.startsWith('{')) return readMarked(text, relation, negative)
  try {
    return readRow(JSON.parse(text), relation, negative)
  } catch (error) {
    return { problem: `Not JSON: ${(error as Error).message}.` }
  }
}

function readEnds(draft: Draft, property: Resource, relation: RelationDraft): void {
  const { graph } = draft
  for (const [end, predicate] of [['domain', expand('rdfs:domain')], ['range', expand('rdfs:range')]] as const) {
    const given = graph.resources(property, predicate)
    if (given.length > 1) draft.warn('several-ends', `"${relation.name}" has several rdfs:${end}; each is allowed, though RDFS means all of them at once.`)
    for (const resource of given.flatMap((one) => membersOf(draft, one))) {
      const kind = end === 'range' ? kindOf(resource.value) : undefined
      const name = kind ?? draft.type(resource)?.name
      if (kind) relation.literal = kind
      if (name !== undefined && !relation[end].includes(name)) relation[end].push(name)
    }
  }
  const isData = graph.ofType(expand('owl:DatatypeProperty')).some(({ value }) => value === property.value)
  if (isData && relation.range.length === 0) Object.assign(relation, { literal: 'string', range: ['string'] })
}

/** The class itself, or the members of its union. */
function membersOf({ graph }: Draft, resource: Resource): readonly Resource[] {
  const unions = graph.resources(resource, expand('owl:unionOf'))
  return unions.length === 0 ? [resource] : unions.flatMap((list) => graph.list(list)).filter((term) => term.kind !== 'literal')
}

function readRules(draft: Draft, property: Resource, relation: RelationDraft): void {
  const { graph } = draft
  const is = (name: `owl:${string}`) => graph.resources(property, expand('rdf:type')).some(({ value }) => value === expand(name))
  relation.functional ||= is('owl:FunctionalProperty')
  relation.symmetric ||= is('owl:SymmetricProperty')
  relation.transitive ||= is('owl:TransitiveProperty')
  relation.irreflexive ||= is('owl:IrreflexiveProperty') || is('owl:AsymmetricProperty')
  relation.acyclic ||= graph.texts(property, `${OWN}acyclic`)[0] === 'true'
  if (is('owl:InverseFunctionalProperty')) relation.maxHeads = 1
  for (const key of ['maxTails', 'maxHeads', 'precision'] as const) {
    const value = Number(graph.texts(property, OWN + key)[0] ?? Number.NaN)
    if (Number.isFinite(value)) relation[key] = value
  }
  const inverse = [...graph.resources(property, expand('owl:inverseOf')), ...graph.subjects(expand('owl:inverseOf'), property)][0]
  const named = graph.texts(property, `${OWN}inverseName`)[0]
  if (inverse?.kind === 'iri') relation.inverse = draft.nameOf(inverse, 'relation')
  else if (named !== undefined) relation.inverse = named
}

function addDisjoint(draft: Draft, members: readonly Term[]): void {
  const names = members.flatMap((member) => draft.type(member)?.name ?? [])
  names.forEach((a, index) => {
    for (const b of names.slice(index + 1)) {
      if (!draft.disjoint.some((pair) => pair.includes(a) && pair.includes(b))) draft.disjoint.push([a, b])
    }
  })
}
