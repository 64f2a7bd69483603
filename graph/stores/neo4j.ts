// The Neo4j store, on plain Community: managed transactions that the driver retries, constraints before the first write.
import type { Driver, ManagedTransaction } from 'neo4j-driver'
import { GraphloomError } from '../../errors.ts'
import { type CompiledOntology, type Ontology, compileOntology } from '../../ontology/index.ts'
import type { ChainRow, DocumentClaims, EvidenceRow, Profile, Statement, Tally } from '../claim.ts'
import type { DecisionRow } from '../decision.ts'
import { READ, TURN } from '../cypher.ts'
import type { Entity, EntityId } from '../entity.ts'
import type { FactId, FactStatus } from '../fact.ts'
import type { Change, Contender, DecisionQuery, DocumentVersion, EntityRow, FactRow, GraphStore, Mark, Page, Pending, PendingKind, Spread, Statistics, StoredFact } from '../store.ts'
import { type Account, connect, readRows, runIn, translate } from './neo4j-connection.ts'
import { putDecisions, readDecisions } from './neo4j-decisions.ts'
import { blockOf, chainOf, claimsOfNodes, contenderOf, entityOf, evidenceOf, exportedEntityOf, factOf, profileOfNode, type Properties, singleOf, statementOf, tallyOf } from './neo4j-rows.ts'
import { upgrade } from './neo4j-upgrade.ts'
import { type Run, apply, clear, move, putMarks, putOntology, replace } from './neo4j-write.ts'
import { portionsOf } from './portions.ts'
import { superseded, type TurnKeeper, Turns } from './turns.ts'

/** After so long without a sign of life, another may write. */
const TURN_MILLISECONDS = 15_000
/** Rows per statement: enough for speed, few enough for the server's transaction memory. */
const ROWS = 5_000
/** Every statement goes by an index whatever the size of the graph, while planning it anew takes longer than most batches do: a plan once made is kept. */
const KEEP_PLAN = 'CYPHER replan=skip '

/** Connects to `uri`; fails when no server answers there. */
export async function openNeo4j(uri: string, account: Account = {}): Promise<GraphStore> {
  return new Neo4jStore(await connect(uri, account), uri)
}

class Neo4jStore implements GraphStore {
  readonly #driver: Driver
  readonly #uri: string
  readonly #ontologies = new Map<string, { readonly text: string; readonly compiled: CompiledOntology }>()
  readonly #turns = new Turns(this.#keeper())
  #hasWriter = false

