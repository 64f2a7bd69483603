// Phrases that are built around a name: offices, which end with one (`President of Lebanon`), and compounds, which begin with one (`Arrabbiata sauce`). Only for types that no recognizer, list or pattern finds, or that examples show so.
import type { Conventions } from './conventions.ts'
import type { NameSpan } from './name-span.ts'
import { isOfficeNoun, JOINING, RANKS } from './offices.ts'
import type { Phrase } from './phrases.ts'
import { has, TAG, type Scan } from './scan.ts'
import type { Typing } from './typing.ts'
import { nounCoarse, singular } from './words/index.ts'

/** Most words before an office's noun, and behind a compound's name. */
const MOST = 3
/** Before a name they tell that the noun behind it says what it is. */
const DETERMINERS = /^(?:an?|the|this|that|these|those|each|every|some|any|no|my|our|your|his|her|its|their|’s|'s)$/u
/** Nouns that people add to a name which does without: `Jalisco region`, `Michigan state`. */
const REGIONS = new Set(['area', 'city', 'country', 'location', 'nation', 'place', 'region', 'republic', 'site', 'state', 'town', 'village'])
/** How like a thing of its type an office has to be where examples show offices. */
const OFFICE_LIKE = 0.05

/** Phrases around the names of a sentence that a described type may have, in order. */
export function findAroundNames(seen: Scan, sentence: number, names: readonly NameSpan[], typing: Typing, { described, offices }: Conventions): Phrase[] {
  return names.flatMap((name) => [...office(seen, sentence, name, names, described, offices), ...compound(seen, sentence, name, typing, described)])
}

/** The name at its end stands for itself as well: somebody is head of state of Lebanon and President of Lebanon. */
function office({ tokens }: Scan, sentence: number, { from, to }: NameSpan, names: readonly NameSpan[], types: readonly string[], shown: readonly string[]): Phrase[] {
  const units = tokens[sentence]!
  const joining = units[from - 1]?.lower === 'the' ? from - 2 : from - 1
  const noun = units[joining - 1]
  if (noun?.shape !== 'word' || !JOINING.has(units[joining]!.lower) || !isOfficeNoun(noun.lower)) return []
  const belongs = (at: number): boolean => {
    const unit = units[at]
    return unit?.shape === 'word' && !names.some((name) => name.from <= at && at < name.to) && (RANKS.has(unit.lower) || (noun.capital && unit.capital && at > 0))
  }
  let first = joining - 1
  while (joining - first <= MOST && belongs(first - 1)) first -= 1
  return [{ start: units[first]!.start, end: units[to - 1]!.end, types: [...new Set([...shown, ...types])], sure: shown, least: OFFICE_LIKE, beside: 'name' }]
}

/** The noun behind a name may be the head of both: `Indonesian rupiah`, `Carter constant`; or the name stands alone: `Tesla factory`. Which, the encoder says. */
function compound(seen: Scan, sentence: number, { from, to, quoted }: NameSpan, typing: Typing, types: readonly string[]): Phrase[] {
  const units = seen.tokens[sentence]!
  let end = to
  while (end < to + MOST && isNoun(seen, sentence, end)) end += 1
  const head = singular(units[end - 1]!.lower)
  if (quoted || end === to || (nounCoarse(head) === 'PER' && typing.forNoun(head).length === 0)) return []
  const start = units[from]!.start
  // `Alderney airport`, but `the Texas town`, `a Boston hospital` and `two Munich factories`.
  const built = nounCoarse(head) === 'LOC' && units[end - 1]!.lower === head && !REGIONS.has(head) && !DETERMINERS.test(units[from - 1]?.lower ?? '') ? typing.forNoun(head) : []
  return [{ start, end: units[end - 1]!.end, types: [...new Set([...built, ...types])], sure: built, ...(built.length > 0 ? {} : { instead: [{ start, end: units[to - 1]!.end }] }) }]
}

function isNoun(seen: Scan, sentence: number, at: number): boolean {
  const unit = seen.tokens[sentence]![at]
  return unit?.shape === 'word' && unit.spaced && !unit.capital && has(seen, sentence, at, TAG.noun) && !has(seen, sentence, at, TAG.function | TAG.value | TAG.verb | TAG.adverb)
}
