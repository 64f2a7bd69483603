// A span that refers to an entity or is a literal value.
import type { Span } from '../../ingest/index.ts'
import type { CoarseType, LiteralKind } from '../../ontology/index.ts'

export type MentionKind = 'name' | 'nominal' | 'pronoun' | 'literal'

/** A normalized value: dates ISO 8601 (`1990`, `1990-05`, `1990-05-12`), numbers as decimal strings, quantities `value unit`. */
export interface Literal {
  readonly kind: LiteralKind
  readonly value: string
}

/** Agreement features where they are known. */
export interface Agreement {
  readonly gender?: 'male' | 'female' | 'neuter'
  readonly number?: 'singular' | 'plural'
  readonly person?: 1 | 2 | 3
}

export interface Mention extends Span {
  readonly text: string
  readonly kind: MentionKind
  /** Index into `document.sentences`. */
  readonly sentence: number
  readonly coarse?: CoarseType
  /** Types of the ontology that it may have, best first; empty = unknown. */
  readonly types: readonly string[]
  readonly literal?: Literal
  /** The user's master-data key, from the gazetteer. */
  readonly masterId?: string
  readonly agreement: Agreement
  /** Of a nominal: a thing of its type may go without a name. */
  readonly unnamed?: true
  /** Which finder saw it: gazetteer, pattern, compromise, writing, phrase, holding (a phrase with a name in it that stands for itself as well), literal, value, pronoun, nominal, likeness (a nominal of a noun that points to no type). */
  readonly finder: string
}
