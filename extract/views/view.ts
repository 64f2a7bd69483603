// What the entity encoder sees of a document: names with their coarse types, and of any span that was asked for, what it may be and what it goes on.
import type { Span } from '../../ingest/index.ts'
import type { CoarseType } from '../../ontology/index.ts'

/** A name that the encoder reads out of the text. */
export interface SeenName extends Span {
  /** Index into `document.sentences`. */
  readonly sentence: number
  readonly coarse: CoarseType
  /** Mean probability of its pieces, in (0, 1]. */
  readonly score: number
}

/** Probabilities, adding up to 1 with those of times and numbers. */
export type CoarseBelief = Readonly<Record<CoarseType | 'none', number>>

/** A mention as far as linking looks at it. */
export interface Linkable extends Span {
  readonly kind: 'name' | 'nominal' | 'pronoun' | 'literal'
  readonly sentence: number
  readonly text: string
}

export interface View {
  /** Sorted by start, flat. */
  readonly names: readonly SeenName[]
  /** What the pieces of a span are part of, on average; undefined where no piece of the vocabulary stands. */
  coarse(span: Span): CoarseBelief | undefined
  /** Probability that a span is a thing of a type of the ontology; undefined for spans that nobody asked for. */
  kind(span: Span, type: string): number | undefined
  /** Logit that `later` goes on what `earlier` began, against its being new; undefined for spans that nobody asked for. */
  link(later: Linkable, earlier: Linkable): number | undefined
}

/** For texts that are not looked at: the rules decide alone. */
export const NO_VIEW: View = { names: [], coarse: () => undefined, kind: () => undefined, link: () => undefined }
