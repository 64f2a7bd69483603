// Running headers, footers and page numbers: lines at the edge of the page that come again at the same height.
import type { Line } from './line.ts'

/** Share of the page's height, at the top and at the bottom, in which headers and footers stand. */
const EDGE = 0.12
const PAGE_NUMBER = /^(?:[-–—]\s*)?(?:page\s+|p\.\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|\/|von)\s*\d{1,4})?(?:\s*[-–—])?$/i

export interface PageLines {
  readonly height: number
  readonly lines: readonly Line[]
}

export interface WithoutRunning {
  readonly pages: readonly PageLines[]
  /** What was dropped, each text once. */
  readonly dropped: readonly string[]
}

/** The pages without lines that repeat at their edges on most of at least two pages. */
export function dropRunning(pages: readonly PageLines[]): WithoutRunning {
  if (pages.length < 2) return { pages, dropped: [] }
  const uses = new Map<string, number>()
  for (const page of pages) for (const key of new Set(page.lines.filter(line => atEdge(line, page.height)).map(keyOf))) uses.set(key, (uses.get(key) ?? 0) + 1)
  const filled = pages.filter(page => page.lines.length > 0).length
  // Left and right pages may differ, so a third of a longer document is enough.
  const enough = Math.max(2, filled <= 4 ? Math.ceil(filled / 2) : Math.ceil(filled / 3))
  const dropped = new Set<string>()
  const kept = pages.map(page => ({
    height: page.height,
    lines: page.lines.filter(line => {
      const running = atEdge(line, page.height) && (uses.get(keyOf(line))! >= enough || PAGE_NUMBER.test(line.text))
      if (running) dropped.add(line.text)
      return !running
    }),
  }))
  return { pages: kept, dropped: [...dropped] }
}

function atEdge(line: Line, height: number): boolean {
  return line.y < height * EDGE || line.y > height * (1 - EDGE)
}

/** Text with its numbers left open, and the height: a page number changes, its place does not. */
function keyOf(line: Line): string {
  return `${line.text.replace(/\d+/g, '#').toLowerCase()} ${Math.round(line.y / 4)}`
}
