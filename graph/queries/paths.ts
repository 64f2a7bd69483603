// Two entities -> the paths between them, met in the middle: half of each path is grown from either end, an end's side first.
import type { EntityEnd, FactStatus } from '../fact.ts'
import type { EntityId } from '../entity.ts'
import { byCodeUnit } from '../identity.ts'
import type { Edge, GraphLookup } from '../lookup.ts'
import type { FactSummary, FoundFact, GraphPath, PathQuery, Subgraph, SubgraphQuery } from '../reader.ts'

/** Facts looked at of one entity, and entities looked at in one step: hubs lead everywhere, and a path through one says little. */
const EACH = 200
const WIDTH = 2_000
/** Halves of paths that are held at once. */
const HALVES = 50_000
const MAX_LENGTH = 6
const MAX_DEPTH = 4
const ACCEPTED = ['accepted'] as const satisfies readonly FactStatus[]

interface Step {
  readonly fact: Edge
  readonly to: EntityId
}

/** Steps that lead on from each entity, by fact id. */
type Steps = Map<EntityId, readonly Step[]>

/** From its end outwards: `nodes` has one more than `facts`. */
interface Half {
  readonly nodes: readonly EntityId[]
  readonly facts: readonly Edge[]
}

/** Paths by length, then by the ids of their facts. */
export async function findPaths(lookup: GraphLookup, collection: string, { from, to, maxLength = MAX_LENGTH - 2, limit = 10 }: PathQuery): Promise<readonly GraphPath[]> {
  const known = (await lookup.entitiesById(collection, [...new Set([from, to])])).filter((row) => row.into === undefined)
  if (from === to || known.length < 2) return []
  const steps: Steps = new Map()
  const found: Half[] = []
  let [heads, tails]: [readonly Half[], readonly Half[]] = [[{ nodes: [from], facts: [] }], [{ nodes: [to], facts: [] }]]
  for (let length = 1; length <= Math.min(maxLength, MAX_LENGTH) && found.length < limit && heads.length > 0 && tails.length > 0; length++) {
    // The side with fewer ends has less to look up.
    if (unasked(heads, steps).length <= unasked(tails, steps).length) heads = await grow(lookup, collection, heads, to, steps)
    else tails = await grow(lookup, collection, tails, from, steps)
    for (const path of joined(heads, tails)) {
      if (found.length >= limit) break
      found.push(path)
    }
  }
  const facts = new Map((await lookup.factsById(collection, found.flatMap((path) => path.facts.map(({ id }) => id)))).map((fact) => [fact.id as string, fact]))
  return found.map((path) => pathOf(path, path.facts.flatMap(({ id }) => facts.get(id) ?? [])))
}

function unasked(halves: readonly Half[], steps: Steps): readonly EntityId[] {
  return [...new Set(halves.map(({ nodes }) => nodes.at(-1) as EntityId))].filter((id) => !steps.has(id))
}

/** Every half by one step further, in the order of their facts' ids; never over the other end, where it could only turn back. */
async function grow(lookup: GraphLookup, collection: string, halves: readonly Half[], otherEnd: EntityId, steps: Steps): Promise<readonly Half[]> {
  const ends = unasked(halves, steps).filter((id) => id !== otherEnd).sort(byCodeUnit).slice(0, WIDTH)
  await lookUp(lookup, collection, ends, steps)
  const longer: Half[] = []
  for (const { nodes, facts } of halves) {
    const end = nodes.at(-1) as EntityId
    for (const { fact, to } of end === otherEnd ? [] : (steps.get(end) ?? [])) {
      if (longer.length >= HALVES) return longer
      if (!nodes.includes(to)) longer.push({ nodes: [...nodes, to], facts: [...facts, fact] })
    }
  }
  return longer
}

async function lookUp(lookup: GraphLookup, collection: string, entities: readonly EntityId[], steps: Steps): Promise<void> {
  if (entities.length === 0) return
  const beside = new Map<EntityId, Step[]>(entities.map((id) => [id, []]))
  for (const fact of await lookup.edges(collection, entities, ACCEPTED, EACH)) {
    if (fact.head === fact.tail) continue
    beside.get(fact.head)?.push({ fact, to: fact.tail })
    beside.get(fact.tail)?.push({ fact, to: fact.head })
  }
  for (const [id, list] of beside) steps.set(id, list.slice(0, EACH))
}

/** Whole paths, in order and one at a time: there may be very many. */
function* joined(heads: readonly Half[], tails: readonly Half[]): Generator<Half> {
  const byMiddle = new Map<EntityId, Half[]>()
  for (const tail of tails) {
    const middle = tail.nodes.at(-1) as EntityId
    const list = byMiddle.get(middle)
    const turned = { nodes: [...tail.nodes].reverse(), facts: [...tail.facts].reverse() }
    if (list === undefined) byMiddle.set(middle, [turned])
    else list.push(turned)
  }
  for (const list of byMiddle.values()) list.sort(byFacts)
  for (const head of heads) {
    for (const tail of byMiddle.get(head.nodes.at(-1) as EntityId) ?? []) {
      const nodes = [...head.nodes, ...tail.nodes.slice(1)]
      if (new Set(nodes).size === nodes.length) yield { nodes, facts: [...head.facts, ...tail.facts] }
    }
  }
}

function byFacts(a: Half, b: Half): number {
  for (const [index, fact] of a.facts.entries()) {
    const order = byCodeUnit(fact.id, b.facts[index]?.id ?? '')
    if (order !== 0) return order
  }
  return 0
}

function pathOf({ nodes }: Half, facts: readonly FactSummary[]): GraphPath {
  const ends = endsOf(facts)
  return {
    entities: nodes.flatMap((id) => ends.get(id) ?? []),
    facts: facts.map((fact, index): FoundFact => ({ ...fact, direction: fact.head.id === nodes[index] ? 'out' : 'in' })),
  }
}

/** The entity with what stands around it, nearest facts first until there are `limit`. */
export async function findSubgraph(lookup: GraphLookup, collection: string, { entity, depth = 1, limit = 200 }: SubgraphQuery): Promise<Subgraph> {
  const [root] = await lookup.entitiesById(collection, [entity])
  if (root === undefined || root.into !== undefined) return { entities: [], facts: [] }
  const ids = new Set<string>()
  const asked = new Set<EntityId>()
  let frontier: readonly EntityId[] = [entity]
  for (let level = 0; level < Math.min(depth, MAX_DEPTH) && frontier.length > 0 && ids.size < limit; level++) {
    for (const id of frontier) asked.add(id)
    const next = new Set<EntityId>()
    for (const fact of await lookup.edges(collection, frontier, ACCEPTED, limit)) {
      if (ids.has(fact.id) || ids.size >= limit) continue
      ids.add(fact.id)
      for (const id of [fact.head, fact.tail]) if (!asked.has(id)) next.add(id)
    }
    frontier = [...next].sort(byCodeUnit).slice(0, WIDTH)
  }
  const facts = await lookup.factsById(collection, [...ids])
  const ends = endsOf(facts)
  ends.set(root.id, { id: root.id, name: root.name, type: root.type })
  return { entities: [...ends.values()].sort((a, b) => byCodeUnit(a.id, b.id)), facts }
}

function endsOf(facts: readonly FactSummary[]): Map<EntityId, EntityEnd> {
  return new Map(facts.flatMap(({ head, tail }) => ('id' in tail ? [head, tail] : [head])).map((end) => [end.id, end]))
}
