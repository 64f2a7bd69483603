// Counts of Neo4j: from its count store where there is one collection, else by index.
import { LOOKUP } from '../cypher-lookups.ts'
import type { CollectionSummary, GraphStatistics } from '../reader.ts'
import type { Rows } from './neo4j-connection.ts'

/** Runs one statement and gives its rows. */
type Select = (text: string, parameters: Readonly<Record<string, unknown>>) => Promise<Rows>

/** Sizes of every collection, sorted by name. */
export async function countCollections(select: Select): Promise<readonly CollectionSummary[]> {
  const names = (await select(LOOKUP.collections, {})).map((row) => row['name'] as string).sort()
  return Promise.all(
    names.map(async (collection) => {
      const [documents, entities, facts] = await Promise.all([number(select, LOOKUP.countDocuments, { collection }), countEntities(select, collection), number(select, LOOKUP.countFacts, { collection, status: 'accepted' })])
      return { name: collection, documents, entities: entities.total, facts }
    }),
  )
}

/** All counts of one collection. */
export async function countAll(select: Select, collection: string): Promise<GraphStatistics> {
  const alone = (await select(LOOKUP.collections, {})).every((row) => row['name'] === collection)
  const count = (text: string, more: Readonly<Record<string, unknown>> = {}): Promise<number> => number(select, text, { collection, ...more })
  const [documents, passages, chains, evidence] = await Promise.all([count(LOOKUP.countDocuments), ...(['Passage', 'Chain', 'Evidence'] as const).map((label) => count(LOOKUP.countOf(label, alone)))])
  const [entities, accepted, review, rejected, relations, pending] = await Promise.all([
    countEntities(select, collection),
    ...['accepted', 'review', 'rejected'].map((status) => count(LOOKUP.countFacts, { status })),
    select(LOOKUP.countRelations, { collection }),
    count(LOOKUP.countPending),
  ] as [Promise<EntityCounts>, Promise<number>, Promise<number>, Promise<number>, Promise<Rows>, Promise<number>])
  return {
    documents: documents ?? 0, passages: passages ?? 0, chains: chains ?? 0, evidence: evidence ?? 0, entities: entities.total, merged: entities.merged, facts: { accepted, review, rejected }, pending,
    types: entities.types, relations: Object.fromEntries(relations.map((row) => [row['relation'] as string, row['n'] as number])),
  }
}

interface EntityCounts {
  readonly total: number
  readonly merged: number
  readonly types: Readonly<Record<string, number>>
}

async function countEntities(select: Select, collection: string): Promise<EntityCounts> {
  const rows = (await select(LOOKUP.countEntities, { collection })).map((row) => ({ type: row['type'] as string, merged: row['merged'] as number, n: row['n'] as number }))
  const merged = rows.reduce((sum, row) => sum + row.merged, 0)
  return { total: rows.reduce((sum, { n }) => sum + n, 0) - merged, merged, types: Object.fromEntries(rows.filter(({ n, merged: gone }) => n > gone).map(({ type, n, merged: gone }) => [type, n - gone])) }
}

async function number(select: Select, text: string, parameters: Readonly<Record<string, unknown>>): Promise<number> {
  return ((await select(text, parameters))[0]?.['n'] as number | undefined) ?? 0
}
