// Where a name begins -> where it ends: initials, numbers, possessives and the small words that belong inside.
import { opens, type Scan } from '../scan.ts'
import type { Token } from '../token.ts'
import { isCommonWord, FOR_HEADS, LEGAL_FORMS, LOC_WORDS, MISC_WORDS, OF_HEADS, ORG_WORDS, PARTICLES, POSSESSIVE_HEADS, TITLES, isPlural, knownClass } from '../words/index.ts'
import { PRONOUNS } from './units.ts'

/** What a number with a name before it may stand in: `250 Delaware Avenue`, `11 Diagonal Street`. */
const ADDRESSES = new Set(['street', 'avenue', 'road', 'terrace', 'square', 'lane', 'drive', 'boulevard', 'court', 'plaza', 'crescent', 'quay', 'building', 'tower', 'row', 'embankment', 'parade'])

/** `2008 Summer Olympics`, `48th Academy Awards`, `1st Infantry Division`, `250 Delaware Avenue`. */
export function opensWithNumber(units: readonly Token[], index: number, fits: (index: number) => boolean): boolean {
  const token = units[index]!
  if (opensAddress(units, index, fits)) return true
  const number = token.shape === 'number' ? /^\d{4}$/u.test(token.text) : /^\d+(?:st|nd|rd|th)$/u.test(token.text)
  if (!number || !fits(index + 1)) return false
  const last = units.slice(index + 1, index + 5).filter(unit => unit.capital).at(-1)
  const common = last !== undefined && isNameNoun(last.lower)
  return common && (token.shape !== 'number' || /^(?:the|a|his|her|their|its)$/iu.test(units[index - 1]?.text ?? ''))
}

/** A house's number, which no year looks like. */
function opensAddress(units: readonly Token[], index: number, fits: (index: number) => boolean): boolean {
  const token = units[index]!
  if (token.shape !== 'number' || !/^\d{1,4}$/u.test(token.text) || /^(?:1[5-9]|20)\d\d$/u.test(token.text)) return false
  let to = index + 1
  while (to < index + 5 && fits(to) && units[to]!.spaced) to++
  return to > index + 2 && ADDRESSES.has(units[to - 1]!.lower)
}

export function isNameNoun(word: string): boolean {
  return ORG_WORDS.has(word) || MISC_WORDS.has(word) || LOC_WORDS.has(word)
}

/** End of the sequence that starts at `from`. */
export function extend(scan: Scan, sentence: number, from: number, fits: (index: number) => boolean): number {
  let to = from + 1
  for (;;) {
    const jump = step(scan, sentence, from, to, fits)
    if (jump === 0) return to
    to += jump
  }
}

