// Lines of a table in plain text -> cells, each mapped to the heading of its column where the table has a heading row.
import type { Cell, Span } from '../document.ts'

/** How the columns of a line are separated. */
export type Separator = '|' | '\t' | ';'

const SPLITS: Readonly<Record<Separator, RegExp>> = { '|': /\|/g, '\t': /\t+/g, ';': /\s;\s/g }

/** The separator of a line that looks like a table row, if it does. */
export function separatorOf(line: string): Separator | undefined {
  if (isRule(line) && /[|+]/.test(line)) return '|'
  if (count(line, SPLITS['|']) >= 2 || (line.trim().startsWith('|') && count(line, SPLITS['|']) >= 1) || / \| /.test(line)) return '|'
  if (/\S\t+\S/.test(line)) return '\t'
  return count(line, SPLITS[';']) >= 2 ? ';' : undefined
}

/** Whether the line only draws the line under a heading row, as `|---|---|`. */
export function isRule(line: string): boolean {
  return line.includes('--') && /^[\s|+:=-]+$/.test(line)
}

/** The non-empty and empty cells of one line, as trimmed spans into the text. */
export function splitCells(text: string, line: Span, separator: Separator): Cell[] {
  const content = text.slice(line.start, line.end)
  const cells: Cell[] = []
  let from = 0
  for (const match of content.matchAll(SPLITS[separator])) {
    cells.push(trimmed(text, line.start + from, line.start + match.index))
    from = match.index + match[0].length
  }
  cells.push(trimmed(text, line.start + from, line.end))
  if (separator === '|') {
    if (content.trimStart().startsWith('|')) cells.shift()
    if (content.trimEnd().endsWith('|')) cells.pop()
  }
  return cells
}

/** Whether the first row names the columns: short, distinct, without digits, above at least one other row of its width. */
export function isHeading(text: string, first: readonly Cell[], second: readonly Cell[] | undefined, ruled: boolean): boolean {
  if (second === undefined) return false
  if (ruled) return true
  const names = first.map(cell => text.slice(cell.start, cell.end))
  if (first.length < 3 || second.length !== first.length) return false
  return new Set(names).size === names.length && names.every(name => /^\p{L}[^\d.!?]{0,39}$/u.test(name) && name.split(/\s+/).length <= 4)
}

/** The cells with the headings of their columns. */
export function withHeaders(cells: readonly Cell[], headers: readonly string[]): Cell[] {
  return cells.map((cell, column) => {
    const header = headers[column]
    return header ? { ...cell, header } : cell
  })
}

function trimmed(text: string, start: number, end: number): Cell {
  while (start < end && /\s/.test(text[start]!)) start++
  while (end > start && /\s/.test(text[end - 1]!)) end--
  return { start, end }
}

function count(line: string, pattern: RegExp): number {
  return line.match(pattern)?.length ?? 0
}
