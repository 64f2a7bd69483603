// Name spans of the whole document -> name mentions: votes of equal names are added up, then coarse type, types and agreement are set.
import type { CoarseType } from '../../ontology/index.ts'
import { decide, describedAs, vote, type CoarseGuess } from './coarse.ts'
import type { Agreement, Mention } from './mention.ts'
import type { NameSpan } from './name-span.ts'
import { findNames } from './names.ts'
import { has, TAG, type Scan } from './scan.ts'
import { fold, type Token } from './token.ts'
import type { Typing } from './typing.ts'
import { nounCoarse, nounGender, singular, firstName, NAMING_TITLES, TITLES, knownClass } from './words/index.ts'

interface Named {
  readonly span: NameSpan
  readonly key: string
}

interface Summary {
  readonly votes: Record<CoarseType, number>
  /** Nouns that point to a type: those of appositions, of the name itself, of its class. */
  readonly nouns: string[]
  gender: 'male' | 'female' | undefined
}

/** Names of a document as mentions; units of dates, quantities and links are left out. */
export function findNameMentions(seen: Scan, typing: Typing, literals: readonly Mention[]): Mention[] {
  const dates = new Set(literals.filter(literal => literal.literal!.kind !== 'number').flatMap(literal => range(literal)))
  const blocked = (token: Token): boolean => dates.has(token.start)
  const named = seen.document.sentences.flatMap((_, sentence) => findNames(seen, sentence, blocked).map(span => ({ span, key: keyOf(seen, span) })))
  const summaries = summarize(seen, named)
  return named.map(({ span, key }) => mentionOf(seen, span, summaries.get(key)!, typing))
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

function summarize(seen: Scan, named: readonly Named[]): Map<string, Summary> {
  const summaries = new Map<string, Summary>()
  for (const { span, key } of named) {
    const summary = summaries.get(key) ?? summaries.set(key, { votes: { PER: 0, ORG: 0, LOC: 0, MISC: 0 }, nouns: [], gender: undefined }).get(key)!
    const votes = vote(seen, span)
    for (const coarse of Object.keys(votes) as CoarseType[]) summary.votes[coarse] += votes[coarse]
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

function mentionOf(seen: Scan, span: NameSpan, summary: Summary, typing: Typing): Mention {
  const units = seen.tokens[span.sentence]!
  const guess = decide(summary.votes)
  const corroborated = has(seen, span.sentence, span.from, TAG.person | TAG.place | TAG.organization)
  const own = nounsOf(seen, span)
  return {
    start: units[span.from]!.start, end: units[span.to - 1]!.end, text: textOf(seen, span), kind: 'name', sentence: span.sentence,
    coarse: guess.coarse, types: typing.forName(guess, [...new Set([...own, ...summary.nouns])].slice(0, 8)), agreement: agreementOf(guess, summary), finder: corroborated ? 'compromise' : 'writing',
  }
}

function agreementOf(guess: CoarseGuess, summary: Summary): Agreement {
  if (guess.coarse === 'PER') return { ...(summary.gender === undefined ? {} : { gender: summary.gender }), number: 'singular', person: 3 }
  if (!guess.clear) return { person: 3 }
  return guess.coarse === 'ORG' ? { gender: 'neuter', person: 3 } : { gender: 'neuter', number: 'singular', person: 3 }
}
