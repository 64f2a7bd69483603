// Claims of documents -> store, and out of it: a document is written, replaced or retracted whole, in one transaction with the marks of what depends on it.
import type { Extraction } from '../extract/index.ts'
import type { Document } from '../ingest/index.ts'
import type { CompiledOntology } from '../ontology/index.ts'
import type { DocumentClaims } from './claim.ts'
import { claimsOf } from './claims.ts'
import { byCodeUnit } from './identity.ts'
import { settle } from './settle.ts'
import type { GraphStore, WriteCounts } from './store.ts'

const RETRACT_BATCH = 200

export interface CommittedDocument {
  readonly document: Document
  readonly extraction: Extraction
  /** What it was extracted with, e.g. model and ontology hash; see `unchanged`. */
  readonly stamp: string
}

/** Makes the store ready for an ontology; harmless when it is. */
export async function prepare(store: GraphStore, ontology: CompiledOntology): Promise<void> {
  await store.prepare(ontology)
}

/** Ids of the documents that the store holds in this very version, extracted with this very stamp. */
export async function unchanged(store: GraphStore, collection: string, documents: readonly { readonly id: string; readonly sha256: string; readonly stamp: string }[]): Promise<Set<string>> {
  const held = new Map((await store.versions(collection, documents.map((document) => document.id))).map((version) => [version.id as string, version]))
  return new Set(
    documents
      .filter((document) => held.get(document.id)?.sha256 === document.sha256 && held.get(document.id)?.stamp === document.stamp)
      .map((document) => document.id),
  )
}

/** Writes the claims of a batch of documents in one transaction per collection, in place of their earlier versions; equal claims are not written. Counts are of documents. */
export async function commit(store: GraphStore, ontology: CompiledOntology, claims: readonly CommittedDocument[], now: string): Promise<WriteCounts> {
  const all = new Map(claims.map((claim) => [claim.document.id, claimsOf(claim.document, claim.extraction, claim.stamp, ontology)]))
  const sorted = [...all.values()].sort((a, b) => byCodeUnit(a.id, b.id))
  return store.exclusively(() => write(store, ontology, sorted, now))
}

async function write(store: GraphStore, ontology: CompiledOntology, sorted: readonly DocumentClaims[], now: string): Promise<WriteCounts> {
  let created = 0
  let updated = 0
  for (const collection of [...new Set(sorted.map((document) => document.collection))].sort(byCodeUnit)) {
    const batch = sorted.filter((document) => document.collection === collection)
    const held = new Map((await store.versions(collection, batch.map((document) => document.id))).map((version) => [version.id as string, version.hash]))
    const added = batch.filter((document) => held.get(document.id) !== document.hash)
    if (added.length === 0) continue
    const removed = added.map((document) => document.id).filter((id) => held.has(id))
    await store.saveOntology(collection, ontology.ontology)
    await store.replace(collection, removed, added, now)
    updated += removed.length
    created += added.length - removed.length
  }
  return { created, updated, deleted: 0 }
}

/** Removes documents, by id, URI or URI of the archive that holds them, and precisely what only they said; keys that nothing has are handed back as unknown. */
export async function retract(
  store: GraphStore, ontology: CompiledOntology, collection: string, documents: readonly string[], now: string,
): Promise<{ retracted: string[]; unknown: string[] }> {
  const found = [...(await store.versions(collection, documents)), ...(await store.within(collection, documents))]
  const ids = [...new Set(found.map((version) => version.id))].sort(byCodeUnit)
  const known = new Set(found.flatMap((version) => [version.id, ...archivesOf(version.uri)]))
  await store.exclusively(async () => {
    for (let from = 0; from < ids.length; from += RETRACT_BATCH) await store.replace(collection, ids.slice(from, from + RETRACT_BATCH), [], now)
  })
  await settle(store, ontology, collection, now)
  return { retracted: [...ids], unknown: [...new Set(documents)].filter((key) => !known.has(key)).sort(byCodeUnit) }
}

/** A URI and those of the archives around it, from the inside out. */
function archivesOf(uri: string): readonly string[] {
  const names = [uri]
  for (let at = uri.lastIndexOf('!/'); at > 0; at = uri.lastIndexOf('!/', at - 1)) names.push(uri.slice(0, at))
  return names
}
