// Operational failures carry a code; bugs crash; rejections and failed documents are values, not errors.

/** `area.kind`, e.g. `ontology.unknown-key`; tests and scripts look at codes, people read messages. */
export type ErrorCode = `${'usage' | 'ontology' | 'ingest' | 'extract' | 'model' | 'store' | 'queue' | 'neo4j' | 'api'}.${string}`

export interface ErrorOptions {
  /** Whether the same call may succeed later without a change of input. */
  readonly retryable?: boolean
  readonly cause?: unknown
}

/** An operational failure; the message says what was given, what was expected and what to do. */
export class GraphloomError extends Error {
  readonly code: ErrorCode
  readonly retryable: boolean

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'GraphloomError'
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** Whether `error` is an operational failure, of code `code` when one is given. */
export function isGraphloomError(error: unknown, code?: ErrorCode): error is GraphloomError {
  return error instanceof GraphloomError && (code === undefined || error.code === code)
}
