// The Neo4j that `graphloom neo4j start` runs on this machine: is it the one that a store URI names, and what its Browser shows.
import { existsSync } from 'node:fs'
import { type GraphStore, pagesOf } from '../graph/index.ts'
import type { Neo4jServer } from './neo4j/index.ts'

/** Where it lives unless another home is named. */
export const HOME = '.graphloom/neo4j'

export interface LocalNeo4j extends Neo4jServer {
  readonly home: string
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The Neo4j under `home`, when it runs and the URI is its address. */
export async function localNeo4j(uri: string, home: string = HOME): Promise<LocalNeo4j | undefined> {
  if (!/^(neo4j|bolt)/u.test(uri) || !existsSync(home)) return undefined
  const { neo4jStatus } = await import('./neo4j/index.ts')
  const status = await neo4jStatus(home)
  const port = (address: string) => new URL(address).port || '7687'
  return status.running && LOOPBACK.has(new URL(uri).hostname) && port(status.boltUri) === port(uri) ? { home, ...status } : undefined
}

/** Makes style and guide of its Browser fit what the graph holds now; does nothing for any other store. They are a convenience: where it fails, that is said, and nothing else. */
export async function refreshPages(uri: string, store: GraphStore, home: string = HOME): Promise<void> {
  try {
    const local = await localNeo4j(uri, home)
    if (local === undefined) return
    const { putPages } = await import('./neo4j/index.ts')
    await putPages(local.home, await pagesOf(store))
  } catch (error) {
    warnOfPages(error)
  }
}

/** What was to be done is done; only the pages are those of before. */
export function warnOfPages(error: unknown): void {
  process.stderr.write(`Warning: the colours and the guide of Neo4j Browser were not refreshed (${error instanceof Error ? error.message : String(error)}). Try again with: graphloom browser\n`)
}
