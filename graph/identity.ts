// Ids come from content: the same claim has the same id in every run, store and order.
import { createHash } from 'node:crypto'
import type { EntityId } from './entity.ts'
import type { FactId } from './fact.ts'

/** First 96 bits of the sha256 of the parts, in hex; parts are kept apart, so ("a", "bc") differs from ("ab", "c"). */
export function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}

/** Id of an entity; `identity` is what tells it from others of its family (normal form, master-data id, …). */
export function entityId(collection: string, family: string, ...identity: readonly string[]): EntityId {
  return `ent:${digest(collection, family, ...identity)}`
}

/** Id of a fact; `tail` is an entity id, or `[kind, value]` of a literal. */
export function factId(collection: string, head: EntityId, relation: string, tail: EntityId | readonly [kind: string, value: string]): FactId {
  return `fact:${digest(collection, head, relation, ...(typeof tail === 'string' ? [tail] : ['literal', ...tail]))}`
}

/** Id of a literal value where it is a node: one for each value in a collection. */
export function literalId(collection: string, { literal, value }: { readonly literal: string; readonly value: string }): string {
  return `lit:${digest(collection, literal, value)}`
}

/** Orders strings by code unit: the same everywhere, whatever the locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
