// Pending blocks -> entities, and which entity each chain stands for. What is held in memory grows with the number of different names in the blocks, not with that
// of the documents that have them; surnames that stand alone by the thousand are written a page at a time.
import type { CompiledOntology } from '../ontology/index.ts'
import { chainsOf, resolveBlocks, wholeBlocks } from './blocks.ts'
import type { ChainGroup } from './claim.ts'
import { isFactDecision } from './decision.ts'
import type { EntityId } from './entity.ts'
import { byCodeUnit } from './identity.ts'
import { knownOf } from './known.ts'
import { type Known, mergeEntity } from './merge.ts'
import { type Assignment, type Crowd, MAX_SURNAMES, type Merge } from './resolve.ts'
import type { Ruled } from './rulings.ts'
import { add, difference, marks, NONE, type Step } from './step.ts'
import type { Change, EntityRow, GraphStore, Mark, Move, Pending, WriteCounts } from './store.ts'

/** Groups of chains that are resolved at once; where a block alone leads to more, they are all held. */
const MOST_GROUPS = 10_000

/** What every part of a step needs. */
interface Settling {
  readonly store: GraphStore
  readonly ontology: CompiledOntology
  readonly collection: string
  readonly ruled: Ruled
  readonly apart: readonly string[]
  readonly now: string
}

export async function settleBlocks(store: GraphStore, ontology: CompiledOntology, collection: string, items: readonly Pending[], ruled: Ruled, now: string): Promise<Step> {
  const blocks = await wholeBlocks(store, collection, items.map((item) => item.key), ruled)
  if (items.length > 1 && sizeOf(blocks.groups) > MOST_GROUPS) return settleBlocks(store, ontology, collection, items.slice(0, Math.ceil(items.length / 2)), ruled, now)
  const resolution = await resolveBlocks(store, collection, blocks, ontology)
  const settling = { store, ontology, collection, ruled, apart: blocks.apart, now }
  const { change, counts } = await settleGroups(settling, resolution.assignments, resolution.merges)
  const aimed = marks('decision', blocks.decisions.filter(({ decision }) => isFactDecision(decision)).map(({ decision }) => decision.id))
  let total = counts
  for (const crowd of resolution.crowds) total = add(total, await settleCrowd(settling, crowd))
  return { change: { ...change, mark: [...aimed, ...(change.mark ?? [])] }, counts: total, taken: items.length }
}

/** Groups that are held at once: surnames are compared one by one, unless they are too many. */
function sizeOf(groups: readonly ChainGroup[]): number {
  return groups.reduce((sum, { traits, count }) => sum + (traits.local === 'surname' && count <= MAX_SURNAMES ? count : 1), 0)
}

/** Chains that stay alone, page by page; the block stays pending until all are written. */
async function settleCrowd(settling: Settling, { group, unitOf }: Crowd): Promise<WriteCounts> {
  const { store, collection, apart, now } = settling
  let total = NONE
  for await (const page of chainsOf(store, collection, group.profile)) {
    const own = page.filter(({ document }) => !apart.includes(document))
    const { change, counts } = await settleGroups(settling, own.map((chain) => ({ group: { ...chain, type: group.type }, unit: unitOf(chain.id), entity: unitOf(chain.id) })), [])
    await store.apply(collection, change, now)
    total = add(total, counts)
  }
  return total
}

async function settleGroups(settling: Settling, assignments: readonly Assignment[], merges: readonly Merge[]): Promise<{ readonly change: Change; readonly counts: WriteCounts }> {
  const { store, ontology, collection, ruled, apart } = settling
  const ofEntity = new Map<EntityId, ChainGroup[]>()
  for (const { group, unit, entity } of assignments) {
    for (const id of new Set([unit, entity])) {
      const groups = ofEntity.get(id)
      if (groups === undefined) ofEntity.set(id, [group])
      else groups.push(group)
    }
  }
  const known = await knownOf(store, collection, ofEntity, apart)
  const merged = new Map(merges.map((merge) => [merge.from, merge]))
  const wanted = [...ofEntity].map(([id, groups]): EntityRow => {
    const row = mergeEntity(id, groups, known.get(id) as Known, ontology)
    const merge = merged.get(row.id)
    return merge === undefined ? row : { ...row, into: merge.to, reason: merge.reason, score: merge.score }
  })
  const held = await store.entities(collection, wanted.map((row) => row.id).sort(byCodeUnit))
  const { rows, counts } = difference(wanted, held)
  const moved = assignments.filter(({ group, unit, entity }) => group.unit !== unit || group.entity !== entity)
  const left = moved.flatMap(({ group }) => [group.unit, group.entity]).filter((id) => id !== undefined && !ofEntity.has(id))
  const facts = ruled.types ? await factsOfOtherType(store, collection, held, wanted) : []
  return { change: { entities: rows, moves: { rows: movesOf(moved), apart }, mark: [...facts, ...marks('entity', left)] }, counts }
}

/** One move a profile, whatever its chains stood for before. */
function movesOf(moved: readonly Assignment[]): readonly Move[] {
  const rows = new Map<string, Move>()
  for (const { group, unit, entity } of moved) {
    if (group.single === undefined) rows.set(group.profile, { profile: group.profile, unit, entity })
    else rows.set(group.id, { chain: group.id, unit, entity })
  }
  return [...rows].sort(([a], [b]) => byCodeUnit(a, b)).map(([, move]) => move)
}

/** Facts of entities that people changed the type of, or no longer do: whether the ontology allows them has to be asked again. */
async function factsOfOtherType(store: GraphStore, collection: string, held: readonly EntityRow[], wanted: readonly EntityRow[]): Promise<readonly Mark[]> {
  const before = new Map(held.map(({ id, type }) => [id, type]))
  const changed = wanted.filter(({ id, type }) => (before.get(id) ?? type) !== type).map(({ id }) => id)
  return changed.length === 0 ? [] : marks('fact', await store.factsWith(collection, changed.sort(byCodeUnit)))
}
