// Sentence -> word-level units with their writing; offsets count from the start of the document.
import type { Sentence, Span } from '../../ingest/index.ts'

export type TokenShape = 'word' | 'number' | 'mark'

export interface Token extends Span {
  readonly text: string
  readonly lower: string
  readonly shape: TokenShape
  /** First letter is a capital. */
  readonly capital: boolean
  /** White space stands before it. */
  readonly spaced: boolean
}

// Abbreviation dots stay with their letters (U.S., J.); hyphens, apostrophes and & join; the possessive 's is a unit of its own, and so is what a verb leaves behind a pronoun: I'm, they've, he'd.
// A name stays apart from what a hyphen makes of it: Boston-based, ex-Minister.
const UNIT = /(?:\p{L}\.){2,}|(?:non|ex|pro|anti|pre|post)(?=-\p{Lu}\p{Ll})|\d+(?:[.,]\d+)*(?![\p{L}\p{N}])|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:(?:[-‐‑](?!(?:based|born|led|style|like|backed|owned|speaking|area|era|wide|made|run|built|educated|trained|inspired|bound|funded|sponsored|controlled|occupied|dominated|related|turned)\b)|[_&]|['’](?!(?:s|m|re|ve|ll|d)\b)|\.(?=[a-z\d]))[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*|['’](?:s|m|re|ve|ll|d)\b|[^\s]/gu

/** Units of a sentence, in order. */
export function tokenize(text: string, sentence: Sentence): Token[] {
  const tokens: Token[] = []
  let end = sentence.start
  for (const match of text.slice(sentence.start, sentence.end).matchAll(UNIT)) {
    const start = sentence.start + match.index
    const unit = match[0]
    tokens.push({
      start, end: start + unit.length, text: unit, lower: unit.toLowerCase(), shape: shapeOf(unit),
      capital: /^\p{Lu}/u.test(unit), spaced: start > end || start === sentence.start,
    })
    end = start + unit.length
  }
  return tokens
}

function shapeOf(unit: string): TokenShape {
  if (/^\d+(?:[.,]\d+)*$/u.test(unit)) return 'number'
  return /^[\p{L}\p{N}]/u.test(unit) ? 'word' : 'mark'
}

/** Lower case without accents and without dots: the form in which names are compared. */
export function fold(text: string): string {
  // Plain ASCII is the usual case and needs no decomposition.
  const plain = /^[\x20-\x7e]*$/u.test(text) ? text : text.normalize('NFD').replace(/\p{M}+/gu, '').replace(/[’‘]/gu, "'").replace(/[‐‑–]/gu, '-')
  return plain.toLowerCase().replaceAll('.', '')
}
