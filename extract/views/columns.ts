// What fills a cell is mostly what fills the cells above and below it, and what the heading names: each thing in a table is looked at together with its column.
import type { Document, Span } from '../../ingest/index.ts'
import type { View } from './view.ts'

/** Share of a cell that a span must fill to stand for it, and what the column counts beside the cell itself. */
const FILLS = 0.6
const COLUMN = 0.5
/** Fewest rows that make a column, and the most that are asked. */
const ROWS = 3
const MOST = 40

/** Logits that a heading adds to the types that it names, and takes from those that are no kind of them. */
const HEADED = 3

/** What headings say: the types that one names, and whether a type is of the kind of another. */
export interface Headings {
  named(heading: string): readonly string[]
  isA(type: string, ancestor: string): boolean
}

/** The view with kinds smoothed over the columns of tables and drawn to what their headings name; `spans` are those that were asked for. */
export function withColumns(view: View, document: Document, spans: readonly Span[], { named, isA }: Headings): View {
  const filled = filledCells(document, spans)
  if (filled.size === 0) return view
  const means = remembered((column: readonly Span[], type: string): number | undefined => {
    const beliefs = column.slice(0, MOST).flatMap((span) => view.kind(span, type) ?? [])
    return beliefs.length < ROWS ? undefined : beliefs.reduce((sum, belief) => sum + belief, 0) / beliefs.length
  })
  const headings = new Map([...new Set([...filled.values()].flatMap(({ heading }) => heading ?? []))].map((heading) => [heading, named(heading)]))
  // A company is an organization, and an organization may be a company.
  const says = (types: readonly string[], type: string): number => (types.some((below) => isA(below, type)) ? 1 : types.some((above) => isA(type, above)) ? 0 : -1)
  return {
    ...view,
    kind: (span, type) => {
      const own = view.kind(span, type)
      const cell = filled.get(keyOf(span))
      if (own === undefined || cell === undefined) return own
      const shared = means(cell.column, type)
      const belief = shared === undefined ? own : (1 - COLUMN) * own + COLUMN * shared
      const types = headings.get(cell.heading ?? '') ?? []
      return types.length === 0 ? belief : moved(belief, HEADED * says(types, type))
    },
  }
}

interface FilledCell {
  /** What fills the cells of that column, the longest of each. */
  readonly column: readonly Span[]
  readonly heading?: string
}

/** Spans that fill their cell -> what is known of it. */
function filledCells({ sentences }: Document, spans: readonly Span[]): ReadonlyMap<string, FilledCell> {
  const filled = new Map<string, FilledCell>()
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end)
  let at = 0
  let table: Span[][] = []
  let previous: { readonly index: number; readonly width: number } | undefined
  for (const { index, cells = [], kind } of sentences) {
    if (kind !== 'row') continue
    if (previous === undefined || index !== previous.index + 1 || cells.length !== previous.width) table = cells.map(() => [])
    previous = { index, width: cells.length }
    cells.forEach((cell, k) => {
      while (at < sorted.length && sorted[at]!.start < cell.start) at += 1
      const inside: Span[] = []
      for (; at < sorted.length && sorted[at]!.start < cell.end; at += 1) if (sorted[at]!.end <= cell.end && sorted[at]!.end - sorted[at]!.start >= FILLS * (cell.end - cell.start)) inside.push(sorted[at]!)
      const longest = inside.reduce<Span | undefined>((best, span) => (best === undefined || span.end - span.start > best.end - best.start ? span : best), undefined)
      if (longest !== undefined) table[k]!.push(longest)
      for (const span of inside) filled.set(keyOf(span), { column: table[k]!, ...(cell.header === undefined ? {} : { heading: cell.header }) })
    })
  }
  return filled
}

/** A probability with so many logits more. */
function moved(belief: number, by: number): number {
  const odds = belief * Math.exp(by)
  return odds / (odds + 1 - belief)
}

function remembered<Key extends object, Value>(find: (key: Key, name: string) => Value): (key: Key, name: string) => Value {
  const known = new Map<Key, Map<string, Value>>()
  return (key, name) => {
    const row = known.get(key) ?? known.set(key, new Map()).get(key)!
    if (!row.has(name)) row.set(name, find(key, name))
    return row.get(name)!
  }
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`
}
