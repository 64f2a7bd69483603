// Keyset cursors: what a list gave as `next`, opaque to clients and good only for the same question.
import { createHash } from 'node:crypto'
import { GraphloomError } from '../errors.ts'

/** Digest of a question; a cursor is refused where another question is asked. */
export function questionOf(path: string, asked: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(asked).filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify([path, entries])).digest('base64url').slice(0, 8)
}

export function sealCursor(question: string, after: string): string {
  return Buffer.from(JSON.stringify([question, after])).toString('base64url')
}

/** The `after` of a cursor; fails where it was made for another question, or by nobody. */
export function openCursor(question: string, cursor: string): string {
  const [made, after] = parse(cursor)
  if (typeof after !== 'string') throw new GraphloomError('api.cursor', 'The cursor is not one that this server gave; leave it out to begin at the start.')
  if (made !== question) throw new GraphloomError('api.cursor', 'The cursor belongs to a list with other parameters; keep them all, or leave the cursor out.')
  return after
}

function parse(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(value) && value.length === 2 ? value : []
  } catch {
    return []
  }
}
