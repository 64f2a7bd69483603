// graphloom browser: style sheet, guide and saved queries for Neo4j Browser, made from the graph or from an ontology file.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type BrowserPage, browserPages, pagesOf } from '../graph/index.ts'
import { loadOntology } from '../ontology/index.ts'
import { localNeo4j, type LocalNeo4j } from './local.ts'
import { neo4jStatus, openSettings, putPages } from './neo4j/index.ts'
import { openExistingGraph } from './wire.ts'

export interface BrowserOptions {
  readonly store?: string
  readonly ontology?: string
  readonly out: string
  readonly home: string
  /** Where the user serves the files, for a Neo4j that is not ours. */
  readonly served?: string
}

export async function browser(options: BrowserOptions): Promise<void> {
  const local = await runningAt(options.home)
  const pages = await makePages(options, local)
  await mkdir(options.out, { recursive: true })
  for (const { name, body } of pages) await writeFile(join(options.out, name), body)
  process.stdout.write(`Written to ${options.out}: ${pages.map(({ name }) => name).join(', ')}\n`)
  const foreign = options.store !== undefined && /^(neo4j|bolt)/u.test(options.store) && (await localNeo4j(options.store, options.home)) === undefined
  if (local !== undefined && !foreign) {
    await putPages(options.home, pages)
    process.stdout.write(`Open ${local.browserUrl}\nThe password is in ${join(options.home, 'password')}; colours and guide open after the login. For the saved queries, drop ${join(options.out, 'queries.zip')} onto the page.\n`)
  } else process.stdout.write(byHand(options))
}

async function runningAt(home: string): Promise<LocalNeo4j | undefined> {
  const status = await neo4jStatus(home)
  return status.running ? { home, ...status } : undefined
}

async function makePages({ store: uri, ontology }: BrowserOptions, local: LocalNeo4j | undefined): Promise<readonly BrowserPage[]> {
  if (ontology !== undefined) return browserPages([await loadOntology(ontology)])
  const store = await openExistingGraph(uri ?? local?.boltUri ?? 'sqlite:.graphloom/graph.db', local?.home)
  try {
    return await pagesOf(store)
  } finally {
    await store.close()
  }
}

function byHand({ out, served }: BrowserOptions): string {
  const settings = Object.entries(openSettings(served ?? 'http://HOST/graphloom')).map(([key, value]) => `  ${key}=${value}\n`).join('')
  return `In Neo4j Browser, drop style.grass and queries.zip of ${out} onto the page. For the guide to open after every login, serve that folder (graphloom serve does, at /browser) and add to neo4j.conf:\n${settings}On this machine, graphloom neo4j start does all of it.\n`
}
