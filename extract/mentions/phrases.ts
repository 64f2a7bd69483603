// What texts describe or number rather than name: `olive oil`, `a worn hose`, `forklift 6`, a table's `ice on the ramp`. Only for types that no recognizer, list or pattern finds.
import type { Span } from '../../ingest/index.ts'
import type { Conventions } from './conventions.ts'
import { has, TAG, type Scan } from './scan.ts'
import type { Token } from './token.ts'
import type { Typing } from './typing.ts'
import { isCommonWord, nounCoarse, singular } from './words/index.ts'

export interface Phrase {
  readonly start: number
  readonly end: number
  /** Types that it may have, if it is like one. */
  readonly types: readonly string[]
  /** Those that it has for all that the words and the examples say. */
  readonly sure: readonly string[]
  /** What stands for itself as well: a name in it, or all that it stands in. */
  readonly beside?: 'name' | 'phrase'
  /** How like a thing of its sure types it has to be, where its words say more than those of other phrases. */
  readonly least?: number
  /** The names that it stands in place of, where it is more like a thing of its type than they are of any. */
  readonly instead?: readonly Span[]
}

export const YEAR = /^(?:19|20)\d\d$/u

/** Longest phrase in words; longest value of a cell or a field. */
const LONGEST = 5
const LONGEST_VALUE = 7
/** Nouns before a number that count, place or date instead of naming a thing. */
const COUNTING = new Set('page chapter section item point no number figure table week day month year night hour minute step part level stage phase version release grade class age row line volume issue article paragraph room floor question note annex appendix about around over under nearly almost some only per than last next first past of and or at'.split(' '))
/** Heads that stand for nothing of their own. */
const EMPTY_HEADS = new Set('one thing way time part kind sort lot number amount bit case fact point matter end side place day week month year hour minute moment morning evening night today yesterday tomorrow person people man woman something anything everything nothing somebody nobody anybody everybody others other rest example reason result question answer word name percent half'.split(' '))

/** Phrases of a sentence that a described type may have, in order. */
export function findPhrases(seen: Scan, sentence: number, typing: Typing, { described: types, common }: Conventions): Phrase[] {
  if (types.length === 0) return []
  return [...numbered(seen, sentence, typing, types), ...numbersAlone(seen, sentence, types), ...abbreviated(seen, sentence, types), ...values(seen, sentence, types, common), ...nounPhrases(seen, sentence, typing, types, common)]
}

/** A noun with the number or code that tells the thing from its likes: `forklift 6`, `Case 118`, `No. 2204`. What counts or dates as a rule has a type only if it is like one. */
function numbered(seen: Scan, sentence: number, typing: Typing, types: readonly string[]): Phrase[] {
  const units = seen.tokens[sentence]!
  return units.flatMap((unit, at) => {
    const stop = units[at - 1]?.text === '.' && /^(?:no|nr)$/u.test(units[at - 2]?.lower ?? '') ? 1 : 0
    const noun = units[at - 1 - stop]
    if (!noun || !unit.spaced || !isDesignator(unit) || noun.shape !== 'word' || has(seen, sentence, at - 1 - stop, TAG.value)) return []
    const pointed = typing.forNoun(singular(noun.lower))
    const counts = (COUNTING.has(noun.lower) || noun.capital) && pointed.length === 0
    if (!noun.capital && !stop && ((COUNTING.has(noun.lower) && pointed.length === 0) || !has(seen, sentence, at - 1, TAG.noun))) return []
    if (noun.capital && NO_DESIGNATION.test(noun.text)) return []
    // "12 men": a number that counts what follows.
    const next = units[at + 1]
    if (unit.shape === 'number' && next?.shape === 'word' && next.spaced && has(seen, sentence, at + 1, TAG.noun) && !next.capital) return []
    // `Notice 3/24`, `order 17/B`
    const [slash, rest] = [units[at + 1], units[at + 2]]
    const end = slash?.text === '/' && !slash.spaced && rest && !rest.spaced && (isDesignator(rest) || /^\p{Lu}$/u.test(rest.text)) ? rest.end : unit.end
    let from = at - 1 - stop
    while (!noun.capital && from > 0 && at - from < 3 && isModifier(seen, sentence, from - 1, TAG.noun)) from -= 1
    const all = [...new Set([...pointed, ...types])]
    return [{ start: units[from]!.start, end, types: all, sure: counts ? [] : all }]
  })
}

