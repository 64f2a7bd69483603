// Keys of the last row of a page <-> an opaque word that asks for the next.
import { GraphloomError } from '../../errors.ts'
import type { Listed } from '../reader.ts'

type Key = string | number

/** A word that holds the keys. */
export function cursorOf(keys: readonly Key[]): string {
  return Buffer.from(JSON.stringify(keys)).toString('base64url')
}

/** The keys of a cursor, of these kinds; whatever else it holds was not made here. */
export function keysOf(cursor: string, kinds: readonly ('string' | 'number')[]): readonly Key[] {
  const wrong = new GraphloomError('usage.cursor', 'The cursor is not one that this list gave: pass on `next` of the page before, with the same question.')
  let keys: unknown
  try {
    keys = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw wrong
  }
  if (!Array.isArray(keys) || keys.length !== kinds.length || keys.some((key, index) => typeof key !== kinds[index])) throw wrong
  return keys as Key[]
}

/** A page of rows of which one more than `limit` was asked for. */
export function listed<Row, Item>(rows: readonly Row[], limit: number, item: (row: Row) => Item, keys: (row: Row) => readonly Key[]): Listed<Item> {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(item), ...(rows.length > limit && last !== undefined ? { next: cursorOf(keys(last)) } : {}) }
}
