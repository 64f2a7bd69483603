// Document + ontology -> mentions: the finders propose, the encoder's view and the rules on overlaps settle.
import type { Document, Span } from '../../ingest/index.ts'
import type { CompiledOntology, LiteralKind } from '../../ontology/index.ts'
import { NO_VIEW, type View } from '../views/index.ts'
import { findLiterals } from './literals/index.ts'
import { compileGazetteer, type Gazetteer } from './gazetteer.ts'
import type { Mention } from './mention.ts'
import type { NameSpan } from './name-span.ts'
import { findNameSpans, nameMentions, placeOf } from './naming.ts'
import { findNominals } from './nominals.ts'
import { type Conventions, conventionsOf } from './conventions.ts'
import { findInsidePhrases } from './inside-phrases.ts'
import { findJoinedNames } from './joined-names.ts'
import { findTitles } from './titles.ts'
import { findPhrases, type Phrase } from './phrases.ts'
import { findAroundNames } from './around-names.ts'
import { phraseMentions } from './phrasing.ts'
import { resolveOverlaps } from './overlaps.ts'
import { compilePatterns, matchPatterns, type Pattern } from './patterns.ts'
import { byLikeness } from './likeness.ts'
import { findPronouns } from './pronouns.ts'
import { scan, type Scan } from './scan.ts'
import { tokenize } from './token.ts'
import { compileTyping, type Typing } from './typing.ts'
import { otherValues } from './values.ts'
import { singular } from './words/index.ts'

/** What a heading says beside the noun for the things below it. */
const NAMING = new Set(['name', 'names', 'no', 'nr', 'number', 'id', 'code'])

/** What is made of an ontology once and serves every document. */
export interface MentionFinders {
  readonly gazetteer: Gazetteer
  readonly patterns: readonly Pattern[]
  readonly typing: Typing
  /** Types whose pattern matches are string values: no relation takes them as an entity, and some relation takes strings. */
  readonly strings: ReadonlySet<string>
  readonly conventions: Conventions
  /** Kinds of values that relations take. */
  readonly values: ReadonlySet<LiteralKind>
}

/** Compiles names, patterns and type words of an ontology. */
export function compileFinders(compiled: CompiledOntology): MentionFinders {
  const { ontology } = compiled
  const relations = Object.values(ontology.relations)
  const used = (type: string): boolean => relations.some(relation => [...relation.domain, ...relation.range].some(end => end === type || (end in ontology.types && (compiled.isA(type, end) || compiled.isA(end, type)))))
  const strings = relations.some(relation => relation.literal === 'string') ? Object.keys(ontology.types).filter(type => ontology.types[type]!.patterns.length > 0 && !used(type)) : []
  return { gazetteer: compileGazetteer(ontology), patterns: compilePatterns(ontology), typing: compileTyping(compiled), strings: new Set(strings), conventions: conventionsOf(compiled), values: new Set(relations.flatMap(({ literal }) => literal ?? [])) }
}

/** What stands in a document before anybody decides what it is. */
export interface Proposals {
  readonly finders: MentionFinders
  /** Names and patterns of the ontology: sure. */
  readonly listed: readonly Mention[]
  /** Absent where the document is not English: the rest was not looked for. */
  readonly english?: {
    readonly seen: Scan
    readonly literals: readonly Mention[]
    readonly names: readonly NameSpan[]
    readonly phrases: readonly (Phrase & { readonly sentence: number })[]
    /** Nominals and pronouns. */
    readonly describing: readonly Mention[]
  }
  /** All of them but the literals, as a view is asked for them. */
  readonly spans: readonly Span[]
}

/** Everything that may be a mention. */
export function proposeMentions(document: Document, finders: MentionFinders): Proposals {
  const listed = document.sentences.flatMap((sentence, index) => {
    const tokens = finders.gazetteer.size === 0 ? [] : tokenize(document.text, sentence)
    return [
      ...finders.gazetteer.match(tokens).map(match => entity(document, index, tokens[match.from]!.start, tokens[match.to - 1]!.end, match.types, 'gazetteer', match.masterId)),
      ...matchPatterns(document.text, sentence, finders.patterns).map(match => finders.strings.has(match.type)
        ? literalMention(document, index, match.start, match.end, { kind: 'string', value: document.text.slice(match.start, match.end) }, 'pattern')
        : entity(document, index, match.start, match.end, [match.type], 'pattern')),
    ]
  })
  if (document.language !== 'en') return { finders, listed, spans: listed }
  const seen = scan(document)
  const literals = document.sentences.flatMap((sentence, index) => findLiterals(document.text, sentence).map(({ start, end, kind, value }) => literalMention(document, index, start, end, { kind, value }, 'literal')))
  const names = findNameSpans(seen, literals)
  const inSentence = document.sentences.map((): NameSpan[] => [])
  for (const name of names) inSentence[name.sentence]!.push(name)
  const phrases = document.sentences.flatMap((_, sentence) => [
    ...findPhrases(seen, sentence, finders.typing, finders.conventions),
    ...findInsidePhrases(seen, sentence, finders.conventions),
    ...findAroundNames(seen, sentence, inSentence[sentence]!, finders.typing, finders.conventions),
    ...findJoinedNames(seen, sentence, inSentence[sentence]!, finders.conventions),
    ...findTitles(seen, sentence, inSentence[sentence]!, finders.conventions),
  ].map(phrase => ({ ...phrase, sentence })))
  const spoken = describing(seen, finders.typing)
  return { finders, listed, english: { seen, literals, names, phrases, describing: spoken }, spans: [...listed, ...names.map(span => placeOf(seen, span)), ...phrases, ...spoken] }
}

