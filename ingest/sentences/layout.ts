// Plain text -> blocks: headings, list items, table rows, log lines and paragraphs, from line shapes alone.
import type { Span } from '../document.ts'
import type { Block } from '../reader.ts'
import { isHeading, isRule, type Separator, separatorOf, splitCells, withHeaders } from './table.ts'

const BULLET = /^\s*(?:[-*+•‣◦▪·–—]|\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)])\s+\S/
const STAMP = /^\s*\[?(?:\d{1,2}[:.h]\d{2}(?::\d{2})?|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?\S*)\]?\s+\S/
const KEY_VALUE = /^\s*[\p{Lu}][^\s:]*(?: [^\s:]+){0,2}:(?:\s|$)/u
/** A field with a longer name, or a speaker's line of a chat; only believed where a chunk has several. */
const FIELD = /^\s*(?:\p{Lu}[^:.!?]{0,48}|\p{L}[\p{L}\p{N}_.-]{0,19}):\s/u
const SETEXT = /^\s*(?:={3,}|-{3,}|~{3,})\s*$/
const NUMBERED_HEADING = /^\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|Chapter \w+|Section \w+)\s+\p{Lu}/u
const END_MARK = /[.!?:]["'”’)\]]*$/
/** A line this long is a whole paragraph, not a piece of a hard-wrapped one. */
const WIDEST_WRAP = 130
const NARROWEST_WRAP = 40
/** Below this width two or three lines, and lines above fields, are as likely a title page or an address as a paragraph. */
const PLAIN_WRAP = 60

interface Line extends Span {
  readonly content: string
}

/** A run of lines that are not blank. */
interface Chunk {
  readonly lines: readonly Line[]
  /** For each line, the widest from it on, which tells at what width they were wrapped; lines too long to be wrapped do not count. */
  readonly widths: readonly number[]
  /** Whether several lines are fields or speakers' lines. */
  readonly hasFields: boolean
}

/** Blocks of `text` within the span, in order; they cover everything that is not blank. */
export function layout(text: string, span: Span = { start: 0, end: text.length }): Block[] {
  const blocks: Block[] = []
  const chunks = chunksOf(linesOf(text, span))
  chunks.forEach((chunk, at) => {
    for (let i = 0; i < chunk.lines.length; ) {
      const found = blocksAt(text, chunk, i, chunks[at + 1]?.lines[0], blocks.length === 0)
      blocks.push(...found.blocks)
      i = found.end
    }
  })
  return blocks
}

/** What begins at line `at`: a table, a heading, an item or a paragraph; `after` is the first line of the next chunk. */
function blocksAt(text: string, chunk: Chunk, at: number, after: Line | undefined, isFirst: boolean): { blocks: Block[]; end: number } {
  const line = chunk.lines[at]!
  const table = tableAt(text, chunk.lines, at)
  if (table.length > 0) return { blocks: table, end: at + table.length }
  const next = chunk.lines[at + 1]
  if (next !== undefined && SETEXT.test(next.content) && line.content.length < 100 && !isMarked(line)) {
    return { blocks: [{ kind: 'heading', level: next.content.includes('=') ? 1 : 2, ...trim(text, line.start, next.end) }], end: at + 2 }
  }
  if (isHeadingLine(chunk.lines, at, next ?? after)) {
    return { blocks: [{ kind: 'heading', level: levelOf(line.content, isFirst), ...trim(text, line.start, line.end) }], end: at + 1 }
  }
  const end = paragraphEnd(chunk, at)
  return { blocks: [{ kind: BULLET.test(line.content) ? 'item' : 'prose', ...trim(text, line.start, chunk.lines[end - 1]!.end) }], end }
}

/** Cuts [start, end) down to what is not blank. */
export function trim(text: string, start: number, end: number): Span {
  while (start < end && /\s/.test(text[start]!)) start++
  while (end > start && /\s/.test(text[end - 1]!)) end--
  return { start, end }
}

function linesOf(text: string, span: Span): Line[] {
  const lines: Line[] = []
  for (let start = span.start; start < span.end; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 || feed > span.end ? span.end : feed
    lines.push({ start, end, content: text.slice(start, end) })
    start = end + 1
  }
  return lines
}

function chunksOf(lines: readonly Line[]): Chunk[] {
  const runs: Line[][] = []
  let open: Line[] | undefined
  for (const line of lines) {
    if (line.content.trim() === '') open = undefined
    else if (open === undefined) runs.push((open = [line]))
    else open.push(line)
  }
  return runs.map(run => ({ lines: run, widths: widthsOf(run), hasFields: run.filter(line => FIELD.test(line.content)).length > 1 }))
}

function widthsOf(lines: readonly Line[]): number[] {
  const widths = new Array<number>(lines.length)
  let widest = 0
  for (let i = lines.length - 1; i >= 0; i--) {
    const width = lines[i]!.content.trim().length
    if (width <= WIDEST_WRAP) widest = Math.max(widest, width)
    widths[i] = widest
  }
  return widths
}

/** Rows of the table that begins at line `at`; none where fewer than two lines agree. A row is one line. */
function tableAt(text: string, chunk: readonly Line[], at: number): Block[] {
  const separator = separatorOf(chunk[at]!.content)
  if (separator === undefined || !agrees(text, chunk, at, separator)) return []
  let end = at + 1
  while (end < chunk.length && (separatorOf(chunk[end]!.content) === separator || (separator !== ';' && isRule(chunk[end]!.content)))) end++
  const rows = chunk.slice(at, end).map(line => ({ line, rule: isRule(line.content), cells: splitCells(text, line, separator) }))
  const data = rows.filter(row => !row.rule)
  const ruled = rows[1]?.rule === true || (rows[0]?.rule === true && rows[2]?.rule === true)
  const headed = isHeading(text, data[0]!.cells, data[1]?.cells, ruled)
  const headers = headed ? data[0]!.cells.map(cell => text.slice(cell.start, cell.end)) : []
  return rows.map(row => ({
    kind: 'row',
    ...trim(text, row.line.start, row.line.end),
    cells: row.rule ? [] : row === data[0] ? row.cells : withHeaders(row.cells, headers),
  }))
}

/** Whether the first two rows have the same number of cells; a line under the heading row does not count. */
function agrees(text: string, lines: readonly Line[], at: number, separator: Separator): boolean {
  const rows = lines.slice(at, at + 4).filter(line => !isRule(line.content)).slice(0, 2)
  const widths = rows.map(line => (separatorOf(line.content) === separator ? splitCells(text, line, separator).length : 0))
  return widths.length === 2 && widths[0] === widths[1] && widths[0]! > 0
}

function isMarked(line: Line): boolean {
  return BULLET.test(line.content) || STAMP.test(line.content)
}

/** A short line without an end mark, above text; `Status: accepted` and `Dear all,` are not headings. */
function isHeadingLine(chunk: readonly Line[], at: number, next: Line | undefined): boolean {
  const content = chunk[at]!.content.trim()
  if (next === undefined || content.length > 90 || STAMP.test(content)) return false
  if (/^#{1,6}\s+\S/.test(content)) return true
  const words = content.split(/\s+/).length
  if (words > 12 || /[.;,!?:]["'”’)\]]*$/.test(content) || !/^["“(]?[\p{Lu}\d]/u.test(content)) return false
  if (/[.!?]\s+\p{Lu}/u.test(content.replace(/\b(?:\p{Lu}|\d+|Dr|Mr|Ms|Mrs|St|No|Inc|Co|Prof)\.\s/gu, ''))) return false
  if (BULLET.test(content) && !(NUMBERED_HEADING.test(content) && at === 0 && chunk.length === 1)) return false
  const alone = at === 0 && chunk.length === 1
  // A title may hold a colon (`ADR-031: Invoices`); a field of a form (`Status: accepted`) has its neighbours beside it.
  if (KEY_VALUE.test(content) && !alone && !(at === 0 && words > 3 && !KEY_VALUE.test(next.content) ) && !(at === 0 && /^\S*\d\S*:/.test(content))) return false
  const titles = at === 0 && words <= 3 && next.content.trim().length > content.length * 3
  if (!alone && !titles && /^\p{Ll}/u.test(next.content.trim()) && !BULLET.test(next.content)) return false
  if (isCapitals(content)) return true
  if (alone) return words <= 12
  // Inside a chunk a heading stands first, or after a finished line, and what it heads is longer.
  const finished = at === 0 || END_MARK.test(chunk[at - 1]!.content.trimEnd()) || isMarked(chunk[at - 1]!)
  return finished && words <= (at === 0 ? 10 : 5) && (next.content.trim().length > content.length * 1.5 || isMarked(next)) && next.content.trim().length > 20
}

function isCapitals(content: string): boolean {
  return (content.match(/\p{Lu}/gu)?.length ?? 0) >= 4 && !/\p{Ll}/u.test(content)
}

function levelOf(content: string, first: boolean): number {
  const marks = /^\s*(#{1,6})\s/.exec(content)
  if (marks) return marks[1]!.length
  const number = /^\s*(\d{1,2}(?:\.\d{1,2})*)\.?\s/.exec(content)
  if (number) return number[1]!.split('.').length + 1
  return first ? 1 : 2
}

/** Index after the last line that belongs to the paragraph or item which begins at line `at`. */
function paragraphEnd(chunk: Chunk, at: number): number {
  let end = at + 1
  while (end < chunk.lines.length && goesOn(chunk, at, end)) end++
  return end
}

/** Whether line `next` goes on the paragraph of line `first`: the break before it was forced by the width of the page. */
function goesOn(chunk: Chunk, first: number, next: number): boolean {
  const { lines, widths, hasFields } = chunk
  const line = lines[next]!.content
  const before = lines[next - 1]!.content.trimEnd()
  if (isMarked(lines[next]!)) return false
  if (BULLET.test(lines[first]!.content) && indentOf(line) > indentOf(lines[first]!.content)) return true
  if (hasFields && FIELD.test(line)) return false
  if (startsTable(lines, next)) return false
  const finished = END_MARK.test(before)
  if (finished && isHeadingLine(lines, next, lines[next + 1])) return false
  const start = line.trimStart()
  const lower = /^\p{Ll}/u.test(start)
  const length = before.trimStart().length
  if (length > WIDEST_WRAP) return lower && !finished
  const width = widths[first]!
  if (width >= NARROWEST_WRAP) {
    if ((lines.length <= 3 || hasFields) && width < PLAIN_WRAP && /^\p{Lu}/u.test(start)) return false
    const word = /^\S+/.exec(start)![0]
    // The next word would not have fitted: the line was full.
    if (length + 1 + word.length > width * 0.97) return !(KEY_VALUE.test(start) && finished)
  }
  if (/[,;(–—]$/.test(before)) return length > NARROWEST_WRAP && /^[\p{Ll}\d"“(]/u.test(start)
  return lower && !finished && !KEY_VALUE.test(before)
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

function startsTable(lines: readonly Line[], at: number): boolean {
  const separator = separatorOf(lines[at]!.content)
  return separator !== undefined && lines[at + 1] !== undefined && separator === separatorOf(lines[at + 1]!.content)
}
