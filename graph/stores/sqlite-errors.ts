// SQLite's refusals that pass by themselves, in our words; others are left as they are.
import { GraphloomError } from '../../errors.ts'

const BUSY = /^SQLITE_(?:BUSY|LOCKED|PROTOCOL)/
const DISK = /^SQLITE_(?:FULL|IOERR)/

/** Does what SQLite may refuse for a while. */
export function translated<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw translate(error)
  }
}

export function translate(error: unknown): unknown {
  const { code, message } = error as { readonly code?: unknown; readonly message?: string }
  if (error instanceof GraphloomError || typeof code !== 'string') return error
  if (BUSY.test(code)) return new GraphloomError('store.busy', `Other processes kept the graph locked for too long (${message}).`, { retryable: true, cause: error })
  if (DISK.test(code)) return new GraphloomError('store.unavailable', `The disk of the graph does not take it (${message}): is it full, or gone?`, { retryable: true, cause: error })
  return error
}
