// One paragraph -> sentence spans: Intl.Segmenter proposes, rules for abbreviations, initials, ordinals, quotes and brackets merge.
// The segmenter is quadratic on Node 20, so it sees windows of at most 10,000 characters.
import type { Span } from '../document.ts'
import { CLOSING, INTRODUCING, NUMBERED, OPENERS } from './abbreviations.ts'
import { trim } from './layout.ts'

const WINDOW = 10_000
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'sentence' })
const MONTH = /^(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mai|Juni|Juli|Okt|Dez|März|Januar|Februar)/
/** A sentence that begins with a name in lower case, `checkout-front` or `iPhone`; the segmenter never breaks there. */
const LOWER_NAME = /(?<=\p{Ll}{3}[.!?]["”’')\]]*)\s+(?=\p{Ll})(?=[\p{Ll}\d]+[-_][\p{L}\d_-]*\d|\p{Ll}+(?:_\p{L}|-\p{L}+-\p{L}|\p{Lu})|\p{Ll}+-\p{L}+ (?:is|was|has|had|can|will|does|did|now|runs|uses|went|keeps|stores|reads|writes|calls|depends|began|holds)\b)/gu

/** Sentences of the block, trimmed, in order, without overlap; they cover all that is not blank. */
export function splitSentences(text: string, block: Span): Span[] {
  const spans: Span[] = []
  // One code unit for one: offsets stay. A single newline inside a block is a wrapped line, not an end.
  const flat = text.slice(block.start, block.end).replace(/\s/g, ' ')
  let start = 0
  for (const end of boundaries(flat)) {
    if (end < flat.length && belongsTogether(flat, start, end)) continue
    const span = trim(flat, start, end)
    if (span.end > span.start) spans.push({ start: block.start + span.start, end: block.start + span.end })
    start = end
  }
  return spans
}

/** Offsets at which a sentence may end, ascending; the last is the length. */
function* boundaries(flat: string): Iterable<number> {
  if (flat.length <= WINDOW && !/\p{Sentence_Terminal}./u.test(flat)) {
    yield flat.length
    return
  }
  let from = 0
  while (from < flat.length) {
    const end = windowEnd(flat, from)
    const found = [...proposals(flat.slice(from, end))].map(at => from + at)
    // The last sentence of a window may be cut by it: the next window begins where that sentence began.
    const whole = end === flat.length ? found : found.length > 1 ? found.slice(0, -1) : found
    yield* whole
    from = whole.at(-1)!
  }
}

function windowEnd(flat: string, from: number): number {
  if (flat.length - from <= WINDOW) return flat.length
  const space = flat.lastIndexOf(' ', from + WINDOW)
  return space > from ? space + 1 : from + WINDOW
}

function* proposals(window: string): Iterable<number> {
  const lower = [...window.matchAll(LOWER_NAME)].map(match => match.index + match[0].length)
  let next = 0
  for (const { index, segment } of SEGMENTER.segment(window)) {
    const end = index + segment.length
    for (; next < lower.length && lower[next]! <= end; next++) if (lower[next]! < end) yield lower[next]!
    yield end
  }
}

/** Whether the boundary at `end` is none: the sentence from `start` goes on behind it. */
function belongsTogether(flat: string, start: number, end: number): boolean {
  const left = flat.slice(Math.max(start, end - 200), end).trimEnd()
  const right = flat.slice(end, end + 200).trimStart()
  if (left === '' || right === '') return false
  if (!/[\p{L}\p{N}]/u.test(left) && end - start < 200) return true
  if (!/[\p{L}\p{N}]/u.test(right)) return right.length < 200 && flat.length - end < 200
  if (isMarker(flat.slice(start, end))) return true
  // `9.II.1999`: no sentence ends without a space behind a day.
  if (/(?<!\d)\d{1,2}\.$/u.test(left) && !/\s/u.test(flat[end - 1]!)) return true
  if (/^["”’'»)\]]+(?:\s|$)/.test(right)) return true
  if (/^\p{Ll}/u.test(right) && !/^[\p{Ll}\d]+(?:-|_|\p{Lu})/u.test(right)) return true
  if (/\.$/.test(left) && endsInAbbreviation(left, right)) return true
  return bracketStaysOpen(flat, start, end)
}

/** `1.` or `a)` at the start of a block is the mark of an item, not a sentence. */
function isMarker(sentence: string): boolean {
  return /^\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|\p{L}|[ivxIVX]{1,5})[.)]|[-*+•‣◦▪·–—])\s*$/u.test(sentence)
}

function endsInAbbreviation(left: string, right: string): boolean {
  const word = /([\p{L}\p{N}][\p{L}\p{N}.\-’']*)\.$/u.exec(left)?.[1]
  if (word === undefined) return false
  const key = word.toLowerCase()
  const opens = OPENERS.has(/^["“‘'(\[]*([\p{L}’']+)/u.exec(right)?.[1]?.toLowerCase() ?? '')
  if (/^\d/.test(right)) return NUMBERED.has(key) || (CLOSING.has(key) && !/^\d{4}\b/.test(right))
  if (/^\d{1,2}$/.test(word)) return isOrdinal(left, right, opens)
  if (INTRODUCING.has(key)) return !(opens && (key === 'no' || key === 'app' || key === 'ex' || key === 'art'))
  // `J.` of `J. Smith`, also `C. T. Rheeder` and `Hyphen-J.`; not `I.` nor the end of `plan B. The`.
  if (/^(?:\p{Lu}|\p{L}\.\p{L}|(?:\p{Lu}\.)+\p{Lu}|\p{Lu}-\p{Lu})$/u.test(word)) return !opens
  return CLOSING.has(key) && !opens
}

/** `1. FC Köln`, `12. März`, `the 3. Liga`. */
function isOrdinal(left: string, right: string, opens: boolean): boolean {
  if (opens) return false
  if (MONTH.test(right)) return true
  return /\b(?:for|of|the|by|with|at|from|to|and|am|der|die|das|den|dem|vom|zum|im|in der)\s+\d{1,2}\.$/i.test(left)
}

function bracketStaysOpen(flat: string, start: number, end: number): boolean {
  const left = flat.slice(start, end)
  if (left.length > 400) return false
  const open = Math.max(left.lastIndexOf('('), left.lastIndexOf('['))
  if (open < 0 || /[)\]]/.test(left.slice(open)) || left.length - open > 200) return false
  const close = flat.slice(end, end + 200).search(/[()[\]]/)
  return close >= 0 && /[)\]]/.test(flat[end + close]!)
}
