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

/** Reads a gazetteer; rows that share an id become one entry whose further names are aliases. A `.tsv` file is split at tabs. */
export function readGazetteer(csv: string, file: string): Gazetteer {
  const problems: GazetteerProblem[] = []
  const byId = new Map<string, { id: string; name: string; aliases: Set<string> }>()
  const entries: { readonly id?: string; readonly name: string; readonly aliases: Set<string> }[] = []
  for (const { cells, line } of readRows(csv, file.toLowerCase().endsWith('.tsv') ? '\t' : ',', problems)) {
    const [id = '', name = '', ...aliases] = cells
    if (name === '') {
      problems.push({ line, message: `A row needs id,name (the id may be empty); given: "${cells.join(',')}".` })
      continue
    }
    const names = aliases.filter((alias) => alias !== '')
    const known = byId.get(id)
    if (known) {
      for (const alias of [name, ...names]) if (alias !== known.name) known.aliases.add(alias)
    } else {
      const set = new Set(names.filter((alias) => alias !== name))
      if (id === '') entries.push({ name, aliases: set })
      else {
        const entry = { id, name, aliases: set }
        byId.set(id, entry)
        entries.push(entry)
      }
    }
  }
  return { entries: entries.map((entry) => ({ ...entry, aliases: [...entry.aliases] })), problems }
}

function readRows(csv: string, delimiter: string, problems: GazetteerProblem[]): { cells: string[]; line: number }[] {
  try {
    const options = { bom: true, trim: true, delimiter, relax_column_count: true, skip_empty_lines: true, info: true }
    // The package's own types do not know what `info: true` makes of a row.
    const parsed = parse(csv, options) as unknown as { record: string[]; info: { lines: number } }[]
    const rows = parsed.map(({ record, info }) => ({ cells: record, line: info.lines }))
    return rows[0] && isHeader(rows[0].cells) ? rows.slice(1) : rows
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.push({ line: typeof error['lines'] === 'number' ? error['lines'] : 0, message: error.message })
    return []
  }
}

function isHeader(cells: readonly string[]): boolean {
  return cells[0]?.toLowerCase() === 'id' && cells[1]?.toLowerCase() === 'name'
}
