// Text -> stems of its words: a light stemmer that lets "founded", "founder" and "founding" meet.

export interface Stem {
  readonly stem: string
  readonly start: number
  readonly end: number
}

const STOP_WORDS: ReadonlySet<string> = new Set(('a an the this that these those it its he his him she her they their them who whom whose which what one some any each every ' +
  'is are was were be been being am has have had having do does did done will would shall should can could may might must ' +
  'and or but nor so yet if then than as also not no only other others another same such own more most much many very too just ' +
  'head tail something someone thing things').split(' '))

/** Words of `text` as stems, numbers as `#`; punctuation is left out. */
export function stems(text: string, from = 0, to = text.length): Stem[] {
  const found: Stem[] = []
  for (const match of text.slice(from, to).matchAll(/[\p{L}\p{M}]+(?:['’][\p{L}]+)?|\d[\d.,]*/gu)) {
    const start = from + match.index
    found.push({ stem: stem(match[0]), start, end: start + match[0].length })
  }
  return found
}

/** Whether a stem carries meaning of its own; prepositions do ("in" and "from" tell relations apart). */
export function isContent(word: string): boolean {
  return !STOP_WORDS.has(word)
}

/** Function words that no relation can be recognised by alone. */
const LINKS: ReadonlySet<string> = new Set('of in on at by for from to with into onto over under about between through during since until after before out up off down #'.split(' '))

/** Whether a stem can name a relation by itself. */
export function isCue(word: string): boolean {
  return word.length > 1 && !STOP_WORDS.has(word) && !LINKS.has(word)
}

/** The stem of one word. */
export function stem(word: string): string {
  if (/\d/.test(word)) return '#'
  let base = word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/['’]s?$/u, '').replace(/['’]/gu, '')
  if (STOP_WORDS.has(base) || base.length <= 3) return base
  base = base.replace(/(ss|us|is)$/u, '$1_').replace(/ies$/u, 'y').replace(/(x|ch|sh|ss_)es$/u, '$1').replace(/s$/u, '').replace(/_/gu, '')
  const cut = base.replace(/(ations?|ating|ated|ators?|ates?)$/u, 'at').replace(/(ings?|ers?|ors?|ed|ments?|ly|ion)$/u, '')
  base = cut.length >= 3 && /[aeiouy]/u.test(cut) ? cut : base
  return base.replace(/(.)\1$/u, '$1').replace(/i$/u, 'y').replace(/e$/u, '')
}
