// Name -> coarse type, by votes: the name's own words, the words around it, compromise's tags, and the same name elsewhere in the document.
import type { CoarseType } from '../../ontology/index.ts'
import { has, TAG, type Scan } from './scan.ts'
import type { NameSpan } from './name-span.ts'
import { fold } from './token.ts'
import { CLUB_FORMS, isCommonWord, LEGAL_FORMS, LOC_OPENERS, LOC_WORDS, MISC_WORDS, ORG_OPENERS, ORG_WORDS, PERSON_VERBS, nounCoarse, singular, firstName, NAMING_TITLES, knownClass } from './words/index.ts'

export type Votes = Readonly<Record<CoarseType, number>>

/** Best coarse type of a name and whether the signs are clear. */
export interface CoarseGuess {
  readonly coarse: CoarseType
  readonly clear: boolean
}

/** Margin from which a coarse type is taken as known. */
const CLEAR = 2

/** Votes of one occurrence. */
export function vote(scan: Scan, span: NameSpan): Votes {
  const votes = { PER: 0, ORG: 0, LOC: 0, MISC: 0 }
  const units = scan.tokens[span.sentence]!
  const words = units.slice(span.from, span.to).filter(unit => unit.shape !== 'mark')
  if (span.quoted) votes.MISC += 4
  if (span.title !== undefined) votes.PER += 4
  ownWords(words.map(unit => unit.text), votes)
  around(scan, span, votes)
  for (let index = span.from; index < span.to; index++) {
    if (has(scan, span.sentence, index, TAG.person)) votes.PER += 1 / words.length
    if (has(scan, span.sentence, index, TAG.place)) votes.LOC += 1 / words.length
    if (has(scan, span.sentence, index, TAG.organization)) votes.ORG += 1 / words.length
  }
  return votes
}

/** Sum of votes -> guess; without any sign, MISC and unclear. */
export function decide(votes: Votes): CoarseGuess {
  const [first, second] = (Object.entries(votes) as [CoarseType, number][]).sort((a, b) => b[1] - a[1])
  if (first![1] <= 0) return { coarse: 'MISC', clear: false }
  return { coarse: first![0], clear: first![1] - second![1] >= CLEAR }
}

function ownWords(texts: readonly string[], votes: Record<CoarseType, number>): void {
  const name = texts.join(' ')
  const known = knownClass(name)
  if (known === 'nationality' || known === 'holiday' || known === 'religion') { votes.MISC += 6; return }
  if (known !== undefined) { votes.LOC += 5; return }
  const lower = texts.map(text => fold(text))
  const first = lower[0] ?? ''
  const of = lower.findIndex(word => word === 'of' || word === 'for')
  const last = lower[of > 0 ? of - 1 : lower.length - 1] ?? ''
  if (LEGAL_FORMS.has(lower.at(-1) ?? '') && texts.length > 1) votes.ORG += 6
  if (texts.length > 1 && [first, lower.at(-1)!].some(word => CLUB_FORMS.has(word)) && texts.some(text => /^(?:\p{Lu}\.?){2,4}$/u.test(text))) votes.ORG += 16
  if (texts.length > 1 || of > 0) {
    if (ORG_WORDS.has(last)) votes.ORG += 4
    if (LOC_WORDS.has(last)) votes.LOC += 4
    if (MISC_WORDS.has(last)) votes.MISC += 4
    if (LOC_OPENERS.has(first)) votes.LOC += 2
    if (ORG_OPENERS.has(first)) votes.ORG += 2
  }
  const gender = firstName(first)
  if (gender !== undefined) votes.PER += texts.length > 1 ? (isNoun(last) ? 1 : 4) : isCommonWord(first) ? 1 : 3
  if (NAMING_TITLES.has(first) && first !== 'st' && first !== 'saint') votes.PER += 3
  if (texts.length > 2 && /^\p{Lu}\.?$/u.test(texts[1]!)) votes.PER += 3
  if (/^\p{Lu}\.?$/u.test(texts[0] ?? '') && texts.length > 1 && !isNoun(last)) votes.PER += 2
  if (texts.slice(1, -1).some(text => /^(?:de|da|van|von|bin|ibn|der|den|di|del|della|al)$/u.test(text)) && !isNoun(first)) votes.PER += 2
  if (/^(?:jr|sr|ii|iii|iv|vi)$/u.test(lower.at(-1) ?? '') && texts.length > 1) votes.PER += 2
  if (texts.length === 1 && /^\p{Lu}{2,6}s?$/u.test(texts[0]!)) votes.ORG += 1.5
  if (texts.length === 1 && (/\d|_|\p{Ll}\p{Lu}|^\p{Ll}/u.test(texts[0]!))) votes.MISC += 2
  if (texts.length > 1 && /\d/u.test(texts.at(-1)!)) votes.MISC += 2
  // Two or three capitalised words that are no ordinary words: mostly people.
  if (texts.length >= 2 && texts.length <= 3 && lower.every(word => !isCommonWord(word)) && texts.every(text => /^\p{Lu}\p{Ll}+/u.test(text))) votes.PER += 1
  if (/(?:burg|ville|shire|stan|ford|town|land|polis|grad)$/u.test(last) && texts.length === 1) votes.LOC += 1
}

