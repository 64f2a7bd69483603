// One document, looked at once: units and tags of every sentence, and how each word is written over the whole document.
import type { Document } from '../../ingest/index.ts'
import { TAG, tag } from './tag.ts'
import { tokenize, type Token } from './token.ts'
import { isCommonWord } from './words/index.ts'

export interface Scan {
  readonly document: Document
  readonly tokens: readonly (readonly Token[])[]
  readonly tags: readonly Uint16Array[]
  /** Words (lower case) that stand capitalised inside a prose sentence. */
  readonly capitalised: ReadonlySet<string>
  /** Words that stand in lower case somewhere. */
  readonly lower: ReadonlySet<string>
  /** How often each hyphenated lower-case word stands in the document. */
  readonly hyphenated: ReadonlyMap<string, number>
  /** Sentences in which capitals say nothing: headings, titles and shouted lines. */
  readonly flat: readonly boolean[]
}

/** Reads the document's writing once for all finders. */
export function scan(document: Document): Scan {
  const tokens = document.sentences.map(sentence => tokenize(document.text, sentence))
  const tags = tag(document.text, document.sentences, tokens)
  const flat = tokens.map((units, at) => isFlat(units, document.sentences[at]!.kind === 'heading'))
  const capitalised = new Set<string>()
  const lower = new Set<string>()
  const hyphenated = new Map<string, number>()
  tokens.forEach((units, at) => units.forEach((token, index) => {
    if (token.shape !== 'word') return
    if (!token.capital) {
      lower.add(token.lower)
      if (token.text.includes('-')) hyphenated.set(token.text, (hyphenated.get(token.text) ?? 0) + 1)
    }
    else if (index > 0 && !flat[at] && !opens(units, index)) capitalised.add(token.lower)
  }))
  return { document, tokens, tags, capitalised, lower, hyphenated, flat }
}

/** Whether a token opens a sentence or a quotation, so that its capital says nothing. */
export function opens(units: readonly Token[], index: number): boolean {
  const before = units[index - 1]
  return before === undefined || (before.shape === 'mark' && /^["“”'‘(:;•*\-–—|[]$/u.test(before.text) && (index === 1 || /^["“‘:•|]$/u.test(before.text)))
}

function isFlat(units: readonly Token[], heading: boolean): boolean {
  const words = units.filter(token => token.shape === 'word' && /\p{L}/u.test(token.text))
  if (words.length === 0) return false
  const long = words.filter(token => token.text.length > 3)
  const capitals = long.filter(token => token.capital).length
  if (words.length >= 4 && words.filter(token => token.text === token.text.toUpperCase()).length > words.length * 0.7) return true
  if (heading) return capitals > long.length * 0.6 && long.some(token => isCommonWord(token.lower))
  return words.length >= 6 && capitals === long.length && long.filter(token => isCommonWord(token.lower)).length > long.length / 2
}

/** Whether any of the bits is set. */
export function has(scan: Scan, sentence: number, index: number, bits: number): boolean {
  return ((scan.tags[sentence]![index] ?? 0) & bits) !== 0
}

export { TAG }
