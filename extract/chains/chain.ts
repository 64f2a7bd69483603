// Coreference chain: the mentions of one entity (or one literal value) in one document.
import type { Literal, Mention } from '../mentions/index.ts'

/** Why two mentions were linked; indexes into `chain.mentions`. */
export interface Link {
  readonly from: number
  readonly to: number
  readonly reason: string
  /** In [0, 1]; 1 for links by rule that are not in doubt. */
  readonly score: number
}

export interface Chain {
  /** Position in the document's list of chains, by first mention. */
  readonly index: number
  /** Best name: the longest proper name, else the best nominal, verbatim. */
  readonly name: string
  /** Other names in the document, verbatim, sorted. */
  readonly aliases: readonly string[]
  /** Type of the ontology; absent when no type is known (such a chain enters no pair). */
  readonly type?: string
  readonly literal?: Literal
  readonly masterId?: string
  readonly mentions: readonly Mention[]
  readonly links: readonly Link[]
}
