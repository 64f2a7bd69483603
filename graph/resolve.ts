// Chains of one block, as groups of equal ones -> entities: who is one across documents. A pure function of the set of chains: order, batches and history do not matter.
// Names that are equal and do not conflict are one unit; a unit joins another (SAME_AS) only by direct evidence for that very pair, never over a third.
import type { CompiledOntology } from '../ontology/index.ts'
import { type Bonds, bondsOf, cutsOf, pairsOf, retyped } from './bonds.ts'
import type { ChainGroup } from './claim.ts'
import { acronymKey, counted, mostCounted } from './claims.ts'
import type { Decision } from './decision.ts'
import type { EntityId } from './entity.ts'
import { byCodeUnit, digest, entityId } from './identity.ts'
import { type IsA, inLine, leaves, leafType, typeOrder } from './type-order.ts'

export interface Assignment {
  readonly group: ChainGroup
  readonly unit: EntityId
  readonly entity: EntityId
}

/** A unit that was found to be another's: reversible, since the unit keeps its id and its chains. */
export interface Merge {
  readonly from: EntityId
  readonly to: EntityId
  readonly reason: 'decision' | 'master-data' | 'alias' | 'acronym'
  /** In [0, 1]. */
  readonly score: number
}

/** Two units that something speaks for being one, and that were left apart: several claim the unit, only a third vouches for it, or types, keys or surroundings conflict. */
export interface Doubt {
  readonly from: EntityId
  readonly to: EntityId
  readonly reason: Exclude<Merge['reason'], 'decision'>
  readonly why: 'several' | 'third' | 'conflict'
}

/** A surname in so many documents that each chain of the group stays alone. */
export interface Crowd {
  readonly group: ChainGroup
  /** The unit, which is the entity, of a chain of the group. */
  readonly unitOf: (chain: string) => EntityId
}

export interface Resolution {
  /** By id of the group; groups have the types that people gave them. */
  readonly assignments: readonly Assignment[]
  readonly merges: readonly Merge[]
  readonly doubts: readonly Doubt[]
  readonly crowds: readonly Crowd[]
  /** Profiles of surnames whose chains have to be given one by one, with their context; until then nothing else is here. */
  readonly wanted: readonly string[]
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
  readonly groups: readonly ChainGroup[]
  /** Forms under which its documents also know it. */
  readonly others: ReadonlySet<string>
  readonly keys: ReadonlySet<string>
}

const SCORES = { decision: 1, 'master-data': 0.98, alias: 0.9, acronym: 0.8 } as const
/** Surnames are compared pair by pair; above this many the doubt is too great and the work too much. */
export const MAX_SURNAMES = 200
const SHARED_CONTEXT = 2

/** What groups of one name fall into. */
interface Parts {
  readonly units: Unit[]
  readonly crowds: Crowd[]
  readonly wanted: Set<string>
}

/** Decides which chains are one entity; `claimed` and `decisions` must be those of whole blocks. */
export function resolve(collection: string, claimed: readonly ChainGroup[], ontology: CompiledOntology, decisions: readonly Decision[] = []): Resolution {
  const isA = typeOrder(ontology)
  const groups = retyped(claimed, decisions.filter((decision) => decision.kind !== 'retype' || Object.hasOwn(ontology.ontology.types, decision.type)), isA)
  const pairs = pairsOf(claimed, decisions, isA)
  const whole = unitsOf(collection, groups, isA, new Map())
  const cuts = whole.wanted.size > 0 ? new Map<string, string>() : cutsOf(whole.units, pairs)
  const { units, crowds, wanted } = cuts.size === 0 ? whole : unitsOf(collection, groups, isA, cuts)
  for (const { group } of crowds) if (pairs.some(({ entity, other }) => entity.has(group.id) || other.has(group.id))) wanted.add(group.profile)
  if (wanted.size > 0) return { assignments: [], merges: [], doubts: [], crowds: [], wanted: [...wanted].sort(byCodeUnit) }
  const { merges, doubts } = mergesOf(units, bondsOf(units, pairs, isA), isA)
  const into = new Map(merges.map((merge) => [merge.from, merge.to]))
  const assignments = units.flatMap((unit) => unit.groups.map((group) => ({ group, unit: unit.id, entity: into.get(unit.id) ?? unit.id })))
  return { assignments: assignments.sort((a, b) => byCodeUnit(a.group.id, b.group.id)), merges, doubts, crowds: [...crowds].sort((a, b) => byCodeUnit(a.group.id, b.group.id)), wanted: [] }
}

