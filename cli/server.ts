// graphloom neo4j start | stop | status.
import { refreshPages, warnOfPages } from './local.ts'
import { neo4jStatus, startNeo4j, stopNeo4j } from './neo4j/index.ts'
import { openGraph } from './wire.ts'

export async function start(options: { readonly home: string; readonly port: number; readonly httpPort: number; readonly heap?: number }): Promise<void> {
  const server = await startNeo4j({
    home: options.home, boltPort: options.port, httpPort: options.httpPort,
    ...(options.heap === undefined ? {} : { heap: options.heap }),
    onProgress: (step: string) => process.stderr.write(`${step}\n`),
  })
  await showGraph(server.boltUri, options.home)
  process.stdout.write(`Neo4j runs (pid ${server.pid}).\n  Store URI: ${server.boltUri}\n  Browser:   ${server.browserUrl}\n  Login:     neo4j / ${server.password}\nStop it with: graphloom neo4j stop\n`)
}

/** Colours and guide are made from the graph, which may have changed while this server was stopped or by another machine; the server runs without them. */
export async function showGraph(boltUri: string, home: string): Promise<void> {
  try {
    const store = await openGraph(boltUri, undefined, home)
    await refreshPages(boltUri, store, home)
    await store.close()
  } catch (error) {
    warnOfPages(error)
  }
}

export async function stop({ home }: { readonly home: string }): Promise<void> {
  await stopNeo4j(home)
  process.stdout.write('Neo4j is stopped; its data stay.\n')
}

export async function status({ home }: { readonly home: string }): Promise<void> {
  const found = await neo4jStatus(home)
  process.stdout.write(found.running ? `Neo4j runs (pid ${found.pid}): ${found.boltUri}, Browser ${found.browserUrl}, login neo4j / ${found.password}\n` : `No Neo4j runs under ${home}.\n`)
}
