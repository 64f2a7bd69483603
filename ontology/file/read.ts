// Tree of an ontology file -> Ontology with every default filled in, and the place of each part for the checks that follow.
import { type Fields, type OntologyReading, readEntries, readFields, readText, readTexts, reportAt } from './fields.ts'
import type { EntityType, Ontology, Relation } from '../ontology.ts'
import { readExampleFile, readRelation } from './read-relation.ts'
import { readType } from './read-type.ts'
import type { Entry, Tree } from './yaml.ts'

const TOP_KEYS = ['name', 'version', 'namespace', 'types', 'relations', 'disjoint', 'examples'] as const
const SEMVER = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/
const IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/

/** Reads what can be read; the result is only of use when nothing was reported. */
export async function readOntology(tree: Tree, reading: OntologyReading): Promise<Ontology> {
  const fields = readFields(tree, 'the ontology', TOP_KEYS, reading)
  const name = readName(fields, tree.line, reading)
  const types: [string, EntityType][] = []
  for (const entry of entriesOf(fields.types, 'types', reading)) types.push([entry.key, await readType(entry, reading)])
  const relations: [string, Relation][] = []
  for (const entry of entriesOf(fields.relations, 'relations', reading)) relations.push([entry.key, await readRelation(entry, reading)])
  const ontology: Ontology = {
    name,
    version: readVersion(fields, tree.line, reading),
    namespace: readNamespace(fields, name, reading),
    types: recordOf(types),
    relations: recordOf(relations),
    disjoint: readDisjoint(fields.disjoint, reading),
  }
  if (types.length === 0) reportAt(reading, 'missing-key', fields.types?.line ?? tree.line, 'An ontology needs at least one type under "types".')
  let complete = ontology
  for (const file of readTexts(fields.examples, reading)) complete = await readExampleFile(complete, file, reading)
  return complete
}

function entriesOf(entry: Entry | undefined, what: string, reading: OntologyReading): readonly Entry[] {
  if (!entry) return []
  const entries = readEntries(entry.value, `"${what}"`, reading)
  for (const { key, line } of entries) reading.places.set(`${what}/${key}`, { file: reading.file, line })
  return entries
}

/** Unlike an assignment, this keeps even a key named `__proto__` an ordinary key, so that the checks see it. */
function recordOf<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries)
}

function readName(fields: Fields<'name'>, line: number, reading: OntologyReading): string {
  const name = readText(fields.name, reading) ?? ''
  if (!fields.name) reportAt(reading, 'missing-key', line, 'An ontology needs "name".')
  else if (!/^[^\s@]+$/.test(name)) {
    const better = name.trim().replace(/[\s@]+/g, '-')
    reportAt(reading, 'bad-name', fields.name.line, `The name of an ontology has no blanks and no "@"; given: "${name}"${better ? `, try "${better}"` : ''}.`)
  }
  return name
}

function readVersion(fields: Fields<'version'>, line: number, reading: OntologyReading): string {
  const version = readText(fields.version, reading) ?? ''
  if (!fields.version) reportAt(reading, 'missing-key', line, 'An ontology needs "version", e.g. 1.0.0.')
  else if (!SEMVER.test(version)) {
    const numbers = version.match(/^v?(\d+)(?:\.(\d+))?$/)
    const better = numbers ? `, try ${Number(numbers[1])}.${Number(numbers[2] ?? 0)}.0` : ''
    reportAt(reading, 'bad-version', fields.version.line, `The version must be MAJOR.MINOR.PATCH (semver); given: "${version}"${better}.`)
  }
  return version
}

function readNamespace(fields: Fields<'namespace'>, name: string, reading: OntologyReading): string {
  const namespace = readText(fields.namespace, reading) ?? `urn:graphloom:${encodeURIComponent(name)}#`
  if (!IRI.test(namespace)) reportAt(reading, 'bad-namespace', fields.namespace?.line ?? 0, `The namespace must be an absolute IRI such as https://example.com/companies#; given: "${namespace}".`)
  return namespace
}

/** Lists of two or more types; longer lists mean every pair. */
function readDisjoint(entry: Entry | undefined, reading: OntologyReading): (readonly [string, string])[] {
  if (!entry) return []
  if (entry.value.kind !== 'list' || entry.value.items.some(({ kind }) => kind !== 'list')) {
    reportAt(reading, 'wrong-kind', entry.line, '"disjoint" must be a list of lists of types, e.g. [[Person, Organization]].')
    return []
  }
  const pairs: (readonly [string, string])[] = []
  for (const item of entry.value.items) {
    const types = readTexts({ ...entry, value: item }, reading).map(({ text }) => text)
    if (types.length < 2) reportAt(reading, 'bad-disjoint', item.line, 'A list of disjoint types needs at least two.')
    types.forEach((a, index) => {
      for (const b of types.slice(index + 1)) {
        reading.places.set(`disjoint/${pairs.length}`, { file: reading.file, line: item.line })
        pairs.push([a, b])
      }
    })
  }
  return pairs
}