function unitsOf(collection: string, claimed: readonly ChainGroup[], isA: IsA, cuts: ReadonlyMap<string, string>): Parts {
  const parts: Parts = { units: [], crowds: [], wanted: new Set() }
  const sorted = [...claimed].sort((a, b) => byCodeUnit(a.document, b.document) || a.index - b.index)
  for (const group of groupBy(sorted, (chain) => `${groupKey(chain)} ${cuts.get(chain.id) ?? ''}`).values()) {
    const first = group[0]
    if (first === undefined) continue
    const mark = cuts.get(first.id)
    const cut = mark === undefined ? [] : ['apart', mark]
    const { family, form, local } = first.traits
    if (first.masterId === undefined && local === 'unnamed') {
      parts.units.push(unitOf(entityId(collection, family, 'chain', first.document, String(first.index)), group, isA))
    } else if (first.masterId !== undefined) {
      parts.units.push(unitOf(entityId(collection, family, 'id', first.masterId, ...cut), group, isA))
    } else {
      const idOf = (suffix: readonly string[]): EntityId => entityId(collection, family, 'name', form, ...suffix, ...cut)
      for (const [type, same] of byType(group, isA)) {
        if (local === 'surname') addSurnames(parts, same, (context) => idOf(['type', type, 'context', context]), isA)
        else for (const [qualifier, part] of byQualifier(same)) parts.units.push(unitOf(idOf([...(type === '' ? [] : ['type', type]), ...(qualifier === '' ? [] : ['qualifier', qualifier])]), part, isA))
      }
    }
  }
  return parts
}

function groupKey(chain: ChainGroup): string {
  const { family, form, local } = chain.traits
  if (chain.masterId !== undefined) return digest('id', family, chain.masterId)
  if (local === 'unnamed') return digest('chain', chain.id)
  return digest(local ?? 'name', family, form)
}

function unitOf(id: EntityId, groups: readonly ChainGroup[], isA: IsA): Unit {
  const first = groups[0]
  if (first === undefined) throw new Error('a unit has a chain')
  const qualifiers = counted(groups, (group) => group.traits.qualifier)
  return {
    id,
    family: first.traits.family,
    form: first.masterId === undefined ? first.traits.form : mostCounted(counted(groups, (group) => group.traits.form)),
    type: leafType(groups, isA),
    ...(first.masterId === undefined ? {} : { masterId: first.masterId }),
    ...(qualifiers.length === 0 ? {} : { qualifier: mostCounted(qualifiers) }),
    local: first.masterId === undefined && first.traits.local !== undefined,
    acronym: first.traits.acronym,
    groups,
    others: new Set(groups.flatMap(({ traits }) => (first.masterId === undefined ? traits.others : [traits.form, ...traits.others]))),
    keys: new Set(groups.flatMap((group) => group.keys)),
  }
}

/** A chain of a general type goes with the more specific ones; where several are possible, with the most frequent. */
function byType(group: readonly ChainGroup[], isA: IsA): ReadonlyMap<string, readonly ChainGroup[]> {
  const tips = leaves(group.map((chain) => chain.type), isA)
  if (tips.length <= 1) return new Map([['', group]])
  return groupBy(group, (chain) => mostCounted(counted(group, ({ type }) => (tips.includes(type) && isA(type, chain.type) ? type : undefined))))
}

function byQualifier(group: readonly ChainGroup[]): ReadonlyMap<string, readonly ChainGroup[]> {
  const distinct = new Set(group.flatMap((chain) => chain.traits.qualifier ?? []))
  return distinct.size <= 1 ? new Map([['', group]]) : groupBy(group, (chain) => chain.traits.qualifier ?? '')
}

/** Surnames are one only where every pair of them shares context: complete linkage, first come in sorted order. Those that are too many are not compared. */
function addSurnames({ units, crowds, wanted }: Parts, part: readonly ChainGroup[], idOf: (context: string) => EntityId, isA: IsA): void {
  const many = part.reduce((sum, { count }) => sum + count, 0) > MAX_SURNAMES
  const together = part.filter(({ single }) => single === undefined)
  if (many) for (const group of together) crowds.push({ group, unitOf: idOf })
  else for (const { profile } of together) wanted.add(profile)
  const clusters: ChainGroup[][] = []
  for (const chain of part.filter(({ single }) => single !== undefined)) {
    const home = many ? undefined : clusters.find((cluster) => cluster.every((member) => member.document !== chain.document && shares(member, chain)))
    if (home === undefined) clusters.push([chain])
    else home.push(chain)
  }
  for (const cluster of clusters) units.push(unitOf(idOf(cluster[0]?.id ?? ''), cluster, isA))
}

