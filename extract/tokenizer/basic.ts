// Text -> words as BERT splits them, lower-cased and without accents, every character knowing where it came from.

/** A word: its normalized characters, and for each UTF-16 unit of them the code point of the original that it came from. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Original [start, end) per unit of `text`; absent when unit k is exactly the original's start + k. */
  readonly places?: readonly (readonly [number, number])[]
}

export interface BasicOptions {
  readonly lowercase: boolean
  readonly stripAccents: boolean
}

// ASCII punctuation as BERT counts it ($, +, <, ^ … are symbols for Unicode), and Unicode punctuation.
const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/u
const MARK = /\p{Mn}/u
const CONTROL = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u
const SPACE = /\s/u
const PLAIN = /^[A-Za-z0-9]$/

/** Words of `text` in order; control characters are dropped, punctuation and CJK characters stand alone. */
export function splitWords(text: string, options: BasicOptions): Word[] {
  const words: Word[] = []
  let buffer = new WordBuffer(text)
  const flush = (): void => {
    if (buffer.length > 0) words.push(buffer.word())
    buffer = new WordBuffer(text)
  }
  for (let at = 0; at < text.length;) {
    const code = text.codePointAt(at)!
    const character = String.fromCodePoint(code)
    const next = at + character.length
    if (PLAIN.test(character)) {
      buffer.push(options.lowercase ? character.toLowerCase() : character, at, next)
    } else if (character === '\t' || character === '\n' || character === '\r' || (SPACE.test(character) && code !== 0xfeff)) {
      flush()
    } else if (code === 0 || code === 0xfffd || CONTROL.test(character)) {
      // dropped: the word goes on behind it
    } else {
      for (const part of normalize(character, options)) {
        if (isCjk(part.codePointAt(0)!) || PUNCTUATION.test(part)) {
          flush()
          buffer.push(part, at, next)
          flush()
        } else buffer.push(part, at, next)
      }
    }
    at = next
  }
  flush()
  return words
}

/** Code points of one original code point after decomposition, accent stripping and lower-casing. */
function normalize(character: string, { lowercase, stripAccents }: BasicOptions): string[] {
  // Ideographs are left whole: some decompose into other ideographs, which the vocabulary does not mean.
  let parts = stripAccents ? [...character.normalize('NFD')].filter((part) => !MARK.test(part)) : [character]
  if (lowercase) parts = parts.flatMap((part) => [...part.toLowerCase()])
  return parts
}

function isCjk(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x20000 && code <= 0x2a6df)
    || (code >= 0x2a700 && code <= 0x2b73f) || (code >= 0x2b740 && code <= 0x2b81f) || (code >= 0x2b820 && code <= 0x2ceaf)
    || (code >= 0xf900 && code <= 0xfaff) || (code >= 0x2f800 && code <= 0x2fa1f)
}

class WordBuffer {
  private text = ''
  private places: [number, number][] = []
  private straight = true
  private readonly source: string

  constructor(source: string) {
    this.source = source
  }

  get length(): number {
    return this.text.length
  }

  push(part: string, start: number, end: number): void {
    if (end - start !== part.length || (this.places.length > 0 && this.places.at(-1)![1] !== start)) this.straight = false
    for (let unit = 0; unit < part.length; unit += 1) {
      // A surrogate pair that stayed a pair keeps its units' own places.
      this.places.push(part.length === end - start ? [start + unit, start + unit + 1] : [start, end])
    }
    this.text += part
  }

  word(): Word {
    const [start, end] = [this.places[0]![0], this.places.at(-1)![1]]
    return { text: this.text, start, end, ...(this.straight && end - start === this.text.length && end <= this.source.length ? {} : { places: this.places }) }
  }
}
