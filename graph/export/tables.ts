// The graph as tables: CSV for people and spreadsheets, and the header and part files that `neo4j-admin database import full` takes.
import { compileOntology } from '../../ontology/index.ts'
import { passageId } from '../claim.ts'
import { literalId } from '../identity.ts'
import type { Contents, Part } from './contents.ts'

type Cell = string | number | undefined

const CSV = {
  'entities.csv': ['collection', 'id', 'name', 'type', 'aliases', 'masterId', 'documents', 'mentions'],
  'facts.csv': ['collection', 'id', 'head', 'headName', 'headType', 'relation', 'tail', 'tailName', 'tailType', 'score', 'status', 'support', 'ontology', 'model'],
  'evidence.csv': ['fact', 'document', 'uri', 'record', 'page', 'section', 'sentence', 'start', 'end', 'quote', 'headText', 'tailText', 'score'],
} as const

/** Three tables; a list in a cell is a JSON array. */
export async function* csv(all: readonly Contents[]): AsyncIterable<Part> {
  for (const [file, names] of Object.entries(CSV)) yield { file, text: line(names) }
  for (const { collection, entities, facts } of all) {
    for await (const { id, name, type, aliases, masterId, documents, mentions } of entities()) {
      yield { file: 'entities.csv', text: line([collection, id, name, type, JSON.stringify(aliases), masterId, JSON.stringify(documents), mentions]) }
    }
    for await (const { id, head, relation, tail, score, status, support, ontology, model, evidence } of facts()) {
      const end = 'literal' in tail ? ['', tail.value, tail.literal] : [tail.id, tail.name, tail.type]
      yield { file: 'facts.csv', text: line([collection, id, head.id, head.name, head.type, relation, ...end, score, status, support, ontology, model]) }
      for (const place of evidence) {
        const { document, uri, record, page, section, sentence, start, end: stop, quote } = place
        yield { file: 'evidence.csv', text: line([id, document, uri, record, page, section, sentence, start, stop, quote, place.head.text, place.tail.text, place.score]) }
      }
    }
  }
}

const HEADERS = {
  entities: ['id:ID', 'name', 'type', 'aliases:string[]', 'masterId', 'mentions:long', 'support:long', 'collection', ':LABEL'],
  literals: ['id:ID', 'name', 'kind', 'value', 'collection', ':LABEL'],
  documents: ['id:ID', 'name', 'uri', 'sha256', 'collection', ':LABEL'],
  passages: ['id:ID', 'name', 'text', 'page:long', 'section', 'start:long', 'end:long', 'collection', ':LABEL'],
  evidence: ['id:ID', 'name', 'factId', 'quote', 'score:double', 'collection', ':LABEL'],
  candidates: ['id:ID', 'name', 'head', 'relation', 'tail', 'value', 'score:double', 'status', 'support:long', 'collection', ':LABEL'],
  facts: [':START_ID', 'id', 'score:double', 'support:long', 'status', 'ontology', 'model', 'collection', ':END_ID', ':TYPE'],
  places: [':START_ID', ':END_ID', ':TYPE'],
} as const

type Table = keyof typeof HEADERS
const NAME_LENGTH = 60

/** The graph as people browse it in Neo4j, for an empty database; `import.sh` holds the command. What Graphloom needs to go on writing is not in it: use `push` for that. */
export async function* neo4jAdmin(all: readonly Contents[]): AsyncIterable<Part> {
  for (const [table, names] of Object.entries(HEADERS)) {
    yield { file: `${table}-header.csv`, text: line(names) }
    yield { file: `${table}-part1.csv`, text: '' }
  }
  const isEdge = (table: string): boolean => table === 'facts' || table === 'places'
  const option = (table: string): string => `  --${isEdge(table) ? 'relationships' : 'nodes'}=${table}-header.csv,${table}-part1.csv \\\n`
  yield { file: 'import.sh', text: `#!/bin/sh\n# Into an empty database, with the server stopped.\nneo4j-admin database import full neo4j --id-type=string --multiline-fields=true --array-delimiter=U+001F \\\n${Object.keys(HEADERS).map(option).join('')}  "$@"\n` }
  for (const contents of all) {
    yield* entityRows(contents)
    yield* documentRows(contents)
    yield* factRows(contents)
  }
}

const row = (table: Table, cells: readonly Cell[]): Part => ({ file: `${table}-part1.csv`, text: line(cells) })

async function* entityRows({ collection, ontology, entities }: Contents): AsyncIterable<Part> {
  const compiled = compileOntology(ontology)
  for await (const { id, name, type, aliases, masterId, mentions, documents } of entities()) {
    const labels = ['Entity', ...[...compiled.ancestors(type)].sort()].join('\u001F')
    yield row('entities', [id, name, type, aliases.join('\u001F'), masterId, mentions, documents.length, collection, labels])
  }
}

async function* documentRows({ collection, documents }: Contents): AsyncIterable<Part> {
  for await (const { id, title, uri, sha256, passages } of documents()) {
    const name = title === '' ? uri : title
    yield row('documents', [id, name, uri, sha256, collection, 'Document'])
    for (const { sentence, start, end, text, page, section } of passages) {
      yield row('passages', [passageId(id, sentence), name, text, page, section, start, end, collection, 'Passage'])
      yield row('places', [passageId(id, sentence), id, 'PART_OF'])
    }
  }
}

async function* factRows({ collection, facts }: Contents): AsyncIterable<Part> {
  const literals = new Set<string>()
  for await (const { id, head, relation, tail, score, status, support, ontology, model, evidence } of facts()) {
    const end = 'literal' in tail ? literalId(collection, tail) : tail.id
    if (status !== 'accepted') {
      const name = `${head.name} ${relation} ${'literal' in tail ? tail.text : tail.name}`
      yield row('candidates', [id, name, head.id, relation, 'literal' in tail ? undefined : tail.id, 'literal' in tail ? tail.value : undefined, score, status, support, collection, 'Candidate'])
    } else {
      if ('literal' in tail && !literals.has(end)) yield row('literals', [end, tail.text, tail.literal, tail.value, collection, 'Literal'])
      literals.add(end)
      yield row('facts', [head.id, id, score, support, status, ontology, model, collection, end, relation])
    }
    for (const [index, place] of evidence.entries()) {
      yield row('evidence', [`${id}/${index}`, place.quote.slice(0, NAME_LENGTH), id, place.quote, place.score, collection, 'Evidence'])
      yield row('places', [`${id}/${index}`, passageId(place.document as `doc:${string}`, place.sentence), 'FROM'])
    }
  }
}

/** Fields that hold a comma, a quote or the end of a line stand in quotes; an empty text is told from nothing. */
function line(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (cell === undefined ? '' : typeof cell === 'number' ? String(cell) : cell === '' ? '""' : /[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}
