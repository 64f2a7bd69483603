// Positioned runs of glyphs -> lines: runs on one baseline, with the places where a gap is too wide for a space.

/** A run of text as a page description places it; y grows upwards. */
export interface Glyphs {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  /** Font size in the page's units. */
  readonly size: number
}

/** A piece of a line without wide gaps: a cell, where the line is a table row. */
export interface Part {
  readonly text: string
  readonly left: number
  readonly right: number
}

export interface Line extends Part {
  readonly y: number
  readonly size: number
  readonly parts: readonly Part[]
  readonly runs: readonly Glyphs[]
}

/** A gap wider than this many sizes may separate cells. */
const WIDE_GAP = 1.3
/** A gap wider than this many sizes is a space, even where the file has none. */
const SPACE_GAP = 0.18

/** Lines from top to bottom. */
export function linesOf(runs: readonly Glyphs[]): Line[] {
  return baselines(runs.filter(run => run.text.trim() !== '')).map(lineOf)
}

/** Runs that share a baseline, allowing for raised and lowered marks. */
function baselines(runs: readonly Glyphs[]): Glyphs[][] {
  const sorted = [...runs].sort((a, b) => b.y - a.y || a.x - b.x)
  const rows: Glyphs[][] = []
  let anchor: Glyphs | undefined
  for (const run of sorted) {
    if (anchor !== undefined && anchor.y - run.y < Math.max(anchor.size, run.size) * 0.45) {
      rows.at(-1)!.push(run)
      if (run.size > anchor.size) anchor = run
    } else {
      rows.push([run])
      anchor = run
    }
  }
  return rows.map(row => row.sort((a, b) => a.x - b.x))
}

function lineOf(runs: readonly Glyphs[]): Line {
  const groups: Glyphs[][] = []
  runs.forEach((run, at) => {
    if (at > 0 && gap(runs[at - 1]!, run) <= Math.max(runs[at - 1]!.size, run.size) * WIDE_GAP) groups.at(-1)!.push(run)
    else groups.push([run])
  })
  const parts = groups.map(partOf)
  const widest = runs.reduce((best, run) => (run.text.length > best.text.length ? run : best))
  return {
    text: parts.map(part => part.text).join(' '),
    left: parts[0]!.left,
    right: Math.max(...parts.map(part => part.right)),
    y: widest.y,
    size: widest.size,
    parts,
    runs,
  }
}

function partOf(runs: readonly Glyphs[]): Part {
  let text = ''
  runs.forEach((run, at) => {
    const apart = at > 0 && gap(runs[at - 1]!, run) > run.size * SPACE_GAP
    if (apart && !/\s$/.test(text) && !/^\s/.test(run.text)) text += ' '
    text += run.text
  })
  return { text: text.replace(/\s+/g, ' ').trim(), left: runs[0]!.x, right: Math.max(...runs.map(run => run.x + run.width)) }
}

function gap(left: Glyphs, right: Glyphs): number {
  return right.x - (left.x + left.width)
}
