// What fills a cell is mostly what fills the cells above and below it: each thing in a table is looked at together with its column.
import type { Document, Span } from '../../ingest/index.ts'
import type { View } from './view.ts'

/** Share of a cell that a span must fill to stand for it, and what the column counts beside the cell itself. */
const FILLS = 0.6
const COLUMN = 0.5
/** Fewest rows that make a column, and the most that are asked. */
const ROWS = 3
const MOST = 40

/** The view with kinds smoothed over the columns of tables; `spans` are those that were asked for. */
export function withColumns(view: View, document: Document, spans: readonly Span[]): View {
  const columns = columnsOf(document, spans)
  if (columns.size === 0) return view
  const known = new Map<readonly Span[], Map<string, number | undefined>>()
  const mean = (column: readonly Span[], type: string): number | undefined => {
    const row = known.get(column) ?? known.set(column, new Map()).get(column)!
    if (!row.has(type)) {
      const beliefs = column.slice(0, MOST).flatMap((span) => view.kind(span, type) ?? [])
      row.set(type, beliefs.length < ROWS ? undefined : beliefs.reduce((sum, belief) => sum + belief, 0) / beliefs.length)
    }
    return row.get(type)
  }
  return {
    ...view,
    kind: (span, type) => {
      const own = view.kind(span, type)
      const column = columns.get(keyOf(span))
      const shared = column && mean(column, type)
      return own === undefined || shared === undefined ? own : (1 - COLUMN) * own + COLUMN * shared
    },
  }
}

/** Spans that fill their cell -> the spans that fill the cells of that column. */
function columnsOf({ sentences }: Document, spans: readonly Span[]): ReadonlyMap<string, readonly Span[]> {
  const columns = new Map<string, Span[]>()
  const rows = sentences.filter(({ kind }) => kind === 'row')
  if (rows.length < ROWS) return columns
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end)
  let at = 0
  let table: Span[][] = []
  let previous: { readonly index: number; readonly width: number } | undefined
  for (const { index, cells = [] } of rows) {
    if (previous === undefined || index !== previous.index + 1 || cells.length !== previous.width) table = cells.map(() => [])
    previous = { index, width: cells.length }
    cells.forEach((cell, column) => {
      while (at < sorted.length && sorted[at]!.start < cell.start) at += 1
      const filling = sorted[at]
      if (filling === undefined || filling.end > cell.end || filling.end - filling.start < FILLS * (cell.end - cell.start)) return
      table[column]!.push(filling)
      columns.set(keyOf(filling), table[column]!)
    })
  }
  return columns
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`
}
