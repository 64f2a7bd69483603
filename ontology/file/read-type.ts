// One entry under `types:` -> EntityType, its gazetteer file included.
import { type OntologyReading, type Reading, readFields, readText, readTexts, reportAt, wrongKind } from './fields.ts'
import { readGazetteer } from './gazetteer.ts'
import type { CoarseType, EntityType, GazetteerEntry } from '../ontology.ts'
import type { Entry, Tree } from './yaml.ts'

const TYPE_KEYS = ['parents', 'description', 'ner', 'names', 'gazetteer', 'patterns'] as const
const NAME_KEYS = ['id', 'name', 'aliases'] as const

export async function readType(entry: Entry, reading: OntologyReading): Promise<EntityType> {
  const path = `types/${entry.key}`
  const fields = readFields(entry.value, `type "${entry.key}"`, TYPE_KEYS, reading)
  const listed = (key: 'parents' | 'ner' | 'patterns') => {
    const texts = readTexts(fields[key], reading)
    texts.forEach(({ line }, index) => reading.places.set(`${path}/${key}/${index}`, { file: reading.file, line }))
    return texts.map(({ text }) => text)
  }
  let gazetteer = readNames(fields.names, reading)
  // Not `push(...)`: a gazetteer may have more rows than a call can have arguments.
  for (const { text, line } of readTexts(fields.gazetteer, reading)) gazetteer = gazetteer.concat(await readGazetteerFile(text, line, reading))
  return {
    name: entry.key,
    description: readText(fields.description, reading) ?? '',
    parents: listed('parents'),
    // Whether these are coarse types at all is for check.ts to say, with the nearest one.
    ner: listed('ner') as CoarseType[],
    gazetteer,
    patterns: listed('patterns'),
  }
}

function readNames(entry: Entry | undefined, reading: Reading): GazetteerEntry[] {
  if (!entry) return []
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value]
  return items.flatMap((item) => readNameEntry(item, entry, reading))
}

/** A name, or `{ id, name, aliases }`. */
function readNameEntry(item: Tree, entry: Entry, reading: Reading): GazetteerEntry[] {
  if (item.kind === 'scalar') {
    if (item.value !== null && item.text.trim() !== '') return [{ name: item.text, aliases: [] }]
    wrongKind(reading, item, 'an entry of "names"', 'a name')
    return []
  }
  const fields = readFields(item, `an entry of "${entry.key}"`, NAME_KEYS, reading)
  const id = readText(fields.id, reading)
  const name = readText(fields.name, reading)
  const aliases = readTexts(fields.aliases, reading).map(({ text }) => text)
  if (name !== undefined) return [{ ...(id === undefined ? {} : { id }), name, aliases }]
  reportAt(reading, 'missing-key', item.line, 'An entry of "names" needs "name".')
  return []
}

async function readGazetteerFile(path: string, line: number, reading: OntologyReading): Promise<readonly GazetteerEntry[]> {
  let csv: string
  try {
    csv = await reading.readFile(path)
  } catch (error) {
    reportAt(reading, 'unreadable', line, `Cannot read the gazetteer "${path}": ${(error as Error).message}.`)
    return []
  }
  const file = reading.resolve(path)
  const { entries, problems } = readGazetteer(csv, file)
  for (const problem of problems) reading.report.error('bad-gazetteer', { file, line: problem.line }, problem.message)
  return entries
}
