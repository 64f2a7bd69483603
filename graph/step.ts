// One step of settling: what it changes, and how that is told from what is held.
import { byCodeUnit } from './identity.ts'
import type { Change, PendingKind, WriteCounts } from './store.ts'

export interface Step {
  readonly change: Change
  readonly counts: WriteCounts
  /** How many of the pending keys it did, from the first; all where absent. */
  readonly taken?: number
}

export const NONE: WriteCounts = { created: 0, updated: 0, deleted: 0 }

/** Rows that are not held as they should be, sorted by id. */
export function difference<T extends { readonly id: string }>(wanted: readonly T[], held: readonly T[]): { rows: readonly T[]; counts: WriteCounts } {
  const before = new Map(held.map((row) => [row.id, canonical(row)]))
  const rows = wanted.filter((row) => before.get(row.id) !== canonical(row)).sort((a, b) => byCodeUnit(a.id, b.id))
  const created = rows.filter((row) => !before.has(row.id)).length
  return { rows, counts: { created, updated: rows.length - created, deleted: 0 } }
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => byCodeUnit(a, b))) : part,
  )
}

export function marks(kind: PendingKind, keys: readonly (string | undefined)[]): readonly { kind: PendingKind; key: string }[] {
  const distinct = new Set(keys.filter((key) => key !== undefined))
  return [...distinct].sort(byCodeUnit).map((key) => ({ kind, key }))
}

export function add(a: WriteCounts, b: WriteCounts): WriteCounts {
  return { created: a.created + b.created, updated: a.updated + b.updated, deleted: a.deleted + b.deleted }
}
