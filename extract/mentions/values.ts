// Values as relations ask for them: a quantity answers for its number, a number for so many of what follows it, and a name, a code or a quotation for a string.
import type { LiteralKind } from '../../ontology/index.ts'
import type { Mention } from './mention.ts'
import { has, TAG, type Scan } from './scan.ts'

/** Longest quotation that is a value, in characters. */
const LONGEST = 80
const QUOTED = /["“]([^"“”\n]+)["”]/gu
/** Letters and digits in one word, or digits parted by points, strokes and slashes: `K-2209`, `EDU/0034`, `2.11.4`. */
const CODE = /(?<![\p{L}\d])(?=[\p{L}\d./-]*\d)(?=[\p{L}\d./-]*[\p{L}./-])[\p{L}\d]+(?:[./-][\p{L}\d]+)*(?![\p{L}\d])/gu

/** The other values that may be read where mentions stand, of the kinds that some relation asks for; they lie over what they are read from. */
export function otherValues(mentions: readonly Mention[], seen: Scan, asked: ReadonlySet<LiteralKind>): Mention[] {
  const found = [
    ...(asked.has('number') ? mentions.flatMap((mention) => mention.literal?.kind === 'quantity' ? [valueOf(mention, 'number', mention.literal.value.split(' ', 1)[0]!)] : []) : []),
    ...(asked.has('quantity') ? mentions.flatMap((mention) => mention.literal?.kind === 'number' ? [counted(mention, seen)] : []) : []),
    ...(asked.has('string') ? strings(mentions, seen) : []),
  ]
  const known = new Set(mentions.flatMap((mention) => mention.literal ? [keyOf(mention)] : []))
  return found.filter((mention) => !known.has(keyOf(mention)) && known.add(keyOf(mention)))
}

/** A number with the noun that it counts: `40 million pesos`. */
function counted(mention: Mention, seen: Scan): Mention {
  const units = seen.tokens[mention.sentence]!
  const at = units.findIndex(({ start }) => start >= mention.end)
  const noun = units[at]
  const value = mention.literal!.value
  if (noun?.shape !== 'word' || !noun.spaced || noun.capital || !has(seen, mention.sentence, at, TAG.noun)) return valueOf(mention, 'quantity', value)
  return valueOf({ ...mention, end: noun.end, text: seen.document.text.slice(mention.start, noun.end) }, 'quantity', `${value} ${noun.lower}`)
}

function strings(mentions: readonly Mention[], seen: Scan): Mention[] {
  const { text, sentences } = seen.document
  const spelled = sentences.flatMap(({ start, end }, sentence) => [
    ...[...text.slice(start, end).matchAll(QUOTED)].filter(([, inside]) => inside!.length <= LONGEST).map((match) => place(start + match.index + 1, match[1]!.replace(/[.,;]$/u, ''), sentence)),
    ...[...text.slice(start, end).matchAll(CODE)].map((match) => place(start + match.index, match[0], sentence)),
  ])
  return [...mentions.filter(({ kind }) => kind === 'name' || kind === 'literal').map((mention) => valueOf(mention, 'string', mention.text)), ...spelled]
}

function place(start: number, text: string, sentence: number): Mention {
  return valueOf({ start, end: start + text.length, text, sentence }, 'string', text)
}

function valueOf({ start, end, text, sentence }: Pick<Mention, 'start' | 'end' | 'text' | 'sentence'>, kind: LiteralKind, value: string): Mention {
  return { start, end, text, kind: 'literal', sentence, types: [], literal: { kind, value: value.replace(/\s+/gu, ' ') }, agreement: {}, finder: 'value' }
}

function keyOf({ start, end, literal }: Mention): string {
  return `${start} ${end} ${literal!.kind}`
}
