// Phrases -> mentions: those that are like a thing of a type, by themselves or as one of several that are numbered alike.
import type { View } from '../views/index.ts'
import type { Likeness } from './likeness.ts'
import type { Mention } from './mention.ts'
import { type Phrase, YEAR } from './phrases.ts'

/** Probability from which a phrase is taken for a thing of a type: for one that its likes in the text have, one that examples describe in common words, and any other. */
const LIKE = { known: 0.15, exemplified: 0.3, other: 0.6 }

/** Phrases that are things of a type, as mentions. */
export function phraseMentions(phrases: readonly (Phrase & { readonly sentence: number })[], text: string, all: readonly string[], view: View): Mention[] {
  const kindOf = ({ start, end }: Phrase): string | undefined => kindOfNumbered(text.slice(start, end))
  const known = new Map<string, Set<string>>()
  for (const phrase of phrases) {
    const kind = kindOf(phrase)
    if (kind === undefined) continue
    const types = known.get(kind) ?? known.set(kind, new Set()).get(kind)!
    for (const type of typesOfPhrase(phrase, (asked) => view.kind(phrase, asked))) types.add(type)
  }
  const typed = phrases.flatMap((phrase): Typed[] => {
    const types = typesOfPhrase(phrase, (type) => view.kind(phrase, type), [...(known.get(kindOf(phrase) ?? '') ?? [])])
    if (types.length === 0) return []
    const belief = view.kind(phrase, types[0]!) ?? 0
    return phrase.instead?.some((name) => all.some((type) => view.kind(name, type)! > belief)) ? [] : [{ phrase, types, belief }]
  })
  return likeliestParts(typed).map(({ phrase, types }): Mention => {
    const { start, end, sentence } = phrase
    return { start, end, text: text.slice(start, end), kind: 'name', sentence, types, agreement: { gender: 'neuter', person: 3 }, finder: phrase.beside === 'name' ? 'holding' : phrase.beside === 'phrase' ? 'inside' : 'phrase' }
  })
}

interface Typed {
  readonly phrase: Phrase & { readonly sentence: number }
  readonly types: readonly string[]
  /** Probability of the first of them. */
  readonly belief: number
}

/** Leaves out parts of a noun phrase where another part of it that is of the same type is likelier. */
function likeliestParts(typed: readonly Typed[]): Typed[] {
  const parts = new Map<string, Typed[]>()
  const keyOf = ({ phrase, types }: Typed): string => `${phrase.sentence} ${types[0]}`
  for (const one of typed) if (one.phrase.beside === 'phrase') parts.set(keyOf(one), [...(parts.get(keyOf(one)) ?? []), one])
  return typed.filter((one) => one.phrase.beside !== 'phrase'
    || !parts.get(keyOf(one))!.some(({ phrase, belief }) => belief > one.belief && phrase.start < one.phrase.end && one.phrase.start < phrase.end))
}

/** Types that a phrase has, best first; without a view, those that are sure. What others of its kind are, `known`, it need not be as like. */
export function typesOfPhrase({ types, sure, least }: Pick<Phrase, 'types' | 'sure' | 'least'>, like: Likeness, known: readonly string[] = []): readonly string[] {
  const likenesses = types.map((type) => ({ type, likeness: like(type) }))
  if (likenesses.every(({ likeness }) => likeness === undefined)) return sure
  return likenesses.filter(({ type, likeness = 0 }) => likeness >= (least !== undefined && sure.includes(type) ? least : known.includes(type) ? LIKE.known : sure.includes(type) ? LIKE.exemplified : LIKE.other)).sort((a, b) => b.likeness! - a.likeness!).map(({ type }) => type)
}

/** What numbered things of one kind share: the word before the number, or how many digits stand alone. */
export function kindOfNumbered(text: string): string | undefined {
  if (/^\d+$/u.test(text)) return YEAR.test(text) ? undefined : `${text.length}`
  return /^(.*\p{L})\.?\s[-\p{Lu}\d]*\d$/u.exec(text)?.[1]?.toLowerCase()
}
