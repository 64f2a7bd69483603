// CSV: the first row names the columns, every other row is a record: its text column, or all its cells as one table row.
import { finished } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { GraphloomError } from '../../errors.ts'
import type { Cell } from '../document.ts'
import { decodeStream } from '../decode.ts'
import type { RawResult, ReaderInput } from '../reader.ts'
import { contentHash, type FieldMap, type Fields, fromFields, keyOf, metadataOf, scalar, valueOf } from './record.ts'

const MEDIA_TYPE = 'text/csv'
const DELIMITERS = [',', ';', '\t', '|'] as const
const SNIFFED = 16 * 1024

/** The records of a CSV source with comma, semicolon, tab or bar between the columns. */
export async function* readCsv(input: ReaderInput): AsyncIterable<RawResult> {
  let columns: readonly string[] | undefined
  try {
    let header = 0
    for await (const { values, line, start, end } of rowsOf(decodeStream(input.stream()), input.limits.lineBytes)) {
      if (columns === undefined) {
        columns = columnNames(values)
        header = end
        continue
      }
      const result = recordOf(columns, values, input.fieldMap, `line ${line}`)
      yield 'failure' in result ? result : { document: { ...result.document, ranges: [[0, header], [start, end]] } }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    yield { failure: { code: 'ingest.invalid-csv', reason: `${error.message.slice(0, 200)}; the rows from here on were not read` } }
    return
  }
  if (columns === undefined) throw new GraphloomError('ingest.empty', 'the file has no rows')
}

interface Row {
  readonly values: readonly string[]
  /** Line on which it ends, from 1. */
  readonly line: number
  /** Bytes of the row, with its line end, in the UTF-8 form of the text. */
  readonly start: number
  readonly end: number
}

/** All rows before the first that cannot be parsed, then its error; they are taken from the parser by hand, as its stream drops them. */
async function* rowsOf(texts: AsyncIterable<string>, most: number): AsyncIterable<Row> {
  const { head, whole } = await peekText(texts)
  const rows: Row[] = []
  let start = 0
  const parser = parse({
    delimiter: delimiterOf(head), bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: most,
    on_record: (values: string[], { lines, bytes }) => {
      rows.push({ values, line: lines, start, end: bytes })
      start = bytes
      return null
    },
  })
  let error: Error | undefined
  parser.on('error', caught => {
    error ??= caught
  })
  parser.resume()
  try {
    for await (const text of whole) {
      await new Promise<void>(done => void parser.write(text, () => done()))
      yield* rows.splice(0)
      if (error !== undefined) throw error
    }
    await new Promise<void>(done => {
      finished(parser, () => done())
      parser.end()
    })
    yield* rows.splice(0)
    if (error !== undefined) throw error
  } finally {
    parser.destroy()
  }
}

function recordOf(columns: readonly string[], values: readonly string[], map: FieldMap, place: string): RawResult {
  const fields = Object.fromEntries(values.map((value, at) => [columns[at] ?? `column ${at + 1}`, value]))
  const whole: Fields = { ...Object.fromEntries(columns.map(column => [column, ''])), ...fields }
  return keyOf(whole, 'text', map) === undefined ? fromCells(whole, map, place) : fromFields(whole, map, MEDIA_TYPE, place)
}

/** `Header: value | Header: value`; a cell's span is that of the value. */
function fromCells(fields: Fields, map: FieldMap, place: string): RawResult {
  const id = keyOf(fields, 'id', map)
  const title = keyOf(fields, 'title', map)
  const cells: Cell[] = []
  let text = ''
  for (const [header, value] of Object.entries(fields)) {
    const shown = header === id ? undefined : scalar(value)
    if (shown === undefined) continue
    text += `${text === '' ? '' : ' | '}${header}: `
    cells.push({ start: text.length, end: text.length + shown.length, header })
    text += shown
  }
  if (cells.length === 0) return { failure: { code: 'ingest.empty', reason: `${place}: the row is empty` } }
  const record = id === undefined ? undefined : scalar(valueOf(fields, id))
  const name = title === undefined ? undefined : scalar(valueOf(fields, title))
  const content = contentHash(name, text)
  return {
    document: {
      record: record ?? content.slice(0, 16),
      ...(name === undefined ? {} : { title: name }),
      mediaType: MEDIA_TYPE,
      text,
      sha256: content,
      blocks: [{ kind: 'row', start: 0, end: text.length, cells }],
      pages: [],
      metadata: metadataOf({}, new Set()),
    },
  }
}

/** Names of the columns; one without a name, or with a name that is taken, is called by its number. */
function columnNames(row: readonly string[]): string[] {
  const names: string[] = []
  row.forEach((value, at) => {
    const name = value.trim()
    names.push(name === '' || names.includes(name) ? `column ${at + 1}` : name)
  })
  return names
}

/** The delimiter that splits the first line most often, quoted parts aside. */
function delimiterOf(head: string): string {
  const line = head.replace(/"[^"]*"/g, '').split(/\r?\n/, 1)[0]!
  const counts = DELIMITERS.map(delimiter => line.split(delimiter).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))]!
}

async function peekText(pieces: AsyncIterable<string>): Promise<{ head: string; whole: AsyncIterable<string> }> {
  const iterator = pieces[Symbol.asyncIterator]()
  let head = ''
  let done = false
  while (head.length < SNIFFED && !done) {
    const next = await iterator.next()
    done = next.done === true
    if (!next.done) head += next.value
  }
  async function* whole(): AsyncIterable<string> {
    yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  return { head, whole: whole() }
}
