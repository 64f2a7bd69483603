// Text -> what it is searched by: words without case, accents and punctuation, so that every store's full-text index splits them alike, at spaces.

/** Code points of a word that count; what is longer is no name. */
const WORD_LENGTH = 50
const QUERY_WORDS = 16

/** Scripts written without spaces: each character is a word. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu

export interface SearchTerms {
  /** Whole words that must be there, sorted. */
  readonly words: readonly string[]
  /** How another word must begin: the last one may be half typed. */
  readonly prefix: string
  /** All words in order: equal to a name's form when the name was typed in full. */
  readonly form: string
}

/** The words of a text, separated by one space; empty when it has neither letter nor digit. */
export function searchForm(text: string): string {
  const folded = text.normalize('NFKD').replace(/[\u0300-\u036f]/gu, '').normalize('NFC').toLowerCase()
  const words = folded.replace(UNSPACED, ' $& ').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  return words.map((word) => (word.length > WORD_LENGTH ? [...word].slice(0, WORD_LENGTH).join('') : word)).join(' ')
}

/** Forms of a name and of its aliases, the name's first; empty ones and doubles are left out behind it. */
export function nameForms(name: string, aliases: readonly string[]): readonly string[] {
  const first = searchForm(name)
  return [first, ...new Set(aliases.map(searchForm).filter((form) => form !== '' && form !== first))]
}

/** What a query asks for; nothing when it has neither letter nor digit. */
export function searchTerms(query: string): SearchTerms | undefined {
  const all = searchForm(query).split(' ').slice(0, QUERY_WORDS)
  const prefix = all.at(-1) ?? ''
  if (prefix === '') return undefined
  return { words: [...new Set(all.slice(0, -1))].sort(), prefix, form: all.join(' ') }
}
