// Reading order of a page: where a gutter runs down between two columns of prose, the left column comes first.
// Lines across the gutter (titles, wide tables) cut the page into bands, each read for itself.
import { type Glyphs, type Line, linesOf } from './line.ts'

/** A column narrower than this many sizes holds cells, not prose. */
const NARROWEST = 10
/** Share of a column that its lines fill when it is prose. */
const FILLED = 0.55
const FEWEST_LINES = 3
/** Share of the lines that may have ink where the gutter is. */
const CROSSED = 0.25
/** A gutter is at least this many sizes wide. */
const GUTTER = 0.8

interface Gutter {
  readonly from: number
  readonly to: number
}

/** The lines of a page as a reader takes them. */
export function columnOrder(runs: readonly Glyphs[]): Line[] {
  const lines = linesOf(runs)
  const gutter = gutterOf(lines)
  if (gutter === undefined) return lines
  const ordered: Line[] = []
  let band: Glyphs[] = []
  const readBand = (): void => {
    const middle = (gutter.from + gutter.to) / 2
    for (const side of [band.filter(run => run.x < middle), band.filter(run => run.x >= middle)]) ordered.push(...columnOrder(side))
    band = []
  }
  for (const line of lines) {
    if (!inked(line, gutter)) {
      band.push(...line.runs)
      continue
    }
    readBand()
    ordered.push(line)
  }
  readBand()
  return ordered
}

/** The widest gutter with prose on both sides, crossed by few lines. */
function gutterOf(lines: readonly Line[]): Gutter | undefined {
  if (lines.length < FEWEST_LINES) return undefined
  const size = median(lines.map(line => line.size))
  // As few crossing lines as will do: with more, the ragged ends of a column would pass for its gutter.
  for (let most = 0; most <= lines.length * CROSSED; most++) {
    const free = freeIntervals(lines, most).filter(gutter => gutter.to - gutter.from >= size * GUTTER)
    const found = free.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from).find(gutter => separatesProse(lines, gutter, size))
    if (found !== undefined) return found
  }
  return undefined
}

/** Intervals of x, inside the text, where at most `most` lines have ink. */
function freeIntervals(lines: readonly Line[], most: number): Gutter[] {
  const changes = lines.flatMap(line => line.runs.flatMap(run => [[run.x, 1], [run.x + run.width, -1]] as const)).sort((a, b) => a[0] - b[0] || b[1] - a[1])
  const intervals: Gutter[] = []
  let depth = 0
  let from: number | undefined
  for (const [x, change] of changes) {
    const wasFree = depth <= most
    depth += change
    const isFree = depth <= most
    if (!wasFree && isFree) from = x
    else if (wasFree && !isFree && from !== undefined) intervals.push({ from, to: x })
  }
  return intervals
}

function separatesProse(lines: readonly Line[], gutter: Gutter, size: number): boolean {
  const runs = lines.filter(line => !inked(line, gutter)).flatMap(line => line.runs)
  const left = linesOf(runs.filter(run => run.x < gutter.from))
  const right = linesOf(runs.filter(run => run.x >= gutter.from))
  return [left, right].every(side => isProse(side, size)) && besides(left, right)
}

/** Enough lines that are wide and fill their column with words: cells of a table do not. */
function isProse(side: readonly Line[], size: number): boolean {
  if (side.length < FEWEST_LINES) return false
  const width = Math.max(...side.map(line => line.right)) - Math.min(...side.map(line => line.left))
  return width >= size * NARROWEST && median(side.map(line => line.right - line.left)) >= width * FILLED && median(side.map(line => line.text.split(' ').length)) >= 3
}

/** Whether the two sides stand beside each other for a good part, not one above the other. */
function besides(left: readonly Line[], right: readonly Line[]): boolean {
  const [top, bottom] = [Math.min(left[0]!.y, right[0]!.y), Math.max(left.at(-1)!.y, right.at(-1)!.y)]
  const height = Math.min(left[0]!.y - left.at(-1)!.y, right[0]!.y - right.at(-1)!.y)
  return top > bottom && top - bottom >= height * 0.3
}

function inked(line: Line, gutter: Gutter): boolean {
  return line.runs.some(run => run.x < gutter.to - 1 && run.x + run.width > gutter.from + 1)
}

/** The middle one of the values, 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
