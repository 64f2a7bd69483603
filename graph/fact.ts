// (head entity, relation, tail entity or literal), merged over documents, with evidence: a line of the export.
import type { EntityId } from './entity.ts'

export type FactId = `fact:${string}`
export type FactStatus = 'accepted' | 'review' | 'rejected'

export interface EntityEnd {
  readonly id: EntityId
  readonly name: string
  readonly type: string
}
export interface LiteralEnd {
  readonly literal: string
  readonly value: string
  readonly text: string
}
export interface MentionSpan {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Keys stand in the order of the export (DESIGN section 4). */
export interface Evidence {
  readonly document: string
  readonly uri: string
  readonly record?: string
  readonly page?: number
  readonly section?: string
  readonly sentence: number
  readonly start: number
  readonly end: number
  readonly quote: string
  readonly head: MentionSpan
  readonly tail: MentionSpan
  readonly score: number
}

export interface Fact {
  readonly id: FactId
  readonly head: EntityEnd
  readonly relation: string
  readonly tail: EntityEnd | LiteralEnd
  readonly score: number
  readonly status: FactStatus
  /** Number of documents that state it. */
  readonly support: number
  readonly evidence: readonly Evidence[]
  readonly ontology: string
  readonly model: string
}
