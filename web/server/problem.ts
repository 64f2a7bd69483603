// Failures in words for people.

/** Words for any failure; nothing for a request that the page itself gave up. */
export function explain(error: unknown): string | undefined {
  if (error instanceof DOMException && error.name === 'AbortError') return undefined
  if (error instanceof TypeError) return 'The server does not answer. Is it running?'
  return error instanceof Error ? error.message : String(error)
}

/** Whether the server says that there is no such thing. */
export const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'api.not-found'
