// The Neo4j store, on plain Community: managed transactions that the driver retries, constraints before the first write.
import neo4j, { type Driver, type ManagedTransaction } from 'neo4j-driver'
import { GraphloomError } from '../../errors.ts'
import { type CompiledOntology, type Ontology, compileOntology } from '../../ontology/index.ts'
import type { ChainRow, DocumentClaims, EvidenceRow } from '../claim.ts'
import { READ } from '../cypher.ts'
import type { Entity, EntityId } from '../entity.ts'
import type { FactStatus } from '../fact.ts'
import { AWAIT_INDEXES, schemaStatements } from '../schema.ts'
import type { Change, DocumentVersion, EntityRow, FactRow, GraphStore, Page, Pending, PendingKind, Statistics, StoredFact } from '../store.ts'
import { blockOf, chainOf, claimsOfNodes, entityOf, evidenceOf, exportedEntityOf, factOf, type Properties } from './neo4j-rows.ts'
import { type Run, apply, putOntology, replace } from './neo4j-write.ts'

const RETRY_MILLISECONDS = 60_000
/** Rows per statement: enough for speed, few enough for the server's transaction memory. */
const ROWS = 5_000
/** Properties that stay floating point when they happen to be whole. */
const FLOATS: ReadonlySet<string> = new Set(['score', 'tripleScore'])

/** Connects to `uri`; the first call that needs the server fails when it is not there. */
export async function openNeo4j(uri: string, { user = 'neo4j', password }: { readonly user?: string; readonly password?: string } = {}): Promise<GraphStore> {
  if (password === undefined) throw new GraphloomError('store.password', `${uri} asks for a password: set NEO4J_PASSWORD.`)
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true, maxTransactionRetryTime: RETRY_MILLISECONDS, userAgent: 'graphloom' })
  const store = new Neo4jStore(driver, uri)
  try {
    await driver.verifyAuthentication()
    await driver.getServerInfo()
  } catch (error) {
    await driver.close()
    throw translate(error, uri)
  }
  return store
}

class Neo4jStore implements GraphStore {
  readonly #driver: Driver
  readonly #uri: string
  readonly #ontologies = new Map<string, { readonly text: string; readonly compiled: CompiledOntology }>()

  constructor(driver: Driver, uri: string) {
    this.#driver = driver
    this.#uri = uri
  }

