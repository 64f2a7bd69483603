// The graph -> entity matches that a person should look at: names that were joined on a hint, and names that something speaks for joining and that were left apart.
import type { CompiledOntology } from '../ontology/index.ts'
import { resolveBlocks, wholeBlocks } from './blocks.ts'
import { bondsOf, pairsOf } from './bonds.ts'
import type { ChainGroup } from './claim.ts'
import { counted, mostCounted } from './claims.ts'
import type { EntityId } from './entity.ts'
import { byCodeUnit } from './identity.ts'
import { knownOf } from './known.ts'
import type { Resolution } from './resolve.ts'
import { ruledIn } from './rulings.ts'
import type { GraphStore } from './store.ts'
import { inLine, leafType, typeOrder } from './type-order.ts'

/** One side of a doubtful match; ids are those that `merge` and `split` take. */
export interface DoubtfulEntity {
  readonly id: EntityId
  readonly name: string
  readonly type: string
  readonly documents: number
}

export interface DoubtfulMatch {
  readonly verdict: 'joined' | 'apart'
  readonly entity: DoubtfulEntity
  readonly other: DoubtfulEntity
  /** What speaks for their being one. */
  readonly hint: 'name' | 'alias' | 'acronym' | 'master-data'
  /** What speaks against: another is as near, only a third vouches, or types, surroundings or contexts differ. */
  readonly against?: 'several' | 'third' | 'conflict' | 'type' | 'surroundings' | 'context'
  /** Of a match that was joined, in [0, 1]. */
  readonly score?: number
}

interface Unit {
  readonly id: EntityId
  readonly type: string
  readonly groups: readonly ChainGroup[]
  /** Number of chains. */
  readonly count: number
}

const PAGE = 100

/** Doubtful matches of a collection, block by block; each pair once, none that somebody decided. */
export async function* doubtfulMatches(store: GraphStore, ontology: CompiledOntology, collection: string): AsyncIterable<DoubtfulMatch> {
  const ruled = await ruledIn(store, collection)
  const seen = new Set<string>()
  for (let after = ''; ; ) {
    const page = await store.claims(collection, { limit: PAGE, after })
    for (const claims of page) {
      const keys = claims.chains.filter(({ traits }) => traits.local !== 'unnamed').flatMap((chain) => chain.keys).filter((key) => !key.startsWith('a:') && !seen.has(key))
      if (keys.length === 0) continue
      const blocks = await wholeBlocks(store, collection, keys, ruled)
      for (const key of blocks.keys) seen.add(key)
      const resolution = await resolveBlocks(store, collection, blocks, ontology, true)
      const units = unitsOf(resolution, ontology)
      const bonds = bondsOf([...units.values()], pairsOf(resolution.claimed, blocks.decisions.map(({ decision }) => decision), typeOrder(ontology)), typeOrder(ontology))
      const matches = matchesOf(resolution, units, ontology).filter(({ entity, other }) => !bonds.apart(units.get(entity.id) as Unit, units.get(other.id) as Unit))
      const named = new Map(matches.flatMap(({ entity, other }) => [entity.id, other.id]).map((id) => [id, (units.get(id) as Unit).groups]))
      const known = await knownOf(store, collection, named, blocks.apart)
      const placed = (side: DoubtfulEntity): DoubtfulEntity => ({ ...side, documents: known.get(side.id)?.documents ?? 0 })
      yield* matches.map((match) => ({ ...match, entity: placed(match.entity), other: placed(match.other) }))
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.id
  }
}

function unitsOf({ assignments }: Resolution, ontology: CompiledOntology): ReadonlyMap<string, Unit> {
  const members = new Map<EntityId, ChainGroup[]>()
  for (const { group, unit } of assignments) {
    const groups = members.get(unit)
    if (groups === undefined) members.set(unit, [group])
    else groups.push(group)
  }
  return new Map([...members].map(([id, groups]) => [id as string, { id, type: leafType(groups, typeOrder(ontology)), groups, count: groups.reduce((sum, { count }) => sum + count, 0) }]))
}

/** Matches without the numbers of documents. */
function matchesOf({ merges, doubts }: Resolution, units: ReadonlyMap<string, Unit>, ontology: CompiledOntology): readonly DoubtfulMatch[] {
  const side = (id: string): DoubtfulEntity => {
    const { groups, type } = units.get(id) as Unit
    return { id: id as EntityId, name: mostCounted(counted(groups, ({ name }) => name)), type, documents: 0 }
  }
  const joined = merges.flatMap(({ from, to, reason, score }): DoubtfulMatch[] => (reason === 'decision' ? [] : [{ verdict: 'joined', entity: side(from), other: side(to), hint: reason, score }]))
  const hinted = doubts.map(({ from, to, reason, why }): DoubtfulMatch => ({ verdict: 'apart', entity: side(from), other: side(to), hint: reason, against: why }))
  const namesakes = namesakesOf([...units.values()], ontology).map(({ a, b, against }): DoubtfulMatch => ({ verdict: 'apart', entity: side(a.id), other: side(b.id), hint: 'name', against }))
  const into = new Map(merges.map(({ from, to }) => [from as string, to as string]))
  const centre = (id: string): string => into.get(id) ?? id
  const apart = [...hinted, ...namesakes].filter(({ entity, other }) => centre(entity.id) !== centre(other.id))
  const distinct = new Map([...joined, ...apart].map((match) => [[match.entity.id, match.other.id].sort(byCodeUnit).join(' '), match]))
  return [...distinct.values()].sort((a, b) => byCodeUnit(`${a.entity.name} ${a.entity.id} ${a.other.id}`, `${b.entity.name} ${b.entity.id} ${b.other.id}`))
}

/** Units of one name and family; each is set against the largest, so that a hundred namesakes are a hundred lines and not five thousand. */
function namesakesOf(units: readonly Unit[], ontology: CompiledOntology): readonly { readonly a: Unit; readonly b: Unit; readonly against: 'type' | 'surroundings' | 'context' }[] {
  const groups = new Map<string, Unit[]>()
  for (const unit of units) {
    const traits = unit.groups[0]?.traits
    if (traits === undefined || traits.local === 'unnamed' || unit.groups[0]?.masterId !== undefined) continue
    const key = JSON.stringify([traits.family, traits.form])
    groups.set(key, [...(groups.get(key) ?? []), unit])
  }
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = [...group].sort((x, y) => y.count - x.count || byCodeUnit(x.id, y.id))
    return rest.map((unit) => ({ a: unit, b: first as Unit, against: !inLine(unit.type, first?.type ?? '', typeOrder(ontology)) ? 'type' as const : unit.groups[0]?.traits.local === 'surname' ? 'context' as const : 'surroundings' as const }))
  })
}
