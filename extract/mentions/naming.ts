// Name spans of the whole document -> name mentions: votes of equal names are added up, then coarse type, types and agreement are set.
import type { Span } from '../../ingest/index.ts'
import type { CoarseType } from '../../ontology/index.ts'
import type { SeenName, View } from '../views/index.ts'
import { byLikeness, type Likeness } from './likeness.ts'
import { decide, describedAs, vote, type CoarseGuess } from './coarse.ts'
import { isRoleNoun } from './conventions.ts'
import type { Agreement, Mention } from './mention.ts'
import type { NameSpan } from './name-span.ts'
import { findNames, PRONOUNS } from './names/index.ts'
import { has, opens, TAG, type Scan } from './scan.ts'
import { fold, type Token } from './token.ts'
import type { Typing } from './typing.ts'
import { isCommonWord, nounCoarse, nounGender, singular, firstName, NAMING_TITLES, TITLES, knownClass } from './words/index.ts'

interface Named {
  readonly span: NameSpan
  readonly key: string
  readonly place: Span
}

/** Least score of a name that the encoder alone sees. */
const SEEN = 0.6
/** Of the name of a type: `Service` of `WebService`. */
const LAST_WORD = /(?:^|\p{Lu})[^\p{Lu}]*$/u
/** Numbers that names have: `1999 Tri-Nations`, `108 St. Georges Terrace`, `1. FC Magdeburg`. */
const PLAIN = /^\d{1,4}$/u
/** What the encoder's belief in a coarse type counts beside the other votes. */
const BELIEF = 15
/** Places of one name that are asked for their kind. */
const LOOKED_AT = 8

/** What stands somewhere already. */
interface Taken extends Span {
  readonly written?: NameSpan
  /** A bare number or year. */
  readonly plain?: boolean
}

interface Summary {
  readonly votes: Record<CoarseType, number>
  /** Nouns that point to a type: those of appositions, of the name itself, of its class. */
  readonly nouns: string[]
  gender: 'male' | 'female' | undefined
}

/** Where names stand by the writing of the document; units of dates, quantities and links are left out. */
export function findNameSpans(seen: Scan, literals: readonly Mention[]): NameSpan[] {
  const dates = new Set(literals.filter(literal => literal.literal!.kind !== 'number').flatMap(literal => range(literal)))
  const blocked = (token: Token): boolean => dates.has(token.start)
  return seen.document.sentences.flatMap((_, sentence) => findNames(seen, sentence, blocked))
}

/** Names as mentions: those of the writing, and those that the encoder alone sees or sees whole. */
export function nameMentions(seen: Scan, written: readonly NameSpan[], typing: Typing, literals: readonly Mention[], view: View): Mention[] {
  const spans = joinNames(seen, written, typing, literals, view)
  const named = spans.map(span => ({ span, key: keyOf(seen, span), place: placeOf(seen, span) }))
  const summaries = summarize(seen, named, view)
  const kinds = new Map<string, Span[]>()
  for (const { key, place } of named) void (kinds.get(key)?.push(place) ?? kinds.set(key, [place]))
  return named.map(({ span, key }) => mentionOf(seen, span, summaries.get(key)!, typing, likeness(kinds.get(key)!, view)))
}

/** Names of the writing, but for those that the encoder sees as parts of a longer one. */
function joinNames(seen: Scan, written: readonly NameSpan[], typing: Typing, literals: readonly Mention[], view: View): NameSpan[] {
  // Nothing leaves its sentence, so each name is held against its own sentence alone: the cost stays linear.
  const taken = new Map<number, Taken[]>()
  const take = (sentence: number, span: Taken): void => void (taken.get(sentence)?.push(span) ?? taken.set(sentence, [span]))
  for (const span of written) take(span.sentence, { ...placeOf(seen, span), written: span })
  for (const literal of literals) take(literal.sentence, { ...literal, plain: PLAIN.test(literal.text) })
  const gone = new Set<NameSpan>()
  const added = view.names.flatMap(found => {
    const span = found.score < SEEN ? undefined : spanOf(seen, found)
    if (span === undefined) return []
    const { start, end } = placeOf(seen, span)
    const touched = (taken.get(found.sentence) ?? []).filter(other => other.start < end && start < other.end && !(other.plain && other.end - other.start < end - start))
    // Dates and quantities stay, and so does what reaches beyond the name or is the name; a bare number may be a part of it.
    if (touched.some(other => other.written === undefined || other.start < start || other.end > end || (other.start === start && other.end === end))) return []
    if (touched.length === 1 && isClassed(seen, touched[0]!.written!, span, typing)) return []
    for (const other of touched) gone.add(other.written!)
    return [span]
  })
  return [...written.filter(span => !gone.has(span)), ...added]
}