function isNoun(word: string): boolean {
  return ORG_WORDS.has(word) || LOC_WORDS.has(word) || MISC_WORDS.has(word)
}

function around(scan: Scan, span: NameSpan, votes: Record<CoarseType, number>): void {
  const units = scan.tokens[span.sentence]!
  const before = units[span.from - 1]
  const after = units[span.to]
  const second = units[span.to + 1]
  if (before !== undefined) {
    if (/^(?:in|near|at|from|across|outside|throughout|around|towards?|into)$/u.test(before.lower)) votes.LOC += before.lower === 'in' || before.lower === 'near' ? 1.5 : 0.7
    const coarse = before.shape === 'word' ? nounCoarse(singular(before.lower)) : undefined
    if (coarse !== undefined && before.spaced && !before.capital && before.lower !== 'people') votes[coarse] += 2.5
    // `the city of X`, `the village of X`
    const head = before.lower === 'of' ? units[span.from - 2]?.lower : undefined
    if (head !== undefined && nounCoarse(singular(head)) === 'LOC') votes.LOC += 2
    if (head !== undefined && /^(?:ceo|president|chairman|founder|director|employee|member|head|board|shares|subsidiary|owner)$/u.test(head)) votes.ORG += 1.5
    if (/^the$/u.test(before.lower)) { votes.PER -= 1.5; votes.ORG += 0.3; votes.LOC += 0.2 }
    if (/^(?:actor|actress|singer|son|daughter|wife|husband|mother|father|brother|sister|named|called|mother,)$/u.test(before.lower)) votes.PER += 1
  }
  if (after !== undefined) {
    if (PERSON_VERBS.has(after.lower)) votes.PER += 1.2
    if (/^(?:who|whose|whom)$/u.test(after.lower) || (after.text === ',' && /^(?:who|whose|whom|aged|his|her)$/u.test(second?.lower ?? ''))) votes.PER += 2.5
    if (after.text === '(' && /^(?:born|died|b|\d{4})$/u.test(second?.lower ?? '')) votes.PER += 2
    if (after.shape === 'word' && !after.capital && after.spaced) {
      const coarse = nounCoarse(singular(after.lower))
      // `the ledger-pg database`: the noun after a name tells what it is, but `Boston police` does not.
      if (coarse === 'MISC' && before?.lower === 'the') votes.MISC += 1.5
    }
    apposition(scan, span, votes)
  }
}

/** `X, a Norwegian company, …` and `X is a company`. */
function apposition(scan: Scan, span: NameSpan, votes: Record<CoarseType, number>): void {
  const head = describedAs(scan, span)
  const coarse = head === undefined ? undefined : nounCoarse(head)
  if (coarse !== undefined) votes[coarse] += 3
}

/** Singular head noun of an apposition or predicate right after the name. */
export function describedAs(scan: Scan, span: NameSpan): string | undefined {
  const units = scan.tokens[span.sentence]!
  let at = span.to
  if (units[at]?.text === '(') {
    const close = units.findIndex((unit, index) => index > at && unit.text === ')')
    if (close < 0 || close - at > 25) return undefined
    at = close + 1
  }
  const link = units[at]
  if (link === undefined || !(link.text === ',' || link.text === '–' || link.text === '—' || /^(?:is|was|are|were|became|remains)$/u.test(link.lower))) return undefined
  at += units[at + 1]?.lower === 'also' || units[at + 1]?.lower === 'formerly' ? 2 : 1
  if (!/^(?:a|an|the|our|its|his|her|their|one)$/u.test(units[at]?.lower ?? '')) return undefined
  return phraseHead(scan, span.sentence, at + 1)
}

/** Singular head noun of the noun phrase whose words begin at `at`: the last noun before a mark, verb, preposition or relative word. */
export function phraseHead(scan: Scan, sentence: number, at: number): string | undefined {
  const units = scan.tokens[sentence]!
  let head: string | undefined
  for (let index = at; index < Math.min(at + 8, units.length); index++) {
    const unit = units[index]!
    if (unit.shape !== 'word' || has(scan, sentence, index, TAG.function) || (has(scan, sentence, index, TAG.verb) && !has(scan, sentence, index, TAG.noun) && head !== undefined)) {
      if (unit.lower === 'and' && head === undefined) continue
      if (unit.lower === 'of' && head !== undefined && /^(?:one|part|kind|type|piece|member|group)$/u.test(head)) return head
      break
    }
    if (!unit.capital && (has(scan, sentence, index, TAG.noun) || nounCoarse(singular(unit.lower)) !== undefined)) head = singular(unit.lower)
  }
  return head
}
