// The sample graph of the API's docs and tests, in two collections, and servers over it.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AppLimits, type Audit, type Client, createApp, type IngestRequest, makeKey, openAudit, openClient, openInProcessJobs, openKeys, type Role, type RunState, type Services, type StoredKey, writeKeys } from '../../api/index.ts'
import { type CommittedDocument, commit, type GraphReader, type GraphStore, openDecisions, prepare, type QueryDoor, retract, settle } from '../../graph/index.ts'
import type { Extractor } from '../../extract/index.ts'
import { read } from '../../ingest/index.ts'
import { openReader, openStore } from '../../graph/stores/index.ts'
import { company, date, documentOf, NOW, ONTOLOGY, organization, person, place, type Statement } from '../graph/documents.ts'

export const LIBRARY = 'library'
export const ARCHIVE = 'archive'

const ada = person('Ada Lovelace')
const grace = person('Grace Hopper')
const acme = company('Acme Corp', { masterId: 'C-1' })
const ibm = company('International Business Machines', { aliases: ['IBM'] })

const BOOKS: Readonly<Record<string, readonly Statement[]>> = {
  'letters/ada.txt': [{ head: ada, relation: 'EMPLOYED_BY', tail: acme }, { head: acme, relation: 'FOUNDED_ON', tail: date('1842') }, { head: ada, relation: 'SPOUSE', tail: person('William King') }],
  'history.txt': [{ head: ada, relation: 'EMPLOYED_BY', tail: acme, score: 0.97 }, { head: ada, relation: 'BORN_IN', tail: place('London'), score: 0.8 }],
  'computing.txt': [{ head: grace, relation: 'EMPLOYED_BY', tail: ibm }, { head: ibm, relation: 'PART_OF', tail: organization('Big Group'), score: 0.8 }, { head: grace, relation: 'EMPLOYED_BY', tail: acme, score: 0.6, status: 'review' }],
  'groups.txt': [{ head: acme, relation: 'PART_OF', tail: organization('Big Group') }, { head: ibm, relation: 'EMPLOYS', tail: person('Charles Babbage') }],
}
/** The same people and companies, other facts: nothing of it may be seen with a key of the library. */
const SECRETS: Readonly<Record<string, readonly Statement[]>> = {
  'secret.txt': [{ head: ada, relation: 'EMPLOYED_BY', tail: company('Hidden Works') }, { head: company('Hidden Works'), relation: 'FOUNDED_ON', tail: date('1899') }],
  'more secrets.txt': [{ head: ada, relation: 'BORN_IN', tail: place('Nowhere') }, { head: grace, relation: 'SPOUSE', tail: person('Secret Friend') }, { head: acme, relation: 'PART_OF', tail: organization('Shadow Group') }],
}

export const sampleDocuments = (collection: string, books = collection === ARCHIVE ? SECRETS : BOOKS): readonly CommittedDocument[] =>
  Object.entries(books).map(([uri, statements]) => documentOf(uri, statements, { collection }))

/** Writes the sample afresh; whatever the two collections held before is gone. */
export async function writeSample(store: GraphStore): Promise<void> {
  await prepare(store, ONTOLOGY)
  for (const collection of [LIBRARY, ARCHIVE]) {
    const held = (await store.claims(collection, { limit: 10_000 })).map(({ id }) => id)
    if (held.length) await retract(store, ONTOLOGY, collection, held, NOW)
    await commit(store, ONTOLOGY, sampleDocuments(collection), NOW)
    await settle(store, ONTOLOGY, collection, NOW)
  }
}

/** Finds one person and one company in every text that says "NAME joined NAME": enough of an extractor to follow documents through the API. */
export const extractor: Pick<Extractor, 'stamp' | 'extract'> = {
  stamp: 'sample',
  async extract(document) {
    const joined = /(\p{Lu}\p{L}+ \p{Lu}\p{L}+) joined (\p{Lu}\p{L}+ \p{Lu}\p{L}+)/u.exec(document.text)
    const [, head = '', tail = ''] = joined ?? []
    if (joined === null) return { document: document.id, ontology: ONTOLOGY.stamp, model: 'sample@1', chains: [], triples: [], counts: counts(document.text.length), warnings: [] }
    const sentence = document.sentences.findIndex(({ start, end }) => start <= joined.index && joined.index < end)
    const place = document.sentences[sentence] ?? { start: 0, end: document.text.length }
    const span = (text: string) => ({ start: document.text.indexOf(text), end: document.text.indexOf(text) + text.length, text })
    const chain = (index: number, name: string, type: string) => ({ index, name, aliases: [], type, links: [], mentions: [{ ...span(name), kind: 'name' as const, sentence, types: [type], agreement: {}, finder: 'sample' }] })
    return {
      document: document.id, ontology: ONTOLOGY.stamp, model: 'sample@1', counts: counts(document.text.length), warnings: [],
      chains: [chain(0, head, 'Person'), chain(1, tail, 'Company')],
      triples: [{
        head: 0, relation: 'EMPLOYED_BY', tail: 1, score: 0.9, status: 'accepted',
        evidence: [{ sentence, start: place.start, end: place.end, quote: document.text.slice(place.start, place.end), head: span(head), tail: span(tail), score: 0.9 }],
      }],
    }
  },
}
const counts = (charactersSeen: number) => ({ charactersSeen, mentions: 2, chains: 2, pairs: 1, scored: 1, rejected: {}, milliseconds: {} })