  constructor(driver: Driver, uri: string) {
    this.#driver = driver
    this.#uri = uri
  }

  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#turns.exclusively(work)
  }

  async prepare(ontology: CompiledOntology): Promise<void> {
    await upgrade(this.#driver, this.#uri, ontology)
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

  async within(collection: string, archives: readonly string[]): Promise<readonly DocumentVersion[]> {
    return (await this.#readAll(READ.within, 'keys', [...new Set(archives)], { collection })) as readonly unknown[] as DocumentVersion[]
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

  async profiles(collection: string, keys: readonly string[]): Promise<readonly Profile[]> {
    const rows = await this.#readAll(READ.profiles, 'blocks', keys.map((key) => blockOf(collection, key)), {})
    return [...new Map(rows.map((row) => profileOfNode(row['p'] as Properties)).map((profile) => [profile.id, profile])).values()].sort(byId)
  }

  async tallies(collection: string, profiles: readonly string[], by: 'entity' | 'profile', apart: readonly string[]): Promise<readonly Tally[]> {
    const tallies = await this.#readAll(READ.tallies, 'profiles', profiles, { by, apart })
    const single = await this.#readAll(READ.single, 'apart', apart, { profiles, collection })
    return [...tallies.map((row) => tallyOf(row as Properties)), ...single.map((row) => singleOf(row['c'] as Properties))].sort(byId)
  }

  async spread(_collection: string, of: readonly Spread[], apart: readonly string[]): Promise<readonly { id: string; documents: number; aliases: readonly string[] }[]> {
    return (await this.#readAll(READ.spread, 'of', of, { apart })) as readonly unknown[] as readonly { id: string; documents: number; aliases: readonly string[] }[]
  }

  async chains(collection: string, profile: string, { after = '', limit }: Page): Promise<readonly ChainRow[]> {
    return (await this.#read(READ.chains, { collection, profile, after, limit })).map((row) => chainOf(row['c'] as Properties))
  }

  async members(collection: string, entities: readonly string[]): Promise<readonly ChainRow[]> {
    const rows = await this.#readAll(READ.members, 'ids', entities, { collection })
    return sortChains(rows.map((row) => chainOf(row['c'] as Properties)))
  }

  async decisions(collection: string, of: DecisionQuery): Promise<readonly DecisionRow[]> {
    return readDecisions((text, list, keys, parameters) => this.#readAll(text, list, keys, parameters), collection, of)
  }

  async putDecisions(collection: string, rows: readonly DecisionRow[], mark: readonly Mark[]): Promise<void> {
    await this.#write(async (run) => {
      await putDecisions(run, collection, rows)
      await putMarks(run, collection, mark)
    })
  }

  async evidence(collection: string, of: { readonly documents: readonly string[] } | { readonly facts: readonly string[] }): Promise<readonly EvidenceRow[]> {
    const [text, keys] = 'documents' in of ? [READ.evidenceByDocument, of.documents] : [READ.evidenceByFact, of.facts]
    const rows = await this.#readAll(text, 'keys', keys, { collection })
    return rows
      .map((row) => evidenceOf(row['e'] as Properties, row['head'] as EvidenceRow['head'] | null, row['tail'] as EvidenceRow['tail'] | null))
      .sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : a.index - b.index))
  }

  async *statements(collection: string, facts: readonly string[]): AsyncIterable<readonly Statement[]> {
    const counts = (await this.#readAll(READ.statementCounts, 'keys', facts, {})) as readonly unknown[] as readonly { key: string; rows: number }[]
    for (const { keys, rows } of portionsOf(counts, ROWS)) {
      for (let last: Statement | undefined, left = rows; left > 0; left -= ROWS) {
        const page = (await this.#read(READ.statements, { keys, collection, document: last?.document ?? '', position: last?.index ?? 0, limit: ROWS })).map((row) => statementOf(row as Properties))
        last = page.at(-1)
        yield page
      }
    }
  }

  async entities(collection: string, ids: readonly string[]): Promise<readonly EntityRow[]> {
    return (await this.#readAll(READ.entities, 'ids', ids, { collection })).map((row) => entityOf(row['n'] as Properties)).sort(byId)
  }

  async orphans(collection: string, entities: readonly string[]): Promise<readonly EntityId[]> {
    return (await this.#readAll(READ.orphans, 'ids', entities, { collection })).map((row) => row['id'] as EntityId).sort()
  }

  async facts(collection: string, of: { readonly ids: readonly string[] } | { readonly relation: string; readonly heads: readonly string[] }): Promise<readonly FactRow[]> {
    const rows =
      'ids' in of
        ? await this.#readAll(READ.factsById, 'ids', of.ids, { collection })
        : await this.#readAll(READ.factsByHead, 'heads', of.heads, { collection, relation: of.relation })
    return rows.map((row) => factOf(row['f'] as Properties)).sort(byId)
  }

  async contenders(collection: string, relation: string): Promise<readonly Contender[]> {
    return (await this.#read(READ.contenders, { collection, relation })).map((row) => contenderOf(row as Properties)).sort(byId)
  }

  async factsWith(collection: string, entities: readonly string[]): Promise<readonly FactId[]> {
    return [...new Set((await this.#readAll(READ.factsWith, 'ids', entities, { collection })).map((row) => row['id'] as FactId))].sort()
  }

  async apply(collection: string, change: Change, now: string): Promise<void> {
    const ontology = await this.#ontology(collection)
    if (ontology === undefined) throw new GraphloomError('store.collection', `The collection "${collection}" is unknown: save its ontology before its documents.`)
    const { moves, clear: cleared = [] } = change
    const finish = async (run: Run): Promise<boolean> => {
      const done = moves === undefined || (await move(run, collection, moves))
      if (done) await clear(run, collection, cleared)
      return done
    }
    let done = await this.#write(async (run) => {
      await apply(run, collection, change, ontology.compiled, now)
      return finish(run)
    })
    while (!done) done = await this.#write(finish)
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
  async #readAll(text: string, list: string, keys: readonly unknown[], parameters: Readonly<Record<string, unknown>>): Promise<readonly { readonly [column: string]: unknown }[]> {
    const rows: { readonly [column: string]: unknown }[] = []
    for (let from = 0; from < keys.length; from += ROWS) rows.push(...(await this.#read(text, { ...parameters, [list]: keys.slice(from, from + ROWS) })))
    return rows
  }

  async #read(text: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly { readonly [column: string]: unknown }[]> {
    return readRows(this.#driver, this.#uri, KEEP_PLAN + text, parameters)
  }

  async #write<Result>(work: (run: Run) => Promise<Result>): Promise<Result> {
    const session = this.#driver.session()
    const turn = this.#turns.current
    try {
      return await session.executeWrite(async (transaction) => {
        // The writer's node is locked first: even writers that overlap wait for each other instead of meeting in a deadlock.
        if (turn !== undefined && (await runIn(transaction, KEEP_PLAN + TURN.check, { turn, milliseconds: TURN_MILLISECONDS })).length === 0) throw superseded()
        return work((text, parameters) => runInParts(transaction, text, parameters))
      })
    } catch (error) {
      throw translate(error, this.#uri)
    } finally {
      await session.close()
    }
  }

  #keeper(): TurnKeeper {
    const run = async (text: string, parameters: Readonly<Record<string, unknown>>) => {
      const session = this.#driver.session()
      try {
        if (!this.#hasWriter) await session.executeWrite((transaction) => transaction.run(TURN.constraint))
        this.#hasWriter = true
        return await session.executeWrite((transaction) => runIn(transaction, text, { ...parameters, milliseconds: TURN_MILLISECONDS }))
      } catch (error) {
        throw translate(error, this.#uri)
      } finally {
        await session.close()
      }
    }
    return {
      take: async () => (await run(TURN.take, {}))[0]?.['turn'] as number | undefined,
      renew: async (turn) => { await run(TURN.check, { turn }) },
      end: async (turn) => { await run(TURN.end, { turn }) },
    }
  }
}

async function runInParts(transaction: ManagedTransaction, text: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly { readonly [column: string]: unknown }[]> {
  const list = 'rows' in parameters ? 'rows' : 'ids' in parameters ? 'ids' : undefined
  if (list === undefined) return runIn(transaction, KEEP_PLAN + text, parameters)
  const items = parameters[list] as readonly unknown[]
  const rows: { readonly [column: string]: unknown }[] = []
  for (let from = 0; from < items.length; from += ROWS) rows.push(...(await runIn(transaction, KEEP_PLAN + text, { ...parameters, [list]: items.slice(from, from + ROWS) })))
  return rows
}

/** By document, then index; what came by two keys stands once. */
function sortChains(chains: readonly ChainRow[]): readonly ChainRow[] {
  const distinct = new Map(chains.map((chain) => [chain.id, chain]))
  return [...distinct.values()].sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : a.index - b.index))
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
