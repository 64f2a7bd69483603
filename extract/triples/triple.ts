// (head chain, relation, tail chain), claimed by one document, scored and decided.
import type { Span } from '../../ingest/index.ts'

export type TripleStatus = 'accepted' | 'review' | 'rejected'

/** Why a triple was rejected; every rejection is counted under one of these. */
export type RejectionReason =
  | 'low-score' | 'negated' | 'hypothetical' | 'domain' | 'range' | 'irreflexive' | 'cardinality'
  | 'functional' | 'disjoint' | 'acyclic' | 'inverse-duplicate' | 'decision'

/** One place where the triple is stated. */
export interface TripleEvidence extends Span {
  readonly sentence: number
  readonly quote: string
  readonly head: Span & { readonly text: string }
  readonly tail: Span & { readonly text: string }
  /** Calibrated probability, rounded to 1e-4. */
  readonly score: number
}

export interface Triple {
  /** Indexes into `extraction.chains`. */
  readonly head: number
  readonly relation: string
  readonly tail: number
  /** Calibrated probability, rounded to 1e-4. */
  readonly score: number
  readonly status: TripleStatus
  readonly reason?: RejectionReason
  /** Sorted by start; non-empty. */
  readonly evidence: readonly TripleEvidence[]
}
