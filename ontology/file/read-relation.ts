// One entry under `relations:` -> Relation, its file of examples included.
import { readMarked, readRow } from '../example.ts'
import { addExamples, readExamples } from '../examples.ts'
import { type Fields, type OntologyReading, readCount, readFields, readFlag, readProbability, readText, readTexts, reportAt, wrongKind } from './fields.ts'
import { LITERAL_KINDS, type Ontology, type Relation, type RelationExample } from '../ontology.ts'
import { labelOf } from '../verbalize.ts'
import type { Entry, ScalarTree, Tree } from './yaml.ts'

const FLAG_KEYS = ['symmetric', 'transitive', 'irreflexive', 'acyclic', 'functional'] as const
const RELATION_KEYS = ['label', 'description', 'domain', 'range', 'inverse', ...FLAG_KEYS, 'max', 'aliases', 'examples', 'negatives', 'policy'] as const
type RelationKey = (typeof RELATION_KEYS)[number]

export async function readRelation(entry: Entry, reading: OntologyReading): Promise<Relation> {
  const name = entry.key
  const fields = readFields(entry.value, `relation "${name}"`, RELATION_KEYS, reading)
  for (const [key, field] of Object.entries(fields)) reading.places.set(`relations/${name}/${key}`, { file: reading.file, line: field.line })
  const [domain, range] = [readEnd('domain', entry, fields, reading), readEnd('range', entry, fields, reading)]
  const literal = LITERAL_KINDS.find((kind) => range.includes(kind))
  const inverse = readText(fields.inverse, reading)
  const examples = [...(await readSentences(name, fields.examples, false, reading)), ...(await readSentences(name, fields.negatives, true, reading))]
  return {
    name,
    label: readText(fields.label, reading) ?? labelOf(name),
    description: readText(fields.description, reading) ?? '',
    domain,
    range,
    ...(literal ? { literal } : {}),
    aliases: readTexts(fields.aliases, reading).map(({ text }) => text),
    ...(inverse === undefined ? {} : { inverse }),
    ...readFlags(fields, reading),
    ...readLimits(fields.max, name, reading),
    examples: examples.filter(({ negative }) => !negative),
    negatives: examples.filter(({ negative }) => negative),
    ...readPolicy(fields.policy, name, reading),
  }
}

/** Adds the rows of a top-level `examples:` file to their relations. */
export async function readExampleFile(ontology: Ontology, { text, line }: ScalarTree, reading: OntologyReading): Promise<Ontology> {
  return addExamples(ontology, await readFileOfExamples(text, line, undefined, false, reading), reading.report)
}

function readEnd(key: 'domain' | 'range', entry: Entry, fields: Fields<RelationKey>, reading: OntologyReading): string[] {
  if (!fields[key]) reportAt(reading, 'missing-key', entry.line, `Relation "${entry.key}" needs "${key}".`)
  const texts = readTexts(fields[key], reading)
  texts.forEach(({ line }, index) => reading.places.set(`relations/${entry.key}/${key}/${index}`, { file: reading.file, line }))
  if (fields[key]?.value.kind === 'list' && texts.length === 0) reportAt(reading, `empty-${key}`, fields[key].line, `The ${key} of "${entry.key}" is empty: no pair of entities could ever have this relation.`)
  return [...new Set(texts.map(({ text }) => text))]
}

function readFlags(fields: Fields<RelationKey>, reading: OntologyReading): Pick<Relation, (typeof FLAG_KEYS)[number]> {
  return {
    symmetric: readFlag(fields.symmetric, reading),
    transitive: readFlag(fields.transitive, reading),
    irreflexive: readFlag(fields.irreflexive, reading),
    acyclic: readFlag(fields.acyclic, reading),
    functional: readFlag(fields.functional, reading),
  }
}

function readLimits(entry: Entry | undefined, name: string, reading: OntologyReading): Pick<Relation, 'maxTails' | 'maxHeads'> {
  if (!entry) return {}
  const fields = readFields(entry.value, `"max" of relation "${name}"`, ['tails', 'heads'] as const, reading)
  const maxTails = readCount(fields.tails, reading)
  const maxHeads = readCount(fields.heads, reading)
  return { ...(maxTails === undefined ? {} : { maxTails }), ...(maxHeads === undefined ? {} : { maxHeads }) }
}

function readPolicy(entry: Entry | undefined, name: string, reading: OntologyReading): Pick<Relation, 'precision'> {
  if (!entry) return {}
  const precision = readProbability(readFields(entry.value, `"policy" of relation "${name}"`, ['precision'] as const, reading).precision, reading)
  return precision === undefined ? {} : { precision }
}

/** A list of marked sentences (or of rows as in JSON Lines), or the name of a file. */
async function readSentences(relation: string, entry: Entry | undefined, negative: boolean, reading: OntologyReading): Promise<RelationExample[]> {
  if (!entry) return []
  const { value } = entry
  if (value.kind === 'scalar' && value.value !== null && !/<\/?[ht]>/.test(value.text)) {
    const placed = await readFileOfExamples(value.text, value.line, relation, negative, reading)
    return placed.map(({ file: _, line: __, ...example }) => example)
  }
  const items = value.kind === 'list' ? value.items : [value]
  return items.flatMap((item) => {
    if (item.kind === 'list') {
      wrongKind(reading, item, `an entry of "${entry.key}"`, 'a marked sentence')
      return []
    }
    const result = item.kind === 'scalar' ? readMarked(item.text, relation, negative) : readRow(plain(item), relation, negative)
    if ('example' in result) return [result.example]
    reportAt(reading, 'bad-example', item.line, result.problem)
    return []
  })
}

async function readFileOfExamples(path: string, line: number, relation: string | undefined, negative: boolean, reading: OntologyReading) {
  let text: string
  try {
    text = await reading.readFile(path)
  } catch (error) {
    reportAt(reading, 'unreadable', line, `Cannot read the examples "${path}": ${(error as Error).message}.`)
    return []
  }
  return readExamples(text, reading.resolve(path), reading.report, relation, negative)
}

function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(plain)
  return Object.fromEntries(tree.entries.map(({ key, value }) => [key, plain(value)]))
}
