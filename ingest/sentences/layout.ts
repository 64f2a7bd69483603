// Plain text -> blocks: headings, list items, table rows, log lines and paragraphs, from line shapes alone.
import type { Span } from '../document.ts'
import type { Block } from '../reader.ts'
import { isHeading, isRule, separatorOf, splitCells, withHeaders } from './table.ts'

const BULLET = /^\s*(?:[-*+•‣◦▪·–—]|\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)])\s+\S/
const STAMP = /^\s*\[?(?:\d{1,2}[:.h]\d{2}(?::\d{2})?|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?\S*)\]?\s+\S/
const KEY_VALUE = /^\s*[\p{Lu}][^\s:]*(?: [^\s:]+){0,2}:(?:\s|$)/u
/** A field with a longer name, or a speaker's line of a chat; only believed where a chunk has several. */
const FIELD = /^\s*(?:\p{Lu}[^:.!?]{0,48}|\p{L}[\p{L}\p{N}_.-]{0,19}):\s/u
const SETEXT = /^\s*(?:={3,}|-{3,}|~{3,})\s*$/
const NUMBERED_HEADING = /^\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|Chapter \w+|Section \w+)\s+\p{Lu}/u
/** A line this long is a whole paragraph, not a piece of a hard-wrapped one. */
const WIDEST_WRAP = 130
const NARROWEST_WRAP = 40
/** Below this width two or three lines are as likely a title page or an address as a paragraph. */
const PLAIN_WRAP = 60

interface Line extends Span {
  readonly content: string
}

/** Blocks of `text` within the span, in order; they cover everything that is not blank. */
export function layout(text: string, span: Span = { start: 0, end: text.length }): Block[] {
  const blocks: Block[] = []
  const chunks = chunksOf(linesOf(text, span))
  chunks.forEach((chunk, at) => {
    let i = 0
    while (i < chunk.length) {
      const table = tableAt(text, chunk, i)
      if (table.length > 0) {
        blocks.push(...table)
        i += table.length
        continue
      }
      const next = chunk[i + 1]
      if (next !== undefined && SETEXT.test(next.content) && chunk[i]!.content.length < 100 && !isMarked(chunk[i]!)) {
        blocks.push({ kind: 'heading', level: next.content.includes('=') ? 1 : 2, ...trim(text, chunk[i]!.start, next.end) })
        i += 2
        continue
      }
      const headed = next ?? chunks[at + 1]?.[0]
      if (isHeadingLine(chunk, i, headed)) {
        blocks.push({ kind: 'heading', level: levelOf(chunk[i]!.content, blocks.length === 0), ...trim(text, chunk[i]!.start, chunk[i]!.end) })
        i++
        continue
      }
      const end = paragraphEnd(chunk, i)
      blocks.push({ kind: BULLET.test(chunk[i]!.content) ? 'item' : 'prose', ...trim(text, chunk[i]!.start, chunk[end - 1]!.end) })
      i = end
    }
  })
  return blocks
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

/** Runs of lines that are not blank. */
function chunksOf(lines: readonly Line[]): Line[][] {
  const chunks: Line[][] = []
  let open: Line[] | undefined
  for (const line of lines) {
    if (line.content.trim() === '') open = undefined
    else if (open === undefined) chunks.push((open = [line]))
    else open.push(line)
  }
  return chunks
}

/** Rows of the table that begins at line `at`; none where fewer than two lines agree. A row is one line. */
function tableAt(text: string, chunk: readonly Line[], at: number): Block[] {
  const separator = separatorOf(chunk[at]!.content)
  if (separator === undefined) return []
  let end = at + 1
  while (end < chunk.length && (separatorOf(chunk[end]!.content) === separator || (separator !== ';' && isRule(chunk[end]!.content)))) end++
  const rows = chunk.slice(at, end).map(line => ({ line, rule: isRule(line.content), cells: splitCells(text, line, separator) }))
  const data = rows.filter(row => !row.rule)
  const width = data[0]?.cells.length ?? 0
  if (data.length < 2 || data.filter(row => row.cells.length === width).length < 2) return []
  const ruled = rows[1]?.rule === true || (rows[0]?.rule === true && rows[2]?.rule === true)
  const headed = isHeading(text, data[0]!.cells, data[1]?.cells, ruled)
  const headers = headed ? data[0]!.cells.map(cell => text.slice(cell.start, cell.end)) : []
  return rows.map(row => ({
    kind: 'row',
    ...trim(text, row.line.start, row.line.end),
    cells: row.rule ? [] : row === data[0] ? row.cells : withHeaders(row.cells, headers),
  }))
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
  const finished = at === 0 || /[.!?:]["'”’)\]]*$/.test(chunk[at - 1]!.content.trimEnd()) || isMarked(chunk[at - 1]!)
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
function paragraphEnd(chunk: readonly Line[], at: number): number {
  let end = at + 1
  while (end < chunk.length && goesOn(chunk, at, end)) end++
  return end
}

/** Whether line `next` goes on the paragraph of line `first`: the break before it was forced by the width of the page. */
function goesOn(chunk: readonly Line[], first: number, next: number): boolean {
  const line = chunk[next]!.content
  const before = chunk[next - 1]!.content.trimEnd()
  if (isMarked(chunk[next]!)) return false
  if (BULLET.test(chunk[first]!.content) && indentOf(line) > indentOf(chunk[first]!.content)) return true
  if (FIELD.test(line) && chunk.filter(other => FIELD.test(other.content)).length > 1) return false
  if (separatorOf(line) !== undefined && tableLike(chunk, next)) return false
  const start = line.trimStart()
  const finished = /[.!?:]["'”’)\]]*$/.test(before)
  if (finished && isHeadingLine(chunk, next, chunk[next + 1])) return false
  const length = before.trimStart().length
  if (length > WIDEST_WRAP) return /^\p{Ll}/u.test(start) && !finished
  const width = widthOf(chunk, first)
  if (width >= NARROWEST_WRAP) {
    if (chunk.length <= 3 && width < PLAIN_WRAP && /^\p{Lu}/u.test(start)) return false
    const word = /^\S+/.exec(start)![0]
    if (length + 1 + word.length > width * 0.97) return !(KEY_VALUE.test(start) && finished)
  }
  return /^\p{Ll}/u.test(start) && !finished && !KEY_VALUE.test(before) && !/[,;]$/.test(before) || /[,;(–—]$/.test(before) && /^[\p{Ll}\d"“(]/u.test(start) && length > NARROWEST_WRAP
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

function tableLike(chunk: readonly Line[], at: number): boolean {
  return chunk[at + 1] !== undefined && separatorOf(chunk[at]!.content) === separatorOf(chunk[at + 1]!.content)
}

/** The widest line of the chunk, which tells at what width it was wrapped; lines too long to be wrapped do not count. */
function widthOf(chunk: readonly Line[], first: number): number {
  let width = 0
  for (let i = first; i < chunk.length; i++) {
    const length = chunk[i]!.content.trim().length
    if (length <= WIDEST_WRAP) width = Math.max(width, length)
  }
  return width
}