  async prepare(ontology: CompiledOntology): Promise<void> {
    const session = this.#driver.session()
    try {
      for (const statement of schemaStatements(ontology)) await session.executeWrite((transaction) => transaction.run(statement))
      await session.run(AWAIT_INDEXES)
    } catch (error) {
      throw translate(error, this.#uri)
    } finally {
      await session.close()
    }
  }

  async collections(): Promise<readonly { name: string; ontology: Ontology }[]> {
    const rows = await this.#read(READ.collections, {})
    return rows.map((row) => ({ name: row['name'] as string, ontology: JSON.parse(row['ontology'] as string) as Ontology })).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  async saveOntology(collection: string, ontology: Ontology): Promise<void> {
    const text = JSON.stringify(ontology)
    const held = await this.#ontology(collection)
    if (held?.text === text) return
    const compiled = compileOntology(ontology)
    await this.#write((run) => putOntology(run, collection, compiled))
    this.#ontologies.set(collection, { text, compiled })
  }

  async versions(collection: string, keys: readonly string[]): Promise<readonly DocumentVersion[]> {
    return (await this.#readAll(READ.versions, 'keys', [...new Set(keys)], { collection })) as readonly unknown[] as DocumentVersion[]
  }

  async claims(collection: string, { after = '', limit }: Page): Promise<readonly DocumentClaims[]> {
    const documents = (await this.#read(READ.documents, { collection, after, limit })).map((row) => row['d'] as Properties)
    const ids = documents.map((document) => document.id as string)
    const parts = async (text: string, column: string): Promise<Map<string, Properties[]>> => {
      const found = new Map<string, Properties[]>(ids.map((id) => [id, []]))
      for (const row of await this.#read(text, { ids })) found.get((row[column] as Properties).document)?.push(row[column] as Properties)
      return found
    }
    const [passages, chains, evidence] = [await parts(READ.passages, 'p'), await parts(READ.chainsOf, 'c'), await parts(READ.evidenceOf, 'e')]
    return documents.map((document) => claimsOfNodes(document, passages.get(document.id) ?? [], chains.get(document.id) ?? [], evidence.get(document.id) ?? []))
  }

  async replace(collection: string, removed: readonly string[], added: readonly DocumentClaims[], now: string): Promise<void> {
    await this.#write((run) => replace(run, collection, removed, added, now))
  }

  async pending(collection: string, kind: PendingKind, limit: number): Promise<readonly Pending[]> {
    return (await this.#read(READ.pending, { collection, kind, limit })) as readonly unknown[] as Pending[]
  }

  async chains(collection: string, keys: readonly string[]): Promise<readonly ChainRow[]> {
    const rows = await this.#readAll(READ.chains, 'blocks', keys.map((key) => blockOf(collection, key)), {})
    const chains = new Map(rows.map((row) => chainOf(row['c'] as Properties)).map((chain) => [chain.id, chain]))
    return [...chains.values()].sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : a.index - b.index))
  }

  async evidence(collection: string, of: { readonly documents: readonly string[] } | { readonly facts: readonly string[] }): Promise<readonly EvidenceRow[]> {
    const [text, keys] = 'documents' in of ? [READ.evidenceByDocument, of.documents] : [READ.evidenceByFact, of.facts]
    const rows = await this.#readAll(text, 'keys', keys, { collection })
    return rows
      .map((row) => evidenceOf(row['e'] as Properties, row['head'] as EvidenceRow['head'] | null, row['tail'] as EvidenceRow['tail'] | null))
      .sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : a.index - b.index))
  }

  async entities(collection: string, ids: readonly string[]): Promise<readonly EntityRow[]> {
    return (await this.#readAll(READ.entities, 'ids', ids, { collection })).map((row) => entityOf(row['n'] as Properties)).sort(byId)
  }

  async orphans(collection: string, entities: readonly string[]): Promise<readonly EntityId[]> {
    return (await this.#readAll(READ.orphans, 'ids', entities, { collection })).map((row) => row['id'] as EntityId).sort()
  }

  async facts(collection: string, of: { readonly ids: readonly string[] } | { readonly relation: string; readonly heads?: readonly string[] }): Promise<readonly FactRow[]> {
    const rows =
      'ids' in of
        ? await this.#readAll(READ.factsById, 'ids', of.ids, { collection })
        : of.heads === undefined
          ? await this.#read(READ.factsByRelation, { collection, relation: of.relation })
          : await this.#readAll(READ.factsByHead, 'heads', of.heads, { collection, relation: of.relation })
    return rows.map((row) => factOf(row['f'] as Properties)).sort(byId)
  }

  async apply(collection: string, change: Change, now: string): Promise<void> {
    const ontology = await this.#ontology(collection)
    if (ontology === undefined) throw new GraphloomError('store.collection', `The collection "${collection}" is unknown: save its ontology before its documents.`)
    await this.#write((run) => apply(run, collection, change, ontology.compiled, now))
  }

  async pageFacts(collection: string | undefined, statuses: readonly FactStatus[], { after = '', limit }: Page): Promise<readonly (StoredFact & { collection: string })[]> {
    const rows = await this.#read(READ.pageFacts(collection === undefined), { collection, statuses, after, limit })
    return rows.map((row) => {
      const node = row['f'] as Properties
      const end = (side: 'head' | 'tail') => ({ name: row[`${side}Name`] as string, type: row[`${side}Type`] as string })
      return { fact: factOf(node), collection: node.collection, head: end('head'), ...(node.literal === undefined ? { tail: end('tail') } : {}) }
    })
  }

  async pageEntities(collection: string | undefined, { after = '', limit }: Page): Promise<readonly Entity[]> {
    const rows = await this.#read(READ.pageEntities(collection === undefined), { collection, after, limit })
    return rows.map((row) => exportedEntityOf(row['n'] as Properties, row['documents'] as string[]))
  }

  async statistics(collection?: string): Promise<Statistics> {
    const count = async (label: string, where = ''): Promise<number> => ((await this.#read(READ.count(label, where, collection === undefined), { collection }))[0]?.['n'] as number | undefined) ?? 0
    const facts = (status: FactStatus): Promise<number> => count('GraphloomFact', ` AND n.status = '${status}'`)
    return {
      documents: await count('Document'), passages: await count('Passage'), chains: await count('Chain'), evidence: await count('Evidence'),
      entities: await count('Entity', ' AND n.mergedInto IS NULL'), merged: await count('Entity', ' AND n.mergedInto IS NOT NULL'),
      facts: { accepted: await facts('accepted'), review: await facts('review'), rejected: await facts('rejected') },
      pending: await count('GraphloomPending'),
    }
  }

  async close(): Promise<void> {
    await this.#driver.close()
  }

  async #ontology(collection: string): Promise<{ readonly text: string; readonly compiled: CompiledOntology } | undefined> {
    const known = this.#ontologies.get(collection)
    if (known !== undefined) return known
    const held = (await this.collections()).find(({ name }) => name === collection)
    if (held === undefined) return undefined
    const ontology = { text: JSON.stringify(held.ontology), compiled: compileOntology(held.ontology) }
    this.#ontologies.set(collection, ontology)
    return ontology
  }

  /** Reads for a list of keys, in parts; the order is that of the parts. */
  async #readAll(text: string, list: string, keys: readonly string[], parameters: Readonly<Record<string, unknown>>): Promise<readonly { readonly [column: string]: unknown }[]> {
    const rows: { readonly [column: string]: unknown }[] = []
    for (let from = 0; from < keys.length; from += ROWS) rows.push(...(await this.#read(text, { ...parameters, [list]: keys.slice(from, from + ROWS) })))
    return rows
  }

  async #read(text: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly { readonly [column: string]: unknown }[]> {
    const session = this.#driver.session({ defaultAccessMode: neo4j.session.READ })
    try {
      return await session.executeRead((transaction) => runIn(transaction, text, parameters))
    } catch (error) {
      throw translate(error, this.#uri)
    } finally {
      await session.close()
    }
  }

  async #write(work: (run: Run) => Promise<void>): Promise<void> {
    const session = this.#driver.session()
    try {
      await session.executeWrite((transaction) => work((text, parameters) => runInParts(transaction, text, parameters)))
    } catch (error) {
      throw translate(error, this.#uri)
    } finally {
      await session.close()
    }
  }
}

async function runInParts(transaction: ManagedTransaction, text: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly { readonly [column: string]: unknown }[]> {
  const list = 'rows' in parameters ? 'rows' : 'ids' in parameters ? 'ids' : undefined
  if (list === undefined) return runIn(transaction, text, parameters)
  const items = parameters[list] as readonly unknown[]
  const rows: { readonly [column: string]: unknown }[] = []
  for (let from = 0; from < items.length; from += ROWS) rows.push(...(await runIn(transaction, text, { ...parameters, [list]: items.slice(from, from + ROWS) })))
  return rows
}

async function runIn(transaction: ManagedTransaction, text: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly { readonly [column: string]: unknown }[]> {
  const result = await transaction.run(text, outgoing(parameters) as Record<string, unknown>)
  return result.records.map((record) => Object.fromEntries(record.keys.map((key) => [key, incoming(record.get(key))])))
}

/** JavaScript has one kind of number, Neo4j two: whole numbers become integers, scores stay floats. */
function outgoing(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return Number.isInteger(value) && !FLOATS.has(key) ? neo4j.int(value) : value
  if (Array.isArray(value)) return value.map((item) => outgoing(item, key))
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, outgoing(item, name)]))
  return value
}

function incoming(value: unknown): unknown {
  return value !== null && typeof value === 'object' && neo4j.isNode(value) ? value.properties : value
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function translate(error: unknown, uri: string): unknown {
  if (!(error instanceof neo4j.Neo4jError)) return error
  if (/Unauthorized|AuthenticationRateLimit/.test(error.code)) return new GraphloomError('store.password', `${uri} refused the password: check NEO4J_PASSWORD.`, { cause: error })
  if (error.code === 'ServiceUnavailable' || error.code === 'SessionExpired') {
    return new GraphloomError('store.unavailable', `No Neo4j answers at ${uri}. Start one with: graphloom neo4j start`, { cause: error, retryable: true })
  }
  return new GraphloomError('store.neo4j', `Neo4j at ${uri} refused a statement: ${error.message}`, { cause: error, retryable: error.retriable })
}
