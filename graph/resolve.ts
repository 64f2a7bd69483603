// Chains of one block -> entities: who is one across documents. A pure function of the set of chains: order, batches and history do not matter.
// Names that are equal and do not conflict are one unit; a unit joins another (SAME_AS) only by direct evidence for that very pair, never over a third.
import type { CompiledOntology } from '../ontology/index.ts'
import type { ChainRow } from './claim.ts'
import { acronymKey, mostFrequent } from './claims.ts'
import type { EntityId } from './entity.ts'
import { byCodeUnit, digest, entityId } from './identity.ts'

export interface Assignment {
  readonly chain: string
  readonly unit: EntityId
  readonly entity: EntityId
}

/** A unit that was found to be another's: reversible, since the unit keeps its id and its chains. */
export interface Merge {
  readonly from: EntityId
  readonly to: EntityId
  readonly reason: 'master-data' | 'alias' | 'acronym'
  /** In [0, 1]. */
  readonly score: number
}

export interface Resolution {
  readonly assignments: readonly Assignment[]
  readonly merges: readonly Merge[]
}

interface Unit {
  readonly id: EntityId
  readonly family: string
  readonly form: string
  readonly type: string
  readonly masterId?: string
  readonly qualifier?: string
  readonly local: boolean
  readonly acronym: boolean
  readonly chains: readonly ChainRow[]
  /** Forms under which its documents also know it. */
  readonly others: ReadonlySet<string>
  readonly keys: ReadonlySet<string>
}

const SCORES = { 'master-data': 0.98, alias: 0.9, acronym: 0.8 } as const
/** Surnames are compared pair by pair; above this many the doubt is too great and the work too much. */
const MAX_SURNAMES = 200
const SHARED_CONTEXT = 2

/** Decides which chains are one entity; `chains` must hold whole blocks. */
export function resolve(collection: string, chains: readonly ChainRow[], ontology: CompiledOntology): Resolution {
  const isA = typeOrder(ontology)
  const units = unitsOf(collection, chains, isA)
  const merges = mergesOf(units, isA)
  const into = new Map(merges.map((merge) => [merge.from, merge.to]))
  const assignments = units.flatMap((unit) => unit.chains.map((chain) => ({ chain: chain.id, unit: unit.id, entity: into.get(unit.id) ?? unit.id })))
  return { assignments: assignments.sort((a, b) => byCodeUnit(a.chain, b.chain)), merges }
}

type IsA = (type: string, ancestor: string) => boolean

/** `isA` that also knows types of an earlier ontology, as strangers to all others. */
export function typeOrder(ontology: CompiledOntology): IsA {
  const known = ontology.ontology.types
  return (type, ancestor) => type === ancestor || (Object.hasOwn(known, type) && Object.hasOwn(known, ancestor) && ontology.isA(type, ancestor))
}

/** Types of which no other in the list is a subtype; sorted. */
export function leaves(types: readonly string[], isA: IsA): readonly string[] {
  const distinct = [...new Set(types)].sort(byCodeUnit)
  return distinct.filter((type) => !distinct.some((other) => other !== type && isA(other, type)))
}

function unitsOf(collection: string, chains: readonly ChainRow[], isA: IsA): readonly Unit[] {
  const units: Unit[] = []
  const sorted = [...chains].sort((a, b) => byCodeUnit(a.document, b.document) || a.index - b.index)
  for (const group of groupBy(sorted, (chain) => groupKey(chain)).values()) {
    const first = group[0]
    if (first === undefined) continue
    const { family, form, local } = first.traits
    if (first.masterId === undefined && local === 'unnamed') {
      units.push(unitOf(entityId(collection, family, 'chain', first.document, String(first.index)), group, isA))
    } else if (first.masterId !== undefined) {
      units.push(unitOf(entityId(collection, family, 'id', first.masterId), group, isA))
    } else {
      for (const [suffix, part] of homonyms(group, isA)) units.push(unitOf(entityId(collection, family, 'name', form, ...suffix), part, isA))
    }
  }
  return units
}

function groupKey(chain: ChainRow): string {
  const { family, form, local } = chain.traits
  if (chain.masterId !== undefined) return digest('id', family, chain.masterId)
  if (local === 'unnamed') return digest('chain', chain.id)
  return digest(local ?? 'name', family, form)
}

function unitOf(id: EntityId, chains: readonly ChainRow[], isA: IsA): Unit {
  const first = chains[0]
  if (first === undefined) throw new Error('a unit has a chain')
  const qualifiers = chains.flatMap((chain) => chain.traits.qualifier ?? [])
  return {
    id,
    family: first.traits.family,
    form: first.masterId === undefined ? first.traits.form : mostFrequent(chains.map((chain) => chain.traits.form)),
    type: leafType(chains, isA),
    ...(first.masterId === undefined ? {} : { masterId: first.masterId }),
    ...(qualifiers.length === 0 ? {} : { qualifier: mostFrequent(qualifiers) }),
    local: first.masterId === undefined && first.traits.local !== undefined,
    acronym: first.traits.acronym,
    chains,
    others: new Set(chains.flatMap((chain) => (first.masterId === undefined ? chain.traits.others : [chain.traits.form, ...chain.traits.others]))),
    keys: new Set(chains.flatMap((chain) => chain.keys)),
  }
}

/** The most specific type that the chains give; of several the most frequent. */
export function leafType(chains: readonly ChainRow[], isA: IsA): string {
  const types = chains.map((chain) => chain.type)
  const kept = new Set(leaves(types, isA))
  return mostFrequent(types.filter((type) => kept.has(type)))
}

