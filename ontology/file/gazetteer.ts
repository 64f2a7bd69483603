// CSV rows `id,name,alias,alias...` -> gazetteer entries; a header line is optional.
import { CsvError, parse } from 'csv-parse/sync'
import type { GazetteerEntry } from '../ontology.ts'

export interface GazetteerProblem {
  readonly line: number
  readonly message: string
}

export interface Gazetteer {
  readonly entries: readonly GazetteerEntry[]
  readonly problems: readonly GazetteerProblem[]
}

const OPTIONS = { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true } as const

/** Reads a gazetteer; rows that share an id become one entry whose further names are aliases. A `.tsv` file is split at tabs. */
export function readGazetteer(csv: string, file: string): Gazetteer {
  const problems: GazetteerProblem[] = []
  const delimiter = file.toLowerCase().endsWith('.tsv') ? '\t' : ','
  const rows = readRows(csv, delimiter, problems)
  if (rows.some(([, name]) => !name)) return { entries: [], problems: nameless(csv, delimiter) }
  const byId = new Map<string, Row>()
  const entries: Row[] = []
  for (const [id = '', name = '', ...aliases] of rows) {
    const known = id === '' ? undefined : byId.get(id)
    if (known) known.aliases.push(name, ...aliases)
    else {
      const entry = { ...(id === '' ? {} : { id }), name, aliases }
      entries.push(entry)
      if (id !== '') byId.set(id, entry)
    }
  }
  return { entries: entries.map(({ aliases, ...entry }) => ({ ...entry, aliases: distinct(aliases, entry.name) })), problems }
}

interface Row {
  readonly id?: string
  readonly name: string
  readonly aliases: string[]
}

function distinct(aliases: readonly string[], name: string): readonly string[] {
  return aliases.length === 0 ? [] : [...new Set(aliases)].filter((alias) => alias !== '' && alias !== name)
}

function readRows(csv: string, delimiter: string, problems: GazetteerProblem[]): readonly (readonly string[])[] {
  try {
    const rows = parse(csv, { ...OPTIONS, delimiter })
    return rows[0] && isHeader(rows[0]) ? rows.slice(1) : rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.push({ line: typeof error['lines'] === 'number' ? error['lines'] : 0, message: error.message })
    return []
  }
}

/** Lines of rows without a name; only a file that has such rows is parsed for lines, since that takes three times as long. */
function nameless(csv: string, delimiter: string): GazetteerProblem[] {
  // The package's own types do not know what `info: true` makes of a row.
  const rows = parse(csv, { ...OPTIONS, delimiter, info: true }) as unknown as { record: string[]; info: { lines: number } }[]
  return rows.flatMap(({ record, info }) =>
    record[1] ? [] : [{ line: info.lines, message: `A row needs id,name (the id may be empty); given: "${record.join(',')}".` }])
}

function isHeader(cells: readonly string[]): boolean {
  return cells[0]?.toLowerCase() === 'id' && cells[1]?.toLowerCase() === 'name'
}
