// Turtle text <-> triples of plain terms: the one place of the `n3` package.
import { DataFactory, Parser, type Quad_Object, type Quad_Subject, type Term as N3Term, Writer } from 'n3'

export interface Resource {
  readonly kind: 'iri' | 'blank'
  readonly value: string
}

export interface LiteralTerm {
  readonly kind: 'literal'
  readonly value: string
  readonly language: string
  readonly datatype: string
}

export type Term = Resource | LiteralTerm

/** What may be written as an object: also a list, or a blank node with its own properties. */
export type ObjectTerm = Term | { readonly kind: 'list'; readonly items: readonly ObjectTerm[] } | { readonly kind: 'node'; readonly properties: Properties }
export type Properties = readonly (readonly [predicate: string, object: ObjectTerm])[]

export interface Subject {
  readonly iri: string
  readonly properties: Properties
}

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
export const VOCABULARIES = {
  rdf: RDF,
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  owl: 'http://www.w3.org/2002/07/owl#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  sh: 'http://www.w3.org/ns/shacl#',
  gl: 'urn:graphloom:vocabulary#',
} as const

/** `owl:Class` -> its IRI. */
export function expand(name: `${keyof typeof VOCABULARIES}:${string}`): string {
  const [prefix, local] = name.split(':') as [keyof typeof VOCABULARIES, string]
  return VOCABULARIES[prefix] + local
}

export function iri(value: string): Resource {
  return { kind: 'iri', value }
}

export function literal(value: string, datatype = expand('xsd:string')): LiteralTerm {
  return { kind: 'literal', value, language: '', datatype }
}

/** Triples with look-ups; everything comes in the order of the text. */
export class RdfGraph {
  readonly #objects = new Map<string, Term[]>()
  readonly #subjects = new Map<string, Resource[]>()

  add(subject: Resource, predicate: string, object: Term): void {
    append(this.#objects, `${keyOf(subject)} ${predicate}`, object)
    append(this.#subjects, `${predicate} ${keyOf(object)}`, subject)
  }

  objects(subject: Resource, predicate: string): readonly Term[] {
    return this.#objects.get(`${keyOf(subject)} ${predicate}`) ?? []
  }

  resources(subject: Resource, predicate: string): readonly Resource[] {
    return this.objects(subject, predicate).filter((term) => term.kind !== 'literal')
  }

  /** Values of literals; English or unmarked ones where there are any. */
  texts(subject: Resource, predicate: string): readonly string[] {
    const literals = this.objects(subject, predicate).filter((term) => term.kind === 'literal')
    const preferred = literals.filter(({ language }) => language === '' || /^en\b/i.test(language))
    return [...new Set((preferred.length > 0 ? preferred : literals).map(({ value }) => value))]
  }

  subjects(predicate: string, object: Term): readonly Resource[] {
    return this.#subjects.get(`${predicate} ${keyOf(object)}`) ?? []
  }

  ofType(type: string): readonly Resource[] {
    return this.subjects(expand('rdf:type'), iri(type))
  }

  /** The members of an RDF list; a broken or circular one ends where it breaks. */
  list(head: Resource): readonly Term[] {
    const items: Term[] = []
    const seen = new Set<string>()
    for (let node: Resource | undefined = head; node && node.value !== `${RDF}nil` && !seen.has(keyOf(node)); node = this.resources(node, `${RDF}rest`)[0]) {
      seen.add(keyOf(node))
      items.push(...this.objects(node, `${RDF}first`).slice(0, 1))
    }
    return items
  }
}

/** Parses Turtle (N-Triples, N-Quads and TriG are read too; graph names are ignored). */
export function parseTurtle(text: string): { readonly graph: RdfGraph } | { readonly line: number; readonly message: string } {
  const graph = new RdfGraph()
  try {
    for (const { subject, predicate, object } of new Parser().parse(text)) {
      const [from, to] = [termOf(subject), termOf(object)]
      if (from && from.kind !== 'literal' && to) graph.add(from, predicate.value, to)
    }
    return { graph }
  } catch (error) {
    const { message, context } = error as Error & { readonly context?: { readonly line?: number } }
    return { line: context?.line ?? 0, message }
  }
}

/** Writes Turtle, subject by subject in the order given. */
export function writeTurtle(subjects: readonly Subject[], prefixes: Readonly<Record<string, string>>): string {
  const writer = new Writer({ prefixes: { ...prefixes } })
  for (const { iri: subject, properties } of subjects) {
    for (const [predicate, object] of properties) {
      writer.addQuad(DataFactory.quad(DataFactory.namedNode(subject) as Quad_Subject, DataFactory.namedNode(predicate), written(object, writer)))
    }
  }
  let text = ''
  // Without an output stream the writer calls back before `end` returns.
  writer.end((error, result) => {
    if (error) throw error
    text = String(result)
  })
  return text
}

function written(term: ObjectTerm, writer: Writer): Quad_Object {
  switch (term.kind) {
    case 'iri':
      return DataFactory.namedNode(term.value)
    case 'blank':
      return DataFactory.blankNode(term.value)
    case 'literal':
      return DataFactory.literal(term.value, term.language === '' ? DataFactory.namedNode(term.datatype) : term.language)
    case 'list':
      // The package's types say a list of terms; what it gives is the one term that stands for the list.
      return writer.list(term.items.map((item) => written(item, writer))) as unknown as Quad_Object
    case 'node':
      return writer.blank(term.properties.map(([predicate, object]) => ({ predicate: DataFactory.namedNode(predicate), object: written(object, writer) })))
  }
}

function termOf(term: N3Term): Term | undefined {
  if (term.termType === 'NamedNode') return iri(term.value)
  if (term.termType === 'BlankNode') return { kind: 'blank', value: term.value }
  if (term.termType === 'Literal') return { kind: 'literal', value: term.value, language: term.language, datatype: term.datatype.value }
  return undefined
}

function keyOf(term: Term): string {
  if (term.kind === 'literal') return JSON.stringify([term.value, term.language, term.datatype])
  return term.kind === 'iri' ? `<${term.value}>` : `_:${term.value}`
}

function append<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
