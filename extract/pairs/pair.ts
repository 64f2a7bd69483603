// Ordered candidate: two mentions close enough to be stated in one place, with the relations that the ontology allows between their chains.
import type { Span } from '../../ingest/index.ts'

export interface Pair {
  /** Indexes of chains. */
  readonly head: number
  readonly tail: number
  /** Indexes of mentions inside their chains. */
  readonly headMention: number
  readonly tailMention: number
  /** Names of relations that types, domain and range allow; sorted, non-empty. */
  readonly relations: readonly string[]
  /** Text that is shown to the encoder: whole sentences. */
  readonly window: Span
  /** The ends stand in two sentences, and nothing in the later one points back. */
  readonly apart?: true
  /** Index of the sentence that is quoted as evidence. */
  readonly sentence: number
}