/** Capitalised words before a number that make a date of it. */
const NO_DESIGNATION = /^(?:(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\p{Ll}*|March|April|May|In|By|On|At|Of|From|Since|Until|About|Around|The|And|Or|Over|Under|Only|For|To|With|After|Before|Between|A|An|Some|All)$/u

/** Numbers that may be what somebody calls a thing: `4417`, said of a ticket. */
function numbersAlone(seen: Scan, sentence: number, types: readonly string[]): Phrase[] {
  const units = seen.tokens[sentence]!
  return units.flatMap(({ text, shape, start, end }, at) => {
    const next = units[at + 1]
    if (shape !== 'number' || !/^\d{2,6}$/u.test(text) || YEAR.test(text) || (next?.shape === 'word' && next.spaced && has(seen, sentence, at + 1, TAG.noun))) return []
    return [{ start, end, types, sure: [] }]
  })
}

/** Names of living things after the first mention: `E. coli`, `T. apurimacensis`. */
function abbreviated(seen: Scan, sentence: number, types: readonly string[]): Phrase[] {
  const { text, sentences } = seen.document
  const { start, end } = sentences[sentence]!
  return [...text.slice(start, end).matchAll(/(?<![\p{L}.])\p{Lu}\.\s(\p{Ll}{4,}|coli)(?![\p{L}-])/gu)].filter(([, epithet]) => !isCommonWord(epithet!))
    .map((match) => ({ start: start + match.index, end: start + match.index + match[0].length, types, sure: [] }))
}

function isDesignator({ text, shape }: Token): boolean {
  return shape === 'number' ? /^\d{1,5}$/u.test(text) && !YEAR.test(text) : /^(?=.*\d)\p{Lu}{0,4}[-\p{Lu}\d]{1,8}$/u.test(text)
}

/** Short values of cells and of fields, in words that name nothing. */
function values(seen: Scan, sentence: number, types: readonly string[], sure: readonly string[]): Phrase[] {
  const { text, sentences } = seen.document
  const { kind, cells, start, end } = sentences[sentence]!
  const field = /^([^\p{L}\n]{0,4}\p{L}[^:\n]{1,40}:\s+)\S/u.exec(text.slice(start, end))
  const spans = kind === 'row' && cells ? cells : field && kind !== 'heading' ? [{ start: start + field[1]!.length, end }] : []
  return spans.flatMap((span): Phrase[] => {
    const shown = text.slice(span.start, span.end)
    const value = shown.replace(/^(?:the|an?)\s+/iu, '').replace(/[.;]\s*$/u, '')
    const words = value.trim().split(/\s+/u)
    const from = span.start + shown.indexOf(value)
    if (words.length > LONGEST_VALUE || !/^\p{L}[\p{L}\s'’-]+$/u.test(value) || words.slice(1).some((word) => /^\p{Lu}/u.test(word)) || EMPTY_HEADS.has(words[0]!.toLowerCase())) return []
    return [{ start: from, end: from + value.trimEnd().length, types, sure }]
  })
}

/** Runs of modifiers that end in a common noun. */
function nounPhrases(seen: Scan, sentence: number, typing: Typing, types: readonly string[], common: readonly string[]): Phrase[] {
  const units = seen.tokens[sentence]!
  const phrases: Phrase[] = []
  for (let from = 0; from < units.length; from += 1) {
    if (!isModifier(seen, sentence, from, TAG.noun | TAG.adjective | TAG.past | TAG.gerund)) continue
    let to = from
    let head = -1
    while (to < units.length && to - from < LONGEST && isModifier(seen, sentence, to, TAG.noun | TAG.adjective | TAG.past | TAG.gerund) && (to === from || units[to]!.spaced)) {
      if (has(seen, sentence, to, TAG.noun)) head = to
      to += 1
    }
    if (head >= 0) {
      const noun = singular(units[head]!.lower)
      const pointed = typing.forNoun(noun)
      const determined = from > 0 && /^(?:the|this|that|these|those|its|his|her|their|our)$/u.test(units[from - 1]!.lower)
      // What an article makes a reference to a thing of a known kind is a nominal, not a name.
      const known = determined && typing.forNominal(noun).length > 0
      const person = nounCoarse(noun) !== undefined && pointed.length === 0
      if (!known && !person && !EMPTY_HEADS.has(noun) && !COUNTING.has(noun) && noun.length > 2) {
        const first = (all: readonly string[]): readonly string[] => [...new Set([...pointed.filter((type) => all.includes(type)), ...all])]
        phrases.push({ start: units[from]!.start, end: units[head]!.end, types: first(types), sure: first(common) })
      }
    }
    from = Math.max(from, to - 1)
  }
  return phrases
}

function isModifier(seen: Scan, sentence: number, at: number, bits: number): boolean {
  const unit = seen.tokens[sentence]![at]!
  return unit.shape === 'word' && !unit.capital && has(seen, sentence, at, bits) && !has(seen, sentence, at, TAG.function | TAG.value) && !/\d/u.test(unit.text)
}