/** Parts of a group of one name that conflict in type or qualifier, each with what tells it from the others. */
function homonyms(group: readonly ChainRow[], isA: IsA): readonly (readonly [readonly string[], readonly ChainRow[]])[] {
  const parts: (readonly [readonly string[], readonly ChainRow[]])[] = []
  for (const [type, sameType] of byType(group, isA)) {
    if (group[0]?.traits.local === 'surname') {
      for (const [mark, part] of byContext(sameType)) parts.push([['type', type, 'context', mark], part])
    } else {
      for (const [qualifier, part] of byQualifier(sameType)) parts.push([[...(type === '' ? [] : ['type', type]), ...(qualifier === '' ? [] : ['qualifier', qualifier])], part])
    }
  }
  return parts
}

/** A chain of a general type goes with the more specific ones; where several are possible, with the most frequent. */
function byType(group: readonly ChainRow[], isA: IsA): ReadonlyMap<string, readonly ChainRow[]> {
  const tips = leaves(group.map((chain) => chain.type), isA)
  if (tips.length <= 1) return new Map([['', group]])
  return groupBy(group, (chain) => mostFrequent(group.map((other) => other.type).filter((type) => tips.includes(type) && isA(type, chain.type))))
}

function byQualifier(group: readonly ChainRow[]): ReadonlyMap<string, readonly ChainRow[]> {
  const distinct = new Set(group.flatMap((chain) => chain.traits.qualifier ?? []))
  return distinct.size <= 1 ? new Map([['', group]]) : groupBy(group, (chain) => chain.traits.qualifier ?? '')
}

/** Surnames are one only where every pair of them shares context: complete linkage, first come in sorted order. */
function byContext(group: readonly ChainRow[]): readonly (readonly [string, readonly ChainRow[]])[] {
  const clusters: ChainRow[][] = []
  for (const chain of group) {
    const home = group.length > MAX_SURNAMES ? undefined : clusters.find((cluster) => cluster.every((member) => member.document !== chain.document && shares(member, chain)))
    if (home === undefined) clusters.push([chain])
    else home.push(chain)
  }
  return clusters.map((cluster) => [cluster[0]?.id ?? '', cluster] as const)
}

function shares(a: ChainRow, b: ChainRow): boolean {
  return a.traits.context.filter((name) => b.traits.context.includes(name)).length >= SHARED_CONTEXT
}

/** Every unit, from the fullest name down, joins the one centre that it has direct evidence for, if there is exactly one and no member of it conflicts. */
function mergesOf(units: readonly Unit[], isA: IsA): readonly Merge[] {
  const sorted = units.filter((unit) => !unit.local).sort(byFullness)
  const byKey = new Map<string, Unit[]>()
  for (const unit of sorted) for (const key of unit.keys) byKey.set(key, [...(byKey.get(key) ?? []), unit])
  const rank = new Map(sorted.map((unit, index) => [unit, index]))
  const root = new Map<Unit, Unit>()
  const members = new Map<Unit, Unit[]>()
  const merges: Merge[] = []
  for (const unit of sorted) {
    const keys = unit.acronym ? [...unit.keys, acronymKey(unit.family, unit.form)] : [...unit.keys]
    const nearby = new Set(keys.flatMap((key) => byKey.get(key) ?? []))
    const fuller = [...nearby].filter((other) => (rank.get(other) ?? 0) < (rank.get(unit) ?? 0))
    const target = centreOf(unit, fuller, root, members, isA)
    root.set(unit, target?.unit ?? unit)
    members.set(target?.unit ?? unit, [...(members.get(target?.unit ?? unit) ?? []), unit])
    if (target !== undefined) merges.push({ from: unit.id, to: target.unit.id, reason: target.reason, score: SCORES[target.reason] })
  }
  return merges.sort((a, b) => byCodeUnit(a.from, b.from))
}

function centreOf(unit: Unit, fuller: readonly Unit[], root: ReadonlyMap<Unit, Unit>, members: ReadonlyMap<Unit, readonly Unit[]>, isA: IsA): { unit: Unit; reason: Merge['reason'] } | undefined {
  for (const reason of ['master-data', 'alias', 'acronym'] as const) {
    const found = fuller.filter((other) => linked(unit, other) === reason && compatible(unit, other, isA))
    const centres = new Set(found.map((other) => root.get(other) ?? other))
    if (centres.size === 0) continue
    const [centre] = centres
    const direct = centre !== undefined && found.includes(centre)
    const agreed = direct && (members.get(centre) ?? []).every((member) => compatible(unit, member, isA))
    return centres.size === 1 && agreed ? { unit: centre, reason } : undefined // two claim it, or only a third vouches: doubtful, so it stays alone
  }
  return undefined
}

function linked(unit: Unit, other: Unit): Merge['reason'] | undefined {
  if (unit.form !== other.form && (unit.others.has(other.form) || other.others.has(unit.form))) return other.masterId === undefined ? 'alias' : 'master-data'
  if (other.masterId !== undefined && other.others.has(unit.form)) return 'master-data'
  return unit.acronym && other.keys.has(acronymKey(unit.family, unit.form)) ? 'acronym' : undefined
}

function compatible(a: Unit, b: Unit, isA: IsA): boolean {
  if (a.family !== b.family || !(isA(a.type, b.type) || isA(b.type, a.type))) return false
  if (a.masterId !== undefined && b.masterId !== undefined && a.masterId !== b.masterId) return false
  return a.qualifier === undefined || b.qualifier === undefined || a.qualifier === b.qualifier
}

function byFullness(a: Unit, b: Unit): number {
  const words = (unit: Unit): number => unit.form.split(' ').length
  return Number(b.masterId !== undefined) - Number(a.masterId !== undefined) || words(b) - words(a) || b.form.length - a.form.length || byCodeUnit(a.form, b.form) || byCodeUnit(a.id, b.id)
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group === undefined) groups.set(key(item), [item])
    else group.push(item)
  }
  return groups
}
