// Positioned runs of glyphs -> line fragments: runs on one baseline, cut where a gap is too wide for a space.

/** A run of text as a page description places it; y grows upwards. */
export interface Glyphs {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  /** Font size in the page's units. */
  readonly size: number
}

/** A piece of a line without wide gaps. */
export interface Line {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly y: number
  readonly size: number
}

/** A gap wider than this many sizes separates columns or cells. */
const WIDE_GAP = 1.6
/** A gap wider than this many sizes is a space, even where the file has none. */
const SPACE_GAP = 0.18

/** Fragments from top to bottom, from left to right on one baseline. */
export function linesOf(runs: readonly Glyphs[]): Line[] {
  const shown = runs.filter(run => run.text.trim() !== '')
  return baselines(shown).flatMap(row => fragments(row)).sort((a, b) => b.y - a.y || a.left - b.left)
}

/** Runs that share a baseline, allowing for raised and lowered marks. */
function baselines(runs: readonly Glyphs[]): Glyphs[][] {
  const sorted = [...runs].sort((a, b) => b.y - a.y || a.x - b.x)
  const rows: Glyphs[][] = []
  let anchor: Glyphs | undefined
  for (const run of sorted) {
    if (anchor !== undefined && anchor.y - run.y < Math.max(anchor.size, run.size) * 0.45) rows.at(-1)!.push(run)
    else rows.push([run])
    const row = rows.at(-1)!
    if (row.length === 1 || run.size > anchor!.size) anchor = run
  }
  return rows
}

function fragments(row: readonly Glyphs[]): Line[] {
  const runs = [...row].sort((a, b) => a.x - b.x)
  const lines: Line[] = []
  let open: Glyphs[] = []
  for (const run of runs) {
    const previous = open.at(-1)
    if (previous !== undefined && run.x - (previous.x + previous.width) > Math.max(previous.size, run.size) * WIDE_GAP) {
      lines.push(lineOf(open))
      open = []
    }
    open.push(run)
  }
  if (open.length > 0) lines.push(lineOf(open))
  return lines
}

function lineOf(runs: readonly Glyphs[]): Line {
  let text = ''
  runs.forEach((run, at) => {
    const previous = runs[at - 1]
    const gap = previous === undefined ? 0 : run.x - (previous.x + previous.width)
    if (gap > run.size * SPACE_GAP && !/\s$/.test(text) && !/^\s/.test(run.text)) text += ' '
    text += run.text
  })
  const widest = runs.reduce((best, run) => (run.text.length > best.text.length ? run : best))
  return {
    text: text.replace(/\s+/g, ' ').trim(),
    left: runs[0]!.x,
    right: Math.max(...runs.map(run => run.x + run.width)),
    y: widest.y,
    size: widest.size,
  }
}
