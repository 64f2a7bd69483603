// What one document claims: its chains and its accepted and doubtful triples, with every refusal counted.
import type { DocumentId } from '../ingest/index.ts'
import type { Chain } from './chains/index.ts'
import type { RejectionReason, Triple } from './triples/index.ts'

export interface ExtractionCounts {
  /** Characters that some encoder window or finder covered; equals the document's text length. */
  readonly charactersSeen: number
  readonly mentions: number
  readonly chains: number
  readonly pairs: number
  /** (pair, relation) scores. */
  readonly scored: number
  readonly rejected: Readonly<Partial<Record<RejectionReason, number>>>
  /** Milliseconds per stage, measured with the clock that the caller passed. */
  readonly milliseconds: Readonly<Record<string, number>>
}

export interface Extraction {
  readonly document: DocumentId
  /** `name@version`. */
  readonly ontology: string
  /** `name@version` of the relation encoder. */
  readonly model: string
  readonly chains: readonly Chain[]
  /** Accepted and review only, sorted by (head, relation, tail). */
  readonly triples: readonly Triple[]
  readonly counts: ExtractionCounts
  readonly warnings: readonly string[]
}