/** Whether a longer span is a name and the noun of a type behind it: `the Serie C league` is called Serie C where leagues are a type. Places keep theirs: `Alderney airport`. */
function isClassed(seen: Scan, name: NameSpan, longer: NameSpan, { all }: Typing): boolean {
  const noun = seen.tokens[longer.sentence]![longer.to - 1]!
  if (name.from !== longer.from || name.to !== longer.to - 1 || noun.capital || nounCoarse(noun.lower) === 'LOC') return false
  return all.some(type => LAST_WORD.exec(type)![0].toLowerCase() === noun.lower)
}

/** Mean probability that a name, wherever it stands in the document, is of a type. */
function likeness(places: readonly Span[], view: View): Likeness {
  const some = places.slice(0, LOOKED_AT)
  return type => {
    const beliefs = some.flatMap(place => view.kind(place, type) ?? [])
    return beliefs.length === 0 ? undefined : beliefs.reduce((sum, belief) => sum + belief, 0) / beliefs.length
  }
}

/** A name of the encoder in units, without the article, which a title alone has for its own; names that begin or end within a unit, or say nothing but `the` or `he`, are left out. */
function spanOf(seen: Scan, { start, end, sentence, coarse }: SeenName): NameSpan | undefined {
  const units = seen.tokens[sentence]!
  const first = units.findIndex(unit => unit.start === start)
  const article = units[first]?.text === 'the' || (units[first]?.text === 'The' && coarse !== 'MISC' && opens(units, first))
  const from = article ? first + 1 : first
  let to = units.findIndex(unit => unit.end === end) + 1
  while (to > from + 1 && /^(?:[:;,(–—-]|and|or|of|the|in|at|by|for|to|with)$/u.test(units[to - 1]!.text)) to -= 1
  const words = units.slice(Math.max(0, from), to).filter(unit => unit.shape === 'word')
  return first < 0 || words.every(unit => unit.text.length < 2 || PRONOUNS.has(unit.lower)) || isDescribing(units.slice(first, to)) ? undefined : { sentence, from, to }
}

/** An article and ordinary words, `The buyer`: a heading's, say, behind its number. */
function isDescribing([article, ...rest]: readonly Token[]): boolean {
  return /^(?:the|an?)$/u.test(article?.lower ?? '') && rest.length > 0 && rest.every(({ shape, text }) => shape === 'word' && /^\p{Ll}+$/u.test(text) && (isCommonWord(text) || isRoleNoun(text)))
}

/** A name's place in the text. */
export function placeOf(seen: Scan, { sentence, from, to }: NameSpan): Span {
  const units = seen.tokens[sentence]!
  return { start: units[from]!.start, end: units[to - 1]!.end }
}

function range(mention: Mention): number[] {
  return Array.from({ length: mention.end - mention.start }, (_, index) => mention.start + index)
}

function keyOf(seen: Scan, span: NameSpan): string {
  return fold(textOf(seen, span)).replace(/^the /u, '')
}

function textOf(seen: Scan, span: NameSpan): string {
  const units = seen.tokens[span.sentence]!
  return seen.document.text.slice(units[span.from]!.start, units[span.to - 1]!.end)
}

function summarize(seen: Scan, named: readonly Named[], view: View): Map<string, Summary> {
  const summaries = new Map<string, Summary>()
  for (const { span, key, place } of named) {
    const summary = summaries.get(key) ?? summaries.set(key, { votes: { PER: 0, ORG: 0, LOC: 0, MISC: 0 }, nouns: [], gender: undefined }).get(key)!
    const votes = vote(seen, span)
    const belief = view.coarse(place)
    for (const coarse of Object.keys(votes) as CoarseType[]) summary.votes[coarse] += votes[coarse] + BELIEF * (belief?.[coarse] ?? 0)
    summary.nouns.push(...nounsOf(seen, span))
    summary.gender ??= genderOf(seen, span)
  }
  // A surname or first name alone is the person whose full name stands elsewhere.
  const parts = new Map<string, string[]>()
  for (const [key, summary] of summaries) {
    const words = key.split(' ')
    if (words.length < 2 || decide(summary.votes).coarse !== 'PER') continue
    for (const part of [words[0]!, words.at(-1)!]) parts.set(part, [...(parts.get(part) ?? []), key])
  }
  for (const [key, full] of parts) {
    const alone = summaries.get(key)
    if (alone === undefined) continue
    alone.votes.PER += 3
    if (full.length === 1) alone.gender ??= summaries.get(full[0]!)!.gender
  }
  return summaries
}

/** Nouns beside and inside the name, strongest first. */
function nounsOf(seen: Scan, span: NameSpan): string[] {
  const units = seen.tokens[span.sentence]!
  const nouns: string[] = []
  const described = describedAs(seen, span)
  if (described !== undefined) nouns.push(described)
  const before = units[span.from - 1]
  const after = units[span.to]
  const known = knownClass(textOf(seen, span))
  if (known !== undefined) nouns.push(known)
  if (after !== undefined && after.shape === 'word' && after.spaced && !after.capital && has(seen, span.sentence, span.to, TAG.noun) && before?.lower === 'the') nouns.push(singular(after.lower))
  if (before !== undefined && before.shape === 'word' && !before.capital && before.spaced && has(seen, span.sentence, span.from - 1, TAG.noun)) nouns.push(singular(before.lower))
  if (before?.lower === 'of' && nounCoarse(singular(units[span.from - 2]?.lower ?? '')) === 'LOC') nouns.push(singular(units[span.from - 2]!.lower))
  const words = units.slice(span.from, span.to).filter(unit => unit.shape === 'word')
  const of = words.findIndex(unit => unit.lower === 'of' || unit.lower === 'for')
  if (words.length > 1) nouns.push(...(of > 0 ? [words[of - 1]!] : [words.at(-1)!, words[0]!]).map(unit => singular(unit.lower)))
  return nouns
}

function genderOf(seen: Scan, span: NameSpan): 'male' | 'female' | undefined {
  const units = seen.tokens[span.sentence]!
  const first = fold(units[span.from]!.lower)
  const title = span.title === undefined ? undefined : TITLES.get(span.title)
  const naming = NAMING_TITLES.get(first)
  const known = firstName(first)
  const described = describedAs(seen, span)
  const noun = described === undefined ? undefined : nounGender(described)
  const before = units[span.from - 1]
  const kin = before === undefined || before.shape !== 'word' ? undefined : nounGender(singular(before.lower))
  const tagged = has(seen, span.sentence, span.from, TAG.male) === has(seen, span.sentence, span.from, TAG.female) ? undefined : has(seen, span.sentence, span.from, TAG.male) ? 'male' : 'female'
  return title ?? naming ?? noun ?? kin ?? (known === 'either' ? undefined : known ?? tagged)
}

function mentionOf(seen: Scan, span: NameSpan, summary: Summary, typing: Typing, like: Likeness): Mention {
  const units = seen.tokens[span.sentence]!
  const guess = decide(summary.votes)
  const corroborated = has(seen, span.sentence, span.from, TAG.person | TAG.place | TAG.organization)
  const own = nounsOf(seen, span)
  return {
    start: units[span.from]!.start, end: units[span.to - 1]!.end, text: textOf(seen, span), kind: 'name', sentence: span.sentence,
    coarse: guess.coarse, types: byLikeness(typing.forName(guess, [...new Set([...own, ...summary.nouns])].slice(0, 8)), like, typing.all), agreement: agreementOf(guess, summary), finder: corroborated ? 'compromise' : 'writing',
  }
}

function agreementOf(guess: CoarseGuess, summary: Summary): Agreement {
  if (guess.coarse === 'PER') return { ...(summary.gender === undefined ? {} : { gender: summary.gender }), number: 'singular', person: 3 }
  if (!guess.clear) return { person: 3 }
  return guess.coarse === 'ORG' ? { gender: 'neuter', person: 3 } : { gender: 'neuter', number: 'singular', person: 3 }
}
