// Groups of chains -> in how many documents an entity stands, and under which names: of equal chains as the store counts them, of others one by one.
import type { ChainGroup } from './claim.ts'
import { byCodeUnit } from './identity.ts'
import type { Known } from './merge.ts'
import type { GraphStore, Spread } from './store.ts'

/** Documents and names of entities, of equal chains as the store counts them. */
export async function knownOf(store: GraphStore, collection: string, ofEntity: ReadonlyMap<string, readonly ChainGroup[]>, apart: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  const asked: Spread[] = []
  const known = new Map<string, Known>()
  for (const [id, groups] of ofEntity) {
    const single = groups.filter((group) => group.single !== undefined)
    const documents = [...new Set<string>(single.map(({ document }) => document))].sort(byCodeUnit)
    known.set(id, { documents: documents.length, aliases: single.flatMap((group) => group.single?.aliases ?? []) })
    const profiles = [...new Set(groups.filter((group) => group.single === undefined).map(({ profile }) => profile))].sort(byCodeUnit)
    if (profiles.length > 0) asked.push({ id, profiles, known: documents })
  }
  for (const { id, documents, aliases } of await store.spread(collection, asked, apart)) {
    const own = known.get(id) as Known
    known.set(id, { documents: own.documents + documents, aliases: [...own.aliases, ...aliases] })
  }
  return known
}
