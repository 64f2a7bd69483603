// Lines in reading order -> paragraphs, headings, items and table rows, with words joined that a line end had cut.
import type { BlockKind } from '../../reader.ts'
import { median } from './columns.ts'
import type { Line } from './line.ts'

export interface Paragraph {
  readonly kind: Exclude<BlockKind, 'free'>
  readonly text: string
  readonly level?: number
  /** Texts of the cells of a row. */
  readonly cells?: readonly string[]
}

const ITEM = /^(?:[-*•‣◦▪·–—]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S/
const NUMBERED = /^(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.)\s+\p{Lu}/u

/** A line of a table of contents: dots that lead to a page number. */
const LEADER = /(?:\.\s?){4,}\s*\d*$/

export interface PageStyle {
  /** Font size of most of the document's text. */
  readonly size: number
  /** Words that the document hyphenates within a line, in lower case. */
  readonly hyphenated: ReadonlySet<string>
}

/** What is the same on all pages: the size of the running text and the words that have a hyphen of their own. */
export function styleOf(lines: readonly Line[]): PageStyle {
  const sizes = lines.flatMap(line => Array<number>(Math.max(1, Math.round(line.text.length / 20))).fill(line.size))
  const hyphenated = new Set(lines.flatMap(line => line.text.toLowerCase().match(/\p{L}+-\p{L}+/gu) ?? []))
  return { size: median(sizes), hyphenated }
}

/** The paragraphs of one page. */
export function paragraphsOf(lines: readonly Line[], style: PageStyle): Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (let i = 0; i < lines.length; ) {
    const rows = tableAt(lines, i)
    if (rows.length > 0) {
      for (const row of rows) paragraphs.push({ kind: 'row', text: row.text, cells: row.parts.map(part => part.text) })
      i += rows.length
      continue
    }
    let end = i + 1
    while (end < lines.length && tableAt(lines, end).length === 0 && goesOn(lines, i, end)) end++
    paragraphs.push(paragraphOf(lines.slice(i, end), style))
    i = end
  }
  return paragraphs
}

/** At least two neighbouring lines with the same number of parts, two or more, one below the other. */
function tableAt(lines: readonly Line[], at: number): readonly Line[] {
  let end = at
  while (end < lines.length && lines[end]!.parts.length >= 2 && (end === at || aligned(lines[end - 1]!, lines[end]!))) end++
  return end - at >= 2 ? lines.slice(at, end) : []
}

/** Whether every part stands under its counterpart: by its left end, its right end or its middle. */
function aligned(above: Line, below: Line): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) < below.size * 0.4
  return above.parts.length === below.parts.length && above.y > below.y && above.parts.every((part, column) => {
    const other = below.parts[column]!
    return near(part.left, other.left) || near(part.right, other.right) || near(part.left + part.right, other.left + other.right)
  })
}

function goesOn(lines: readonly Line[], first: number, at: number): boolean {
  const [line, before] = [lines[at]!, lines[at - 1]!]
  const size = before.size
  if (Math.abs(line.size - size) > size * 0.08) return false
  const leading = before.y - line.y
  // A jump up is the head of the next column: the paragraph may go on there.
  if (leading < -size) return !/[.!?:]["'”’)\]]*$/.test(before.text) && /^[\p{Ll}\d(]/u.test(line.text)
  if (leading > size * 1.75) return false
  if (ITEM.test(line.text) || LEADER.test(before.text) || LEADER.test(line.text)) return false
  const right = Math.max(...lines.slice(first, at + 1).map(other => other.right))
  const left = Math.min(...lines.slice(first, at + 1).map(other => other.left))
  const indented = line.left > before.left + size * 0.7 && at > first && Math.abs(before.left - left) < size * 0.5 && !ITEM.test(lines[first]!.text)
  const short = before.right < right - (right - left) * 0.15
  if (indented || (short && /[.!?:]["'”’)\]]*$/.test(before.text))) return false
  // Short lines below each other are an address or a list, not a wrapped paragraph.
  return !(short && /^[\p{Lu}\d]/u.test(line.text) && right - left < size * 25)
}

function paragraphOf(lines: readonly Line[], style: PageStyle): Paragraph {
  const text = joinLines(lines.map(line => line.text), style.hyphenated)
  if (LEADER.test(text)) return { kind: 'item', text }
  const larger = lines[0]!.size > style.size * 1.12
  const short = text.length <= 120 && lines.length <= 3 && !/[.;,:!]$/.test(text)
  if (short && (larger || (lines.length === 1 && NUMBERED.test(text) && text.length < 80 && /\p{Ll}{3}/u.test(text)))) return { kind: 'heading', text, level: levelOf(text, lines[0]!.size / style.size) }
  return { kind: ITEM.test(text) ? 'item' : 'prose', text }
}

function levelOf(text: string, relative: number): number {
  const number = /^(\d{1,2}(?:\.\d{1,2})*)\.?\s/.exec(text)
  if (number !== null) return number[1]!.split('.').length + 1
  return relative > 1.6 ? 1 : relative > 1.25 ? 2 : 3
}

/** One text from lines; a hyphen at a line end goes, unless it belongs to the word. */
export function joinLines(lines: readonly string[], hyphenated: ReadonlySet<string>): string {
  return lines.reduce((text, line) => {
    const cut = /(\p{L}+)[-\u00AD\u2010]$/u.exec(text)
    const word = /^\p{L}+/u.exec(line)?.[0]
    if (cut === null || word === undefined) return `${text} ${line}`
    const own = /^\p{Lu}/u.test(word) || hyphenated.has(`${cut[1]!}-${word}`.toLowerCase())
    return own && !text.endsWith('\u00AD') ? text + line : text.slice(0, -1) + line
  })
}