/** How many units further the name goes on after `at - 1`; 0 = it ends. */
function step(scan: Scan, sentence: number, from: number, at: number, fits: (index: number) => boolean): number {
  const units = scan.tokens[sentence]!
  const token = units[at]
  const last = units[at - 1]!
  if (token === undefined) return 0
  const second = units[at + 1]
  if (token.text === '.' && !token.spaced && (/^(?:\p{Lu}|St|Mt|Ft|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|Sen|Gov|Gen|Col|Capt|Lt|Sgt|Rev|Hon|Rep|Inc|Ltd|Corp|Co|Bros|No|vs)$/u.test(last.text))) {
    if (/^(?:Jr|Sr|Inc|Ltd|Corp|Co|Bros)$/u.test(last.text)) return second !== undefined && fits(at + 1) && second.spaced && !opens(units, at + 1) && LEGAL_FORMS.has(second.lower) ? 2 : (second === undefined ? 0 : 1)
    return fits(at + 1) || (last.text === 'No' && second?.shape === 'number') ? 2 : /^\p{Lu}$/u.test(last.text) && at - from > 1 && second !== undefined ? 1 : 0
  }
  if (token.text === ',' && second !== undefined && /^(?:Inc|Ltd|LLC|Corp|Jr|Sr|L\.L\.C|S\.A)\.?$/u.test(second.text)) return 2
  if (token.text === '&' && fits(at + 1)) return at - from >= 2 && units[at + 2]?.capital === true && !isNameNoun(units[at + 2]!.lower) && !isNameNoun(last.lower) ? 0 : 2
  if (token.text === '+' && last.text.length > 1 && !token.spaced) return 1
  if (/^['’]s$/u.test(token.text) || (token.text === '’' || token.text === "'") && last.lower.endsWith('s') && !token.spaced) return possessive(units, at, fits) ? 2 : 0
  if (!token.spaced) return 0
  if (fits(at)) return PRONOUNS.has(token.lower) && token.text.length > 1 ? 0 : 1
  if (token.shape === 'number') return numberBelongs(units, at) ? 1 : 0
  if (token.text === 'I') return /^(?:War|Elizabeth|Charles|Francis|James|George|Napoleon|Nicholas|Alexander|Frederick|William|Henry|Wilhelm|Leopold|Peter|Phase|Type|Class|Stage|Volume)$/u.test(last.text) ? 1 : 0
  if (/^(?:II|III|IV|VI|VII|VIII|IX|XI|XII|XIV|XV|XVI)$/u.test(token.text)) return 1
  return connector(scan, sentence, from, at, fits)
}

function possessive(units: readonly Token[], at: number, fits: (index: number) => boolean): boolean {
  const next = units[at + 1]
  if (next === undefined || !fits(at + 1)) return false
  const run = units.slice(at + 1, at + 4)
  const stop = run.findIndex((_, index) => !fits(at + 1 + index))
  const head = (stop < 0 ? run : run.slice(0, stop)).at(-1)!.lower
  if (!POSSESSIVE_HEADS.has(head) && !ORG_WORDS.has(head)) return false
  const owner = units[at - 1]!.lower.replace(/['’]$/u, '')
  const saint = /^(?:st|saint)$/iu.test(units[at - 2]?.text ?? '') || (units[at - 2]?.text === '.' && /^St$/u.test(units[at - 3]?.text ?? ''))
  return saint || isCommonWord(owner) || /^(?:king|queen|girl|boy|women|men|people|children|trinity|christ|lloyd|sotheby|christie|mcdonald|macy)s?$/u.test(owner)
}

function numberBelongs(units: readonly Token[], at: number): boolean {
  const token = units[at]!
  const next = units[at + 1]
  if (!/^\d{1,4}$/u.test(token.text) || (next !== undefined && /^(?:%|percent|million|billion|thousand|°)$/u.test(next.text))) return false
  // A following plural noun makes it a count: `Tesla 500 employees`; a year after a name is a date.
  if (next !== undefined && next.shape === 'word' && !next.capital && isPlural(next.lower) && !/^(?:is|was|has|series|its|as)$/u.test(next.lower)) return false
  return !/^(?:1[0-9]\d\d|20\d\d)$/u.test(token.text)
}

/** Lower-case words inside a name: particles, of, for, and, the. */
function connector(scan: Scan, sentence: number, from: number, at: number, fits: (index: number) => boolean): number {
  const units = scan.tokens[sentence]!
  const token = units[at]!
  const last = units[at - 1]!
  if (PARTICLES.has(token.lower) && !/^(?:and|la|do|y|e|as)$/u.test(token.lower) || /^(?:la|y|e|do)$/u.test(token.lower)) {
    const run = /^(?:la|las|los|le|der|den)$/u.test(units[at + 1]?.lower ?? '') && fits(at + 2) ? 3 : fits(at + 1) ? 2 : 0
    if (run > 0) return run
  }
  const the = /^the$/u.test(units[at + 1]?.text ?? '') ? 1 : 0
  const head = last.lower
  if (token.lower === 'of' && fits(at + 1 + the)) {
    return OF_HEADS.has(head) && !TITLES.has(units[from]!.lower) ? 2 + the : 0
  }
  if ((token.lower === 'for' || token.lower === 'on') && fits(at + 1 + the)) return FOR_HEADS.has(head) ? 2 + the : 0
  if (token.lower === 'and' && fits(at + 1)) return andBelongs(units, from, at) ? 2 : 0
  if (token.lower === 'in' && the === 1 && fits(at + 2) && isCommonWord(head) && at - from > 1 && MISC_WORDS.has(units[from]!.lower)) return 3
  return 0
}

/** `Department of Health and Human Services`: both sides of `and` are ordinary words under one head. */
function andBelongs(units: readonly Token[], from: number, at: number): boolean {
  const left = units.slice(from, at)
  const right = units.slice(at + 1, at + 5)
  const stop = right.findIndex(unit => !unit.capital)
  const tail = stop < 0 ? right : right.slice(0, stop)
  const common = (token: Token): boolean => isCommonWord(token.lower) && knownClass(token.text) === undefined
  if (tail.length === 0 || !tail.every(common)) return LEGAL_FORMS.has(tail.at(-1)?.lower.replaceAll('.', '') ?? '') && left.length === 1
  if (left.some(unit => unit.lower === 'of' || unit.lower === 'for' || unit.lower === 'on')) return common(left.at(-1)!)
  return ORG_WORDS.has(tail.at(-1)!.lower) && left.every(unit => common(unit)) && !isNameNoun(left.at(-1)!.lower)
}
