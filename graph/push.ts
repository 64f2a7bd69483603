// Store -> store: claims are copied document by document, decisions one by one, and the rest is derived anew, so that a push that was cut off goes on where it stopped.
import { compileOntology } from '../ontology/index.ts'
import type { Decision } from './decision.ts'
import { exportDecisions, mergeIn } from './decisions.ts'
import { settle } from './settle.ts'
import type { GraphStore, WriteCounts } from './store.ts'

const PAGE = 100

export interface PushProgress {
  readonly collection: string
  readonly documents: number
}

export interface PushResult {
  readonly collections: number
  /** Documents of the source, and those of them that the target held already. */
  readonly documents: number
  readonly unchanged: number
  /** Entities and facts in the target. */
  readonly written: WriteCounts
}

/** Brings everything that `from` holds into `to`; what else `to` holds stays. */
export async function push(from: GraphStore, to: GraphStore, onProgress?: (progress: PushProgress) => void): Promise<PushResult> {
  let documents = 0
  let unchanged = 0
  let written: WriteCounts = { created: 0, updated: 0, deleted: 0 }
  const collections = await from.collections()
  for (const { name, ontology } of collections) {
    const compiled = compileOntology(ontology)
    await to.prepare(compiled)
    await to.saveOntology(name, ontology)
    let latest = ''
    let after: string | undefined
    for (;;) {
      const page = await from.claims(name, { limit: PAGE, ...(after === undefined ? {} : { after }) })
      const ids = page.map((claims) => claims.id)
      const seen = (await from.versions(name, ids)).map((version) => version.seen).reduce((a, b) => (a > b ? a : b), latest)
      latest = seen
      const held = new Map((await to.versions(name, ids)).map((version) => [version.id, version.hash]))
      const added = page.filter((claims) => held.get(claims.id) !== claims.hash)
      if (added.length > 0) await to.exclusively(() => to.replace(name, added.map((claims) => claims.id).filter((id) => held.has(id)), added, seen))
      documents += page.length
      unchanged += page.length - added.length
      onProgress?.({ collection: name, documents })
      after = page.at(-1)?.id
      if (page.length < PAGE) break
    }
    await pushDecisions(from, to, name)
    const counts = await settle(to, compiled, name, latest)
    written = { created: written.created + counts.created, updated: written.updated + counts.updated, deleted: written.deleted + counts.deleted }
  }
  return { collections: collections.length, documents, unchanged, written }
}

async function pushDecisions(from: GraphStore, to: GraphStore, collection: string): Promise<void> {
  let batch: Decision[] = []
  for await (const decision of exportDecisions(from, collection)) {
    batch.push(decision)
    if (batch.length < PAGE) continue
    await mergeIn(to, collection, batch)
    batch = []
  }
  await mergeIn(to, collection, batch)
}
