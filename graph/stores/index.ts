// Store URI -> store. Adapters are loaded when they are asked for: who uses SQLite alone never loads the Neo4j driver.
import { GraphloomError } from '../../errors.ts'
import type { GraphStore } from '../store.ts'

export interface StoreOptions {
  readonly user?: string
  readonly password?: string
}

/** Opens the store at `sqlite:PATH`, `neo4j://…` or `bolt://…`. */
export async function openStore(uri: string, options: StoreOptions = {}): Promise<GraphStore> {
  if (uri.startsWith('sqlite:') && uri.length > 'sqlite:'.length) {
    const { openSqlite } = await import('./sqlite.ts')
    return openSqlite(uri.slice('sqlite:'.length))
  }
  if (/^(?:neo4j|bolt)(?:\+s|\+ssc)?:\/\//.test(uri)) {
    const { openNeo4j } = await import('./neo4j.ts')
    return openNeo4j(uri, options)
  }
  throw new GraphloomError('usage.store', `"${uri}" is not the address of a store; expected sqlite:PATH, neo4j://HOST:PORT or bolt://HOST:PORT.`)
}
