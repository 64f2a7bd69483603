// The thing in the graph, across documents.
export type EntityId = `ent:${string}`

export interface Entity {
  readonly id: EntityId
  readonly collection: string
  readonly name: string
  readonly type: string
  /** Verbatim, sorted, without `name`. */
  readonly aliases: readonly string[]
  /** Ids of documents that mention it, sorted. */
  readonly documents: readonly string[]
  /** Number of mentions in all of them. */
  readonly mentions: number
  readonly masterId?: string
}