/** Mentions out of what was proposed and what the encoder sees, sorted by start; overlaps are resolved. */
export function settleMentions({ finders, listed, english }: Proposals, view: View): readonly Mention[] {
  if (english === undefined) return resolveOverlaps(listed, [])
  const { seen, literals, names, phrases, describing: spoken } = english
  const described = phraseMentions(phrases, seen.document.text, finders.typing.all, view)
  // What the encoder takes for a thing is no number: `4417`, said of a ticket.
  const things = new Set(described.map(({ start, end }) => `${start}-${end}`))
  const numbers = literals.filter(({ start, end }) => !things.has(`${start}-${end}`))
  const nominals = spoken.map((mention) => mention.kind === 'nominal' ? lookedAt(mention, view, finders) : mention)
  const mentions = resolveOverlaps([...listed, ...numbers, ...nameMentions(seen, names, finders.typing, literals, view), ...described, ...nominals], finders.typing.persons)
  return [...mentions, ...otherValues(mentions, seen, finders.values)].sort((a, b) => a.start - b.start || b.end - a.end)
}

/** Types that the heading of a column names, in the ontology's own words: `vehicle`, `Supplier name`. Others say less: an owner may be a person or a company. */
export function typesOfHeading(heading: string, { typing }: MentionFinders): readonly string[] {
  const words = heading.toLowerCase().match(/\p{L}[\p{L}-]*/gu) ?? []
  const noun = words.findLast((word) => !NAMING.has(word))
  return noun === undefined ? [] : typing.forNoun(singular(noun))
}

/** A noun phrase with the types that it looks like; what its noun points to weighs more than what the encoder alone thinks of. */
function lookedAt(nominal: Mention, view: View, { typing: { all }, conventions: { unnamed } }: MentionFinders): Mention {
  const types = byLikeness(nominal.types, type => view.kind(nominal, type), all)
  return { ...nominal, types, ...(unnamed.includes(types[0] ?? '') ? { unnamed: true } : {}), ...(nominal.types.length === 0 ? { finder: 'likeness' } : {}) }
}

/** All mentions of a document by the rules alone; a document that is not English gets names and patterns of the ontology only. */
export function findMentions(document: Document, finders: MentionFinders): readonly Mention[] {
  return settleMentions(proposeMentions(document, finders), NO_VIEW)
}

function entity(document: Document, sentence: number, start: number, end: number, types: readonly string[], finder: string, masterId?: string): Mention {
  return { start, end, text: document.text.slice(start, end), kind: 'name', sentence, types, agreement: { person: 3 }, finder, ...(masterId === undefined ? {} : { masterId }) }
}

function literalMention(document: Document, sentence: number, start: number, end: number, literal: NonNullable<Mention['literal']>, finder: string): Mention {
  return { start, end, text: document.text.slice(start, end), kind: 'literal', sentence, types: [], literal, agreement: {}, finder }
}

/** Nominals and pronouns. */
function describing(seen: Scan, typing: Typing): Mention[] {
  const { document } = seen
  return document.sentences.flatMap((_, sentence) => {
    const units = seen.tokens[sentence]!
    const nominals = findNominals(seen, sentence, typing).map(({ from, to, types, agreement, coarse }): Mention => {
      const start = units[from]!.start
      const end = units[to - 1]!.end
      return { start, end, text: document.text.slice(start, end), kind: 'nominal', sentence, types, agreement, finder: 'nominal', ...(coarse === undefined ? {} : { coarse }) }
    })
    const pronouns = findPronouns(seen, sentence).map(({ from, agreement, person }): Mention => {
      const { start, end, text } = units[from]!
      return { start, end, text, kind: 'pronoun', sentence, types: person ? typing.persons : [], agreement, finder: 'pronoun', ...(person ? { coarse: 'PER' as const } : {}) }
    })
    return [...nominals, ...pronouns]
  })
}
