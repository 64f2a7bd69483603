// Chains as OntoNotes (and so OntoGUM) would mark them: what that scheme does not mark at all, or marks with other bounds, is no error of a reading.
import type { Chain } from '../../extract/chains/index.ts'
import { knownClass } from '../../extract/mentions/words/index.ts'
import type { Span } from '../../ingest/index.ts'

/** Never marked: in OntoGUM's training documents none of 504 but one. */
const RELATIVE = /^(?:who|whom|whose|which|where)$/iu
const ARTICLE = /^(?:the|an?)\s+/iu
const POSSESSIVE = /['’]s?$/u
/** A noun phrase reaches over the one that `of` joins to it: `the government of the United States`. */
const JOINED = /^ of (?:the |an? )?/u

/** Mentions of each chain as keys of their spans: no relative pronouns, no adjectives of nations (one of 104 is marked), phrases with what `of` joins to them. */
export function chainsAsMarked(chains: readonly Chain[], text: string): Set<string>[] {
  const things = chains.filter(({ literal }) => literal === undefined)
  const endOf = new Map<number, number>()
  for (const { start, end } of things.flatMap(({ mentions }) => mentions)) endOf.set(start, Math.max(end, endOf.get(start) ?? 0))
  const whole = ({ start, end }: Span): Span => {
    const joined = JOINED.exec(text.slice(end, end + 10))?.[0]
    const to = joined === undefined ? undefined : endOf.get(end + joined.length) ?? endOf.get(end + ' of '.length)
    return to === undefined ? { start, end } : whole({ start, end: to })
  }
  return things.map(({ mentions }) => keysOf(mentions.flatMap((mention) => (mention.kind === 'pronoun' ? (RELATIVE.test(mention.text) ? [] : [mention]) : knownClass(mention.text) === 'nationality' ? [] : [whole(mention)])), text))
}

/** Mentions have no article here, and no possessive, marked ones do: both are left out on both sides. */
export function keysOf(spans: readonly Span[], text: string): Set<string> {
  return new Set(spans.map(({ start, end }) => {
    const words = text.slice(start, end)
    return `${start + (ARTICLE.exec(words)?.[0].length ?? 0)}-${end - (POSSESSIVE.exec(words)?.[0].length ?? 0)}`
  }))
}
