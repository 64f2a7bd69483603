// Store URI -> store. Adapters are loaded when they are asked for: who uses SQLite alone never loads the Neo4j driver.
import { GraphloomError } from '../../errors.ts'
import { createReader } from '../queries/index.ts'
import type { QueryDoor } from '../query.ts'
import type { GraphReader } from '../reader.ts'
import type { GraphStore } from '../store.ts'

export interface StoreOptions {
  readonly user?: string
  readonly password?: string
}

/** Opens the store at `sqlite:PATH`, `neo4j://…` or `bolt://…`. */
export async function openStore(uri: string, options: StoreOptions = {}): Promise<GraphStore> {
  if (isSqlite(uri)) {
    const { openSqlite } = await import('./sqlite.ts')
    return openSqlite(uri.slice('sqlite:'.length))
  }
  if (isNeo4j(uri)) {
    const { openNeo4j } = await import('./neo4j.ts')
    return openNeo4j(uri, options)
  }
  throw unknown(uri)
}

/** Opens what answers questions about the graph at a store's address; it never writes to the graph. */
export async function openReader(uri: string, options: StoreOptions = {}): Promise<GraphReader> {
  if (isSqlite(uri)) {
    const [{ openDatabase }, { SqliteLookup }] = [await import('./sqlite-open.ts'), await import('./sqlite-lookup.ts')]
    return createReader(new SqliteLookup(openDatabase(uri.slice('sqlite:'.length))))
  }
  if (isNeo4j(uri)) {
    const { openLookup } = await import('./neo4j-lookup.ts')
    return createReader(await openLookup(uri, options))
  }
  throw unknown(uri)
}

/** Opens the store at a Neo4j address to free Cypher, read-only; `usage.cypher` for any other. */
export async function openQuery(uri: string, options: StoreOptions = {}): Promise<QueryDoor> {
  if (!isNeo4j(uri)) throw new GraphloomError('usage.cypher', `Cypher is spoken by Neo4j alone; ${uri} is another store.`)
  const { openNeo4jQuery } = await import('./neo4j-query.ts')
  return openNeo4jQuery(uri, options)
}

function isSqlite(uri: string): boolean {
  return uri.startsWith('sqlite:') && uri.length > 'sqlite:'.length
}

function isNeo4j(uri: string): boolean {
  return /^(?:neo4j|bolt)(?:\+s|\+ssc)?:\/\//.test(uri)
}

function unknown(uri: string): GraphloomError {
  return new GraphloomError('usage.store', `"${uri}" is not the address of a store; expected sqlite:PATH, neo4j://HOST:PORT or bolt://HOST:PORT.`)
}