function shares({ single: a }: ChainGroup, { single: b }: ChainGroup): boolean {
  return (a?.context ?? []).filter((name) => b?.context.includes(name)).length >= SHARED_CONTEXT
}

/** What is known while units are joined, from the fullest name down. */
interface Joining {
  readonly bonds: Bonds<Unit>
  readonly root: Map<Unit, Unit>
  readonly members: Map<Unit, Unit[]>
  readonly doubts: Doubt[]
  readonly isA: IsA
}

/** Units that people joined go together; every other, from the fullest name down, joins the one centre that it has direct evidence for, if there is exactly one and no member of it conflicts. */
function mergesOf(units: readonly Unit[], bonds: Bonds<Unit>, isA: IsA): Pick<Resolution, 'merges' | 'doubts'> {
  const sorted = units.filter((unit) => !unit.local || bonds.together(unit).length > 1).sort(byFullness)
  const byKey = new Map<string, Unit[]>()
  for (const unit of sorted.filter(({ local }) => !local)) for (const key of unit.keys) byKey.set(key, [...(byKey.get(key) ?? []), unit])
  const rank = new Map(sorted.map((unit, index) => [unit, index]))
  const fuller = (a: Unit, b: Unit): boolean => (rank.get(a) ?? 0) < (rank.get(b) ?? 0)
  const joining: Joining = { bonds, root: new Map(), members: new Map(), doubts: [], isA }
  const merges: Merge[] = []
  for (const unit of sorted) {
    const keys = unit.acronym ? [...unit.keys, acronymKey(unit.family, unit.form)] : [...unit.keys]
    const nearby = new Set(keys.flatMap((key) => byKey.get(key) ?? []))
    const first = bonds.together(unit).reduce((best, other) => (fuller(other, best) ? other : best), unit)
    const decided = first === unit ? undefined : { unit: joining.root.get(first) ?? first, reason: 'decision' as const }
    const target = decided ?? (unit.local ? undefined : centreOf(unit, [...nearby].filter((other) => fuller(other, unit)), joining))
    const centre = target?.unit ?? unit
    joining.root.set(unit, centre)
    joining.members.set(centre, [...(joining.members.get(centre) ?? []), unit])
    if (target !== undefined) merges.push({ from: unit.id, to: centre.id, reason: target.reason, score: SCORES[target.reason] })
  }
  return { merges: merges.sort((a, b) => byCodeUnit(a.from, b.from)), doubts: joining.doubts.sort((a, b) => byCodeUnit(`${a.from} ${a.to} ${a.reason}`, `${b.from} ${b.to} ${b.reason}`)) }
}

function centreOf(unit: Unit, fuller: readonly Unit[], { bonds, root, members, doubts, isA }: Joining): { unit: Unit; reason: Doubt['reason'] } | undefined {
  const doubt = (reason: Doubt['reason'], why: Doubt['why'], others: Iterable<Unit>): void => {
    for (const other of others) if (!bonds.apart(unit, other)) doubts.push({ from: unit.id, to: other.id, reason, why })
  }
  for (const reason of ['master-data', 'alias', 'acronym'] as const) {
    const hinted = fuller.filter((other) => linked(unit, other) === reason && !bonds.apart(unit, other))
    const found = hinted.filter((other) => compatible(unit, other, isA))
    doubt(reason, 'conflict', hinted.filter((other) => !found.includes(other)))
    const centres = new Set(found.map((other) => root.get(other) ?? other))
    if (centres.size === 0) continue
    const [centre] = centres
    const direct = centre !== undefined && found.some((other) => bonds.together(centre).includes(other))
    const agreed = direct && (members.get(centre) ?? []).every((member) => bonds.together(unit).every((own) => compatible(unit, member, isA) && !bonds.apart(own, member)))
    if (centres.size === 1 && agreed) return { unit: centre, reason }
    doubt(reason, centres.size > 1 ? 'several' : direct ? 'conflict' : 'third', centres) // two claim it, or only a third vouches: so it stays alone
    return undefined
  }
  return undefined
}

function linked(unit: Unit, other: Unit): Merge['reason'] | undefined {
  if (unit.form !== other.form && (unit.others.has(other.form) || other.others.has(unit.form))) return other.masterId === undefined ? 'alias' : 'master-data'
  if (other.masterId !== undefined && other.others.has(unit.form)) return 'master-data'
  return unit.acronym && other.keys.has(acronymKey(unit.family, unit.form)) ? 'acronym' : undefined
}

function compatible(a: Unit, b: Unit, isA: IsA): boolean {
  if (a.family !== b.family || !inLine(a.type, b.type, isA)) return false
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
