// What a pair (or an example) says: a text, its two ends, and words for their kinds.
import type { Span } from '../../ingest/index.ts'
import type { CoarseType, CompiledOntology } from '../../ontology/index.ts'

export interface Statement {
  readonly text: string
  /** Whole sentences that hold both ends. */
  readonly window: Span
  readonly head: Span
  readonly tail: Span
  /** Words that stand for the ends, e.g. `person`, `date`. */
  readonly headLabel: string
  readonly tailLabel: string
  /** Heading of the tail's (or head's) column, where the pair stands in a table row. */
  readonly header?: string
}

/** Words shown before and behind the ends; farther words more often belong to other statements. */
const WORDS_BEFORE = 6
const WORDS_AFTER = 7
/** Words between the ends that are shown at most, the outermost; the states of the whole window carry the rest. */
const WORDS_BETWEEN = 24
const COARSE_WORDS: Readonly<Record<CoarseType, string>> = { PER: 'person', ORG: 'organization', LOC: 'place', MISC: 'thing' }

/** The word for a type: that of its coarse type, so that `City` and `Country` read alike, else its own name in words. */
export function labelOf(type: string | undefined, ontology: CompiledOntology): string {
  if (type === undefined) return 'thing'
  for (const ancestor of ontology.ancestors(type)) {
    const [coarse] = ontology.ontology.types[ancestor]?.ner ?? []
    if (coarse) return COARSE_WORDS[coarse]
  }
  return type.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').toLowerCase()
}

/** The stretch around and between the ends, cut at clause ends that do not lie between them. */
export function localSpan({ text, window, head, tail }: Statement): Span {
  const [from, to] = [Math.min(head.start, tail.start), Math.max(head.end, tail.end)]
  const before = text.slice(window.start, from).match(new RegExp(`(?:[^\\s;]+\\s+){0,${WORDS_BEFORE}}[^\\s;]*$`, 'u'))?.[0] ?? ''
  const after = text.slice(to, window.end).match(new RegExp(`^[^\\s;]*(?:\\s+[^\\s;]+){0,${WORDS_AFTER}}`, 'u'))?.[0] ?? ''
  return { start: from - before.length, end: to + after.length }
}

/** The stretch between the ends; empty (at the first end's end) when they touch. */
export function betweenSpan({ head, tail }: Statement): Span {
  const [start, end] = [Math.min(head.end, tail.end), Math.max(head.start, tail.start)]
  return { start, end: Math.max(start, end) }
}

/** The local stretch with both ends replaced by the words for their kinds: what is said, without who says it. */
export function markStatement(statement: Statement): string {
  const { text, head, tail, headLabel, tailLabel, header } = statement
  const local = localSpan(statement)
  const [first, firstLabel, second, secondLabel] = head.start <= tail.start ? [head, headLabel, tail, tailLabel] : [tail, tailLabel, head, headLabel]
  const said = `${text.slice(local.start, first.start)}${firstLabel}${outermost(text.slice(first.end, Math.max(first.end, second.start)))}${secondLabel}${text.slice(second.end, local.end)}`
  return (header ? `${header}: ${said}` : said).replace(/\s+/g, ' ').trim()
}

function outermost(between: string): string {
  const words = between.split(/\s+/u)
  if (words.length <= WORDS_BETWEEN) return between
  return [...words.slice(0, WORDS_BETWEEN / 2), '…', ...words.slice(-WORDS_BETWEEN / 2)].join(' ')
}
