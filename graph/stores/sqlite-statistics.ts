// Counts of the embedded store, each read from an index alone.
import type { CollectionSummary, GraphStatistics } from '../reader.ts'
import type { Select } from './sqlite-facts.ts'

/** Sizes of every collection, sorted by name. */
export function countCollections(select: Select): readonly CollectionSummary[] {
  return select('SELECT key, name FROM collections ORDER BY name').map(({ key, name }) => ({
    name,
    documents: number(select, 'SELECT count(*) AS n FROM documents WHERE collection = ?', key),
    entities: number(select, 'SELECT count(*) AS n FROM entities INDEXED BY entities_by_type WHERE collection = ?', key) - merged(select, key),
    facts: number(select, "SELECT count(*) AS n FROM facts INDEXED BY facts_by_status WHERE collection = ? AND status = 'accepted'", key),
  }))
}

/** All counts of one collection. */
export function countAll(select: Select, collection: number): GraphStatistics {
  const count = (sql: string): number => number(select, sql, collection)
  const ofDocuments = (table: string): number => count(`SELECT count(*) AS n FROM documents d CROSS JOIN ${table} x ON x.document = d.key WHERE d.collection = ?`)
  const facts = (status: string): number => count(`SELECT count(*) AS n FROM facts INDEXED BY facts_by_status WHERE collection = ? AND status = '${status}'`)
  const types = new Map(select('SELECT type, count(*) AS n FROM entities INDEXED BY entities_by_type WHERE collection = ? GROUP BY type', collection).map(({ type, n }) => [type as string, n as number]))
  const total = [...types.values()].reduce((sum, n) => sum + n, 0)
  for (const { type, n } of select('SELECT type, count(*) AS n FROM entities INDEXED BY entities_merged WHERE collection = ? AND merged_into IS NOT NULL GROUP BY type', collection)) {
    types.set(type, (types.get(type) ?? 0) - n)
  }
  const relations = select("SELECT relation, count(*) AS n FROM facts INDEXED BY facts_by_relation WHERE collection = ? AND status = 'accepted' GROUP BY relation", collection)
  return {
    documents: count('SELECT count(*) AS n FROM documents WHERE collection = ?'),
    passages: ofDocuments('passages'), chains: ofDocuments('chains'), evidence: ofDocuments('evidence'),
    entities: total - merged(select, collection), merged: merged(select, collection),
    facts: { accepted: facts('accepted'), review: facts('review'), rejected: facts('rejected') },
    pending: count('SELECT count(*) AS n FROM pending WHERE collection = ?'),
    types: Object.fromEntries([...types].filter(([, n]) => n > 0)),
    relations: Object.fromEntries(relations.map(({ relation, n }) => [relation, n])),
  }
}

function merged(select: Select, collection: number): number {
  return number(select, 'SELECT count(*) AS n FROM entities INDEXED BY entities_merged WHERE collection = ? AND merged_into IS NOT NULL', collection)
}

function number(select: Select, sql: string, collection: number): number {
  return select(sql, collection)[0]?.n ?? 0
}
