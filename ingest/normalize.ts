// Reader's text -> document text with the map back. Ordinary text stays as it is, to the character: only line ends become
// LF and what no reader can see (controls, zero-width marks, byte order marks, soft hyphens) goes.
import type { OffsetMap } from './document.ts'

export interface Normalized {
  readonly text: string
  readonly offsets: OffsetMap
}

// ZWNJ and ZWJ (U+200C, U+200D) are kept: they are spelling in Persian and Indic scripts and glue in emoji.
// C1 controls are kept too, and a soft hyphen behind such a letter as Ã: where they occur, they are halves of wrongly decoded letters inside names.
const UNSEEN = /(?<![\u00C2-\u00DF])\u00AD|[\0-\x08\x0E-\x1F\x7F\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\uFFF9-\uFFFB]/
const CHANGED = new RegExp(`\\r\\n|[\\r\\v\\f\\u2028\\u2029]|(?:${UNSEEN.source})+|\\p{Surrogate}`, 'gu')

/** The text of a document and the map from its offsets to those of `original`. */
export function normalize(original: string): Normalized {
  const pairs: [number, number][] = [[0, 0]]
  const parts: string[] = []
  let length = 0
  let from = 0
  for (const match of original.matchAll(CHANGED)) {
    const replacement = replace(match[0])
    parts.push(original.slice(from, match.index), replacement)
    length += match.index - from + replacement.length
    from = match.index + match[0].length
    if (replacement.length !== match[0].length) note(pairs, length, from)
  }
  parts.push(original.slice(from))
  return { text: parts.join(''), offsets: pairs }
}

/** Offset in the original of a normalized offset; between two pairs the distance is kept. */
export function toOriginal(offsets: OffsetMap, normalized: number): number {
  const [n, o] = offsets[last(offsets, 0, normalized)] ?? [0, 0]
  return o + normalized - n
}

/** Offset in the normalized text of an original offset; inside removed text, the place where it was. */
export function toNormalized(offsets: OffsetMap, original: number): number {
  const at = last(offsets, 1, original)
  const [n, o] = offsets[at] ?? [0, 0]
  const next = offsets[at + 1]
  return Math.min(n + original - o, next?.[0] ?? Infinity)
}

function replace(found: string): string {
  if (found === '\r\n') return '\n'
  if (/[\r\v\f\u2028\u2029]/.test(found)) return '\n'
  // A lone half of a surrogate pair cannot be written as UTF-8; the replacement character keeps the length.
  return /\p{Surrogate}/u.test(found) ? '\uFFFD' : ''
}

function note(pairs: [number, number][], normalized: number, original: number): void {
  const previous = pairs.at(-1)!
  if (previous[0] === normalized) previous[1] = original
  else pairs.push([normalized, original])
}

/** Index of the last pair whose `side` is not above `offset`. */
function last(offsets: OffsetMap, side: 0 | 1, offset: number): number {
  let low = 0
  let high = offsets.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (offsets[middle]![side] <= offset) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
