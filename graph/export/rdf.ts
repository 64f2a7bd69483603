// The graph as RDF (Turtle, N-Quads): accepted facts as triples of the ontology's namespace, and every fact as a statement with its evidence in PROV-O.
import { DataFactory, type Quad, type Quad_Object, type Quad_Predicate, type Quad_Subject, Writer } from 'n3'
import type { Evidence, Fact, LiteralEnd } from '../fact.ts'
import type { ExportedEntity } from '../read.ts'
import type { Contents, Part } from './contents.ts'

const { namedNode, literal, quad, defaultGraph } = DataFactory

const PREFIXES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#', rdfs: 'http://www.w3.org/2000/01/rdf-schema#', xsd: 'http://www.w3.org/2001/XMLSchema#', skos: 'http://www.w3.org/2004/02/skos/core#',
  prov: 'http://www.w3.org/ns/prov#', gl: 'urn:graphloom:vocabulary#',
} as const

type Name = `${keyof typeof PREFIXES}:${string}`
type Properties = readonly (readonly [Name | Quad_Predicate, Quad_Object | undefined])[]

const term = (name: Name) => {
  const at = name.indexOf(':')
  return namedNode(PREFIXES[name.slice(0, at) as keyof typeof PREFIXES] + name.slice(at + 1))
}
const resource = (id: string) => namedNode(`urn:graphloom:${id.replace(/[^\w.:~/-]/gu, (character) => encodeURIComponent(character))}`)
const text = (value: string | undefined) => (value === undefined ? undefined : literal(value))
const number = (value: number | undefined) => (value === undefined ? undefined : literal(String(value), term(Number.isInteger(value) ? 'xsd:integer' : 'xsd:decimal')))

export async function* turtle(all: readonly Contents[]): AsyncIterable<Part> {
  // One collection has its own namespace as the empty prefix; several may not share it.
  const namespace = all.length === 1 ? { '': all[0]?.ontology.namespace ?? '' } : {}
  yield* written(all, 'text/turtle', { ...PREFIXES, ...namespace })
}

/** Each collection is a named graph. */
export async function* nquads(all: readonly Contents[]): AsyncIterable<Part> {
  yield* written(all, 'application/n-quads', {})
}

async function* written(all: readonly Contents[], format: string, prefixes: Readonly<Record<string, string>>): AsyncIterable<Part> {
  let held = ''
  const output = { write: (chunk: string, _: string, done?: () => void) => { held += chunk; done?.() }, end: (done?: () => void) => done?.() }
  const writer = new Writer(output as unknown as NodeJS.WritableStream, { format, prefixes, end: false } as ConstructorParameters<typeof Writer>[1])
  const flush = (): Part => { const part = { file: '', text: held }; held = ''; return part }
  for (const contents of all) {
    const graph = format === 'text/turtle' ? defaultGraph() : resource(`collection:${contents.collection}`)
    const add = (quads: readonly Quad[]): void => { for (const one of quads) writer.addQuad(quad(one.subject, one.predicate, one.object, graph)) }
    for await (const document of contents.documents()) {
      add(described(resource(document.id), [
        ['rdf:type', term('prov:Entity')], ['rdf:type', term('gl:Document')], ['rdfs:label', text(document.title === '' ? document.uri : document.title)],
        ['gl:uri', text(document.uri)], ['gl:record', text(document.record)], ['gl:sha256', text(document.sha256)],
      ]))
      yield flush()
    }
    for await (const entity of contents.entities()) {
      add(entityQuads(entity, contents.ontology.namespace))
      yield flush()
    }
    for await (const fact of contents.facts()) {
      add(factQuads(fact, contents.ontology.namespace))
      yield flush()
    }
  }
  await new Promise<void>((resolve, reject) => writer.end((error) => (error ? reject(error) : resolve())))
  yield flush()
}

function described(subject: Quad_Subject, properties: Properties): readonly Quad[] {
  return properties.flatMap(([predicate, object]) => (object === undefined ? [] : [quad(subject, typeof predicate === 'string' ? term(predicate) : predicate, object)]))
}

function entityQuads({ id, name, type, aliases, masterId, mentions }: ExportedEntity, namespace: string): readonly Quad[] {
  return described(resource(id), [
    ['rdf:type', namedNode(namespace + type)], ['rdfs:label', text(name)], ...aliases.map((alias) => ['skos:altLabel', text(alias)] as const),
    ['gl:masterId', text(masterId)], ['gl:mentions', number(mentions)],
  ])
}

function factQuads(fact: Fact, namespace: string): readonly Quad[] {
  const [subject, head, relation] = [resource(fact.id), resource(fact.head.id), namedNode(namespace + fact.relation)]
  const tail = 'literal' in fact.tail ? valueOf(fact.tail) : resource(fact.tail.id)
  return [
    ...(fact.status === 'accepted' ? [quad(head, relation, tail)] : []),
    ...described(subject, [
      ['rdf:type', term('rdf:Statement')], ['rdf:type', term('prov:Entity')], ['rdf:subject', head], ['rdf:predicate', relation], ['rdf:object', tail],
      ['gl:score', number(fact.score)], ['gl:status', text(fact.status)], ['gl:support', number(fact.support)], ['gl:ontology', text(fact.ontology)],
      ['prov:wasAttributedTo', resource(`model:${fact.model}`)], ...fact.evidence.map((_, index) => ['prov:wasDerivedFrom', resource(`${fact.id}/evidence/${index}`)] as const),
    ]),
    ...fact.evidence.flatMap((place, index) => evidenceQuads(resource(`${fact.id}/evidence/${index}`), place)),
  ]
}

function evidenceQuads(subject: Quad_Subject, { document, page, section, start, end, quote, score }: Evidence): readonly Quad[] {
  return described(subject, [
    ['rdf:type', term('prov:Entity')], ['rdf:type', term('gl:Evidence')], ['prov:value', text(quote)], ['prov:wasDerivedFrom', resource(document)],
    ['gl:page', number(page)], ['gl:section', text(section)], ['gl:start', number(start)], ['gl:end', number(end)], ['gl:score', number(score)],
  ])
}

/** A literal in the datatype that its value has the form of. */
function valueOf({ literal: kind, value }: LiteralEnd) {
  const forms: Readonly<Record<string, readonly (readonly [RegExp, Name])[]>> = {
    date: [[/^-?\d{4}$/u, 'xsd:gYear'], [/^-?\d{4}-\d\d$/u, 'xsd:gYearMonth'], [/^-?\d{4}-\d\d-\d\d$/u, 'xsd:date']],
    number: [[/^-?\d+$/u, 'xsd:integer'], [/^-?\d+\.\d+$/u, 'xsd:decimal']],
    boolean: [[/^(true|false)$/u, 'xsd:boolean']],
    url: [[/^[a-z][\w+.-]*:[^\s<>"{}|\\^`]*$/iu, 'xsd:anyURI']],
  }
  const [, datatype] = forms[kind]?.find(([form]) => form.test(value)) ?? []
  return datatype === undefined ? literal(value) : literal(value, term(datatype))
}
