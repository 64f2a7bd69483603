// Port: free Cypher for who runs the server, read-only by every layer that there is. Typed questions go through `GraphReader`.

/** What a statement gave; values are plain JSON. */
export interface QueryAnswer {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
  /** Whether the limits of rows or bytes cut it off. */
  readonly truncated: boolean
}

export interface QueryDoor {
  /** Runs one reading statement; `api.cypher-refused` says why it does not. `who` may have a few in hand at once. */
  query(statement: string, parameters: Readonly<Record<string, unknown>>, options: { readonly who: string; readonly signal: AbortSignal }): Promise<QueryAnswer>
  close(): Promise<void>
}

export interface QueryLimits {
  readonly rows: number
  readonly bytes: number
  /** Milliseconds. */
  readonly time: number
  /** Statements of one key at once. */
  readonly concurrency: number
  /** The planner's estimate above which a statement is not run. */
  readonly estimatedRows: number
  /** Relationships in a path of variable length. */
  readonly length: number
}

export const QUERY_LIMITS: QueryLimits = { rows: 1000, bytes: 4 * 1024 * 1024, time: 10_000, concurrency: 2, estimatedRows: 1_000_000, length: 6 }
