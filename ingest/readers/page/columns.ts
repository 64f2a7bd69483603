// Reading order of a page: where a gutter runs down between two columns of prose, the left column comes first.
// Lines across the gutter (titles, wide figures' captions) cut the page into bands, each read for itself.
import type { Line } from './line.ts'

/** A column narrower than this many sizes holds cells, not prose. */
const NARROWEST = 12
/** Share of a column that its lines fill when it is prose. */
const FILLED = 0.5
const FEWEST_LINES = 3

/** The lines of a page as a reader takes them. */
export function columnOrder(lines: readonly Line[]): Line[] {
  const gutter = gutterOf(lines)
  if (gutter === undefined) return [...lines].sort((a, b) => b.y - a.y || a.left - b.left)
  const across = lines.filter(line => line.left < gutter && line.right > gutter)
  const cuts = across.map(line => line.y).sort((a, b) => b - a)
  const ordered: Line[] = []
  for (let band = 0; band <= cuts.length; band++) {
    const [top, bottom] = [cuts[band - 1] ?? Infinity, cuts[band] ?? -Infinity]
    const inside = lines.filter(line => !across.includes(line) && line.y < top && line.y >= bottom)
    ordered.push(...columnOrder(inside.filter(line => line.right <= gutter)), ...columnOrder(inside.filter(line => line.left >= gutter)))
    ordered.push(...across.filter(line => line.y === bottom && !ordered.includes(line)))
  }
  return ordered
}

/** The x of the widest gutter with prose on both sides, crossed by few lines. */
function gutterOf(lines: readonly Line[]): number | undefined {
  if (lines.length < 2 * FEWEST_LINES) return undefined
  const size = median(lines.map(line => line.size))
  const edges = [...new Set(lines.flatMap(line => [line.left, line.right]))].sort((a, b) => a - b)
  let best: { x: number; width: number; crossing: number } | undefined
  for (let i = 1; i < edges.length; i++) {
    const [from, to] = [edges[i - 1]!, edges[i]!]
    if (to - from < size * 0.8) continue
    const x = (from + to) / 2
    const crossing = lines.filter(line => line.left < x && line.right > x).length
    if (crossing > lines.length * 0.2 || !proseOnBothSides(lines, x, size)) continue
    if (best === undefined || crossing < best.crossing || (crossing === best.crossing && to - from > best.width)) best = { x, width: to - from, crossing }
  }
  return best?.x
}

function proseOnBothSides(lines: readonly Line[], x: number, size: number): boolean {
  const left = lines.filter(line => line.right <= x)
  const right = lines.filter(line => line.left >= x)
  return [left, right].every(side => isProse(side, size)) && besides(left, right)
}

/** Enough lines that are wide and fill their column: cells of a table do not. */
function isProse(side: readonly Line[], size: number): boolean {
  if (side.length < FEWEST_LINES) return false
  const width = Math.max(...side.map(line => line.right)) - Math.min(...side.map(line => line.left))
  return width >= size * NARROWEST && median(side.map(line => line.right - line.left)) >= width * FILLED
}

/** Whether the two sides stand beside each other for a good part, not one above the other. */
function besides(left: readonly Line[], right: readonly Line[]): boolean {
  const [top, bottom] = [Math.min(maxY(left), maxY(right)), Math.max(minY(left), minY(right))]
  const height = Math.min(maxY(left) - minY(left), maxY(right) - minY(right))
  return top > bottom && top - bottom >= height * 0.3
}

function maxY(lines: readonly Line[]): number {
  return lines.reduce((most, line) => Math.max(most, line.y), -Infinity)
}

function minY(lines: readonly Line[]): number {
  return lines.reduce((least, line) => Math.min(least, line.y), Infinity)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}
