// What synthesis yields: examples in the form of `--examples`, and an account of what was dropped.
import type { RelationExample } from '../../ontology/index.ts'

/** Where a draft comes from: the user's example with other names, a clause made of the relation's words, a language model's server. */
export type DraftSource = 'example' | 'frame' | 'server'

/** One end of a draft; `at` is its half-open UTF-16 range where that is known, `type` what its writer says it is. */
export interface DraftEnd {
  readonly text: string
  readonly type?: string
  readonly at?: readonly [number, number]
}

/** A sentence proposed for training; nothing about it has been checked. */
export interface Draft {
  readonly relation: string
  readonly text: string
  readonly head: DraftEnd
  readonly tail: DraftEnd
  readonly negative: boolean
  readonly source: DraftSource
}

/** Why a draft was dropped. */
export type Refusal =
  | 'not-json' | 'too-short' | 'too-long' | 'marked' | 'unknown-relation' | 'head-not-in-text' | 'tail-not-in-text' | 'ends-overlap' | 'head-type' | 'tail-type' | 'near-duplicate' | 'surplus'

/** The account of one relation. */
export interface SynthesisCounts {
  readonly relation: string
  readonly statements: number
  readonly negatives: number
  /** Kept rows by source. */
  readonly sources: Readonly<Partial<Record<DraftSource, number>>>
  readonly dropped: Readonly<Partial<Record<Refusal, number>>>
  /** Types of its ends for which no name is known: nothing but a server can write about them. */
  readonly nameless: readonly string[]
}

/** Examples that passed the filter, sorted by relation, statements first; never one of the user's own. */
export interface Synthesis {
  readonly examples: readonly RelationExample[]
  readonly counts: readonly SynthesisCounts[]
}
