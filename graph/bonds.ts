// Decisions about who is one -> what they say of the chains at hand: types that are set, names that are cut apart, pairs that are one or are not.
// The last word counts: of two decisions about one pair the later one, and a later merge outweighs an earlier split that it runs against.
import type { ChainGroup } from './claim.ts'
import { type Decision, type Identification, laterFirst, pairKey } from './decision.ts'
import { byCodeUnit, digest } from './identity.ts'
import { type EntityReference, meantBy, referenceKeys } from './reference.ts'
import { type IsA, inLine } from './type-order.ts'

interface Pair {
  readonly kind: 'merge' | 'split'
  /** Tells a name that was cut apart from the rest of it. */
  readonly mark: string
  /** Groups of chains that are meant, with their counts. */
  readonly entity: ReadonlyMap<string, number>
  readonly other: ReadonlyMap<string, number>
}

/** What resolution asks about a unit. */
interface Bindable {
  readonly id: string
  readonly type: string
  readonly groups: readonly ChainGroup[]
}

/** What was decided about units. */
export interface Bonds<Unit> {
  /** All units that are one with it, itself included. */
  together(unit: Unit): readonly Unit[]
  /** Must the two not be one? */
  apart(a: Unit, b: Unit): boolean
}

/** Groups with the types that people gave them. */
export function retyped(chains: readonly ChainGroup[], decisions: readonly Decision[], isA: IsA): readonly ChainGroup[] {
  const types = new Map<string, string>()
  const meant = finder(chains, isA)
  for (const decision of [...decisions].sort((a, b) => laterFirst(b, a))) {
    if (decision.kind !== 'retype' || decision.undone !== undefined) continue
    for (const reference of decision.entities) for (const { id } of meant(reference)) types.set(id, decision.type)
  }
  return types.size === 0 ? chains : chains.map((chain) => ({ ...chain, type: types.get(chain.id) ?? chain.type }))
}

/** Merges and splits that are in force, later ones first; `chains` are as claimed. */
export function pairsOf(chains: readonly ChainGroup[], decisions: readonly Decision[], isA: IsA): readonly Pair[] {
  const lastWord = new Map<string, Identification>()
  for (const decision of [...decisions].sort((a, b) => laterFirst(b, a))) {
    if ((decision.kind === 'merge' || decision.kind === 'split') && decision.undone === undefined) lastWord.set(pairKey(decision), decision)
  }
  const meant = finder(chains, isA)
  return [...lastWord.values()].sort(laterFirst).map((decision) => {
    const entity = new Map(meant(decision.entity).map(({ id, count }) => [id, count]))
    const other = new Map(meant(decision.other).filter(({ id }) => !entity.has(id)).map(({ id, count }) => [id, count]))
    return { kind: decision.kind, mark: digest(pairKey(decision)), entity, other }
  })
}

/** Chains that a split takes out of their unit, with its mark. */
export function cutsOf(units: readonly Bindable[], pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const cuts = new Map<string, string>()
  const unitOf = ownersOf(units)
  for (const { mark, entity, other } of pairs.filter(({ kind }) => kind === 'split')) {
    const rests = new Set([...other.keys()].map((id) => unitOf.get(id)))
    for (const id of entity.keys()) if (unitOf.has(id) && rests.has(unitOf.get(id)) && !cuts.has(id)) cuts.set(id, mark)
  }
  return cuts
}

/** What the pairs say of units; a merge of types that exclude each other, or against a later split, is passed over. */
export function bondsOf<Unit extends Bindable>(units: readonly Unit[], pairs: readonly Pair[], isA: IsA): Bonds<Unit> {
  const groups = new Map<Unit, Unit[]>()
  const strangers = new Set<string>()
  const unitOf = ownersOf(units)
  const group = (unit: Unit): Unit[] => groups.get(unit) ?? [unit]
  const apart = (a: Unit, b: Unit): boolean => strangers.has(unordered(a, b))
  for (const { kind, entity, other } of pairs) {
    const [a, b] = [mainUnit(unitOf, entity), mainUnit(unitOf, other)]
    if (a === undefined || b === undefined || a === b || group(a).includes(b)) continue
    if (kind === 'split') strangers.add(unordered(a, b))
    else if (inLine(a.type, b.type, isA) && !group(a).some((x) => group(b).some((y) => apart(x, y)))) {
      const joined = [...group(a), ...group(b)]
      for (const unit of joined) groups.set(unit, joined)
    }
  }
  return { together: group, apart }
}

function unordered(a: Bindable, b: Bindable): string {
  return [a.id, b.id].sort(byCodeUnit).join(' ')
}

function ownersOf<Unit extends Bindable>(units: readonly Unit[]): ReadonlyMap<string, Unit> {
  return new Map(units.flatMap((unit) => unit.groups.map(({ id }) => [id, unit] as const)))
}

/** The unit that has most of the chains; of several the first by id. */
function mainUnit<Unit extends Bindable>(unitOf: ReadonlyMap<string, Unit>, meant: ReadonlyMap<string, number>): Unit | undefined {
  const counts = new Map<Unit, number>()
  for (const [id, count] of meant) {
    const unit = unitOf.get(id)
    if (unit !== undefined) counts.set(unit, (counts.get(unit) ?? 0) + count)
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || byCodeUnit(a.id, b.id))[0]?.[0]
}

/** Finds the chains that a reference means, without looking at all of them. */
function finder(chains: readonly ChainGroup[], isA: IsA): (reference: EntityReference) => readonly ChainGroup[] {
  const blocks = new Map<string, ChainGroup[]>()
  for (const chain of chains) {
    for (const key of chain.keys) {
      const block = blocks.get(key)
      if (block === undefined) blocks.set(key, [chain])
      else block.push(chain)
    }
  }
  return (reference) => meantBy(reference, [...new Set(referenceKeys(reference).flatMap((key) => blocks.get(key) ?? []))], isA)
}
