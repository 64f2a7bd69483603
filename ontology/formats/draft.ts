// What the RDF vocabularies fill in together: types and relations by IRI, under names that an ontology file can have.
import { isReserved } from '../checks/index.ts'
import type { EntityType, LiteralKind, OntologyProblem, Relation } from '../ontology.ts'
import { expand, type Resource, type RdfGraph, type Term } from './rdf.ts'

type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] extends readonly (infer Item)[] ? Item[] : Value[Key] }
export type TypeDraft = Mutable<EntityType>
export type RelationDraft = Mutable<Relation>

/** An ontology in the making; it lives only while one file is read. */
export class Draft {
  readonly graph: RdfGraph
  readonly types = new Map<string, TypeDraft>()
  readonly relations = new Map<string, RelationDraft>()
  readonly disjoint: (readonly [string, string])[] = []
  readonly problems: OntologyProblem[] = []
  readonly #file: string
  readonly #names = new Map<string, string>()
  readonly #taken = new Set<string>()

  constructor(graph: RdfGraph, file: string) {
    this.graph = graph
    this.#file = file
  }

  /** RDF readers keep no lines, so the place is the file. */
  warn(code: string, message: string): void {
    this.problems.push({ severity: 'warning', code: `ontology.${code}`, file: this.#file, line: 0, message })
  }

  /** The type for a class, made at the first call; none for blank nodes and for the class of everything. */
  type(resource: Term): TypeDraft | undefined {
    if (resource.kind !== 'iri' || TOP.has(resource.value)) return undefined
    const known = this.types.get(resource.value)
    if (known) return known
    const type: TypeDraft = { name: this.nameOf(resource, 'type'), description: '', parents: [], ner: [], gazetteer: [], patterns: [] }
    this.types.set(resource.value, type)
    return type
  }

  relation(resource: Resource): RelationDraft {
    const known = this.relations.get(resource.value)
    if (known) return known
    const name = this.nameOf(resource, 'relation')
    const relation: RelationDraft = {
      name, label: '', description: '', domain: [], range: [], aliases: [], examples: [], negatives: [],
      symmetric: false, transitive: false, irreflexive: false, acyclic: false, functional: false,
    }
    this.relations.set(resource.value, relation)
    return relation
  }

  /** Local name of an IRI with every character that a name cannot have replaced; a reserved one gets "_" at its end, a second IRI of one name a number. */
  nameOf({ value }: Resource, what: 'type' | 'relation'): string {
    const known = this.#names.get(value)
    if (known !== undefined) return known
    const local = decode(value.replace(/[#/]+$/, '').split(/[#/:]/).at(-1)!).replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d|$)/, '_')
    const free = isReserved(local, what) ? `${local}_` : local
    let name = free
    for (let number = 2; this.#taken.has(name); number++) name = `${free}_${number}`
    if (name !== local) this.warn('renamed', `<${value}> has a name that is ${free === local ? 'taken' : 'reserved'}; it is called "${name}".`)
    this.#taken.add(name)
    this.#names.set(value, name)
    return name
  }
}

const TOP = new Set([expand('owl:Thing'), expand('rdfs:Resource'), expand('rdfs:Class'), expand('owl:Class'), expand('skos:Concept')])

const KINDS: Readonly<Record<LiteralKind, readonly string[]>> = {
  date: ['date', 'dateTime', 'dateTimeStamp', 'gYear', 'gYearMonth', 'gMonthDay', 'gMonth', 'gDay', 'time'],
  number: ['decimal', 'integer', 'float', 'double', 'int', 'long', 'short', 'byte', 'nonNegativeInteger', 'positiveInteger', 'nonPositiveInteger', 'negativeInteger', 'unsignedInt', 'unsignedLong', 'unsignedShort', 'unsignedByte'],
  quantity: ['duration', 'dayTimeDuration', 'yearMonthDuration'],
  string: ['string', 'normalizedString', 'token', 'language', 'Name', 'NCName'],
  url: ['anyURI'],
  boolean: ['boolean'],
}

/** The datatype that stands for a literal kind; the first of its kind in XML Schema, but a quantity has none there. */
export function datatypeOf(kind: LiteralKind): string {
  return kind === 'quantity' ? expand('gl:quantity') : expand(`xsd:${KINDS[kind][0]!}`)
}

/** The literal kind of a datatype; none when it is no datatype that is known. */
export function kindOf(datatype: string): LiteralKind | undefined {
  if (datatype === expand('gl:quantity')) return 'quantity'
  if (datatype === expand('rdfs:Literal') || datatype === expand('rdf:langString') || datatype === expand('rdf:PlainLiteral')) return 'string'
  const kinds = Object.keys(KINDS) as LiteralKind[]
  return kinds.find((kind) => KINDS[kind].some((name) => datatype === expand(`xsd:${name}`)))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