export interface SampleGraph {
  readonly store: GraphStore
  readonly reader: GraphReader
  close(): Promise<void>
}

/** The sample in an embedded store of its own. */
export async function openSampleGraph(): Promise<SampleGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'graphloom-api-'))
  const uri = `sqlite:${join(folder, 'graph.db')}`
  const [store, reader] = [await openStore(uri), await openReader(uri)]
  await writeSample(store)
  return {
    store, reader,
    async close() {
      await reader.close()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface SampleOptions {
  readonly limits?: Partial<AppLimits>
  readonly cypher?: QueryDoor
  /** Without keys the server is open to this machine. */
  readonly open?: boolean
  /** Instead of reading, extracting and writing. */
  readonly ingest?: (request: IngestRequest, watch: { readonly onProgress: (state: RunState) => void; readonly signal: AbortSignal }) => Promise<RunState>
  readonly readOnly?: boolean
  /** Instead of a file. */
  readonly audit?: Audit
  readonly web?: string
}

export interface SampleServer {
  readonly url: string
  readonly folder: string
  /** Token of a key with the role and the collections. */
  token(role: Role, ...collections: string[]): string
  client(role: Role, ...collections: string[]): Client
  /** Why requests failed that should not. */
  readonly errors: readonly unknown[]
  removeKey(token: string): Promise<void>
  close(): Promise<void>
}

const ROLES: readonly Role[] = ['reader', 'reviewer', 'writer', 'admin']
const SCOPES: readonly (readonly string[])[] = [['*'], [LIBRARY], [ARCHIVE], [LIBRARY, ARCHIVE]]

/** Starts a server over a graph; it closes neither store nor reader. */
export async function openSample(store: GraphStore, reader: GraphReader, options: SampleOptions = {}): Promise<SampleServer> {
  const folder = mkdtempSync(join(tmpdir(), 'graphloom-api-'))
  const file = join(folder, 'keys.json')
  const made = ROLES.flatMap((role) => SCOPES.map((collections) => ({ ...makeKey({ name: `${role} of ${collections.join(' and ')}`, role, collections, created: NOW }, randomBytes), scope: `${role} ${collections.join(' ')}` })))
  await writeKeys(file, made.map(({ key }) => key))
  const errors: unknown[] = []
  const ingest = options.ingest ?? ((request: IngestRequest) => ingestFolder(request, store))
  const jobs = await openInProcessJobs({ folder: join(folder, 'jobs'), ingest, onError: (error) => errors.push(error) })
  const services: Services = {
    store, reader, decisions: openDecisions(store), ontology: ONTOLOGY, ...(options.readOnly ? {} : { jobs, spool: join(folder, 'spool') }), ...(options.cypher ? { cypher: options.cypher } : {}),
    queues: { documents: async () => ({ waiting: 3, active: 1, delayed: 2, failed: 0 }), away: () => new Promise(() => {}) },
    async extract({ text }) {
      for await (const result of read(['-'], { collection: 'extract', stdin: (async function* () { yield Buffer.from(text) })() })) {
        if (result.status === 'read') return { document: result.document, extraction: await extractor.extract(result.document) }
      }
      throw new Error('nothing to read')
    },
  }
  const app = createApp(services, {
    version: '0.0.0', audit: options.audit ?? openAudit(join(folder, 'audit.jsonl')), ...(options.open ? {} : { keys: await openKeys(file) }), ...(options.web === undefined ? {} : { web: options.web }),
    now: () => new Date().toISOString(), clock: () => performance.now(), newId: randomUUID, onError: (error) => errors.push(error), limits: { rate: 1_000_000, ...options.limits },
  })
  const url = `http://127.0.0.1:${await app.listen(0, '127.0.0.1')}`
  let keys: readonly StoredKey[] = made.map(({ key }) => key)
  const token = (role: Role, ...collections: string[]) => made.find(({ scope }) => scope === `${role} ${collections.join(' ') || '*'}`)!.token
  return {
    url, folder, errors, token,
    client: (role, ...collections) => openClient({ url, key: token(role, ...collections) }),
    async removeKey(which) {
      keys = keys.filter(({ id }) => id !== which.split('_')[1])
      await writeKeys(file, keys)
    },
    async close() {
      await app.close()
      await jobs.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Reads, extracts, commits and settles: what `graphloom serve` does with an upload, without a model. */
async function ingestFolder({ folder, collection }: IngestRequest, store: GraphStore): Promise<RunState> {
  const failures = []
  let documents = 0
  let done = 0
  for await (const result of read([folder], { collection })) {
    documents++
    if (result.status === 'failed') {
      failures.push(result.failure)
      continue
    }
    const extraction = await extractor.extract(result.document)
    await commit(store, ONTOLOGY, [{ document: result.document, extraction, stamp: extractor.stamp }], NOW)
    done++
  }
  await settle(store, ONTOLOGY, collection, NOW)
  return { progress: { documents, done, unchanged: 0, failed: failures.length }, failures, seconds: { read: 0.001, commit: 0.004, total: 0.005 } }
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
