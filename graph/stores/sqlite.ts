// The embedded store: one SQLite file in WAL mode, one writer, many readers; a kill at any moment leaves the last whole transaction.
import { hostname } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type Database from 'libsql'
import type { CompiledOntology, Ontology } from '../../ontology/index.ts'
import type { ChainRow, DocumentClaims, EvidenceRow, Profile, Statement, Tally } from '../claim.ts'
import type { DecisionRow } from '../decision.ts'
import type { Entity, EntityId } from '../entity.ts'
import type { FactId, FactStatus } from '../fact.ts'
import type { Change, Contender, DecisionQuery, DocumentVersion, EntityRow, FactRow, GraphStore, Mark, Page, Pending, PendingKind, Spread, Statistics, StoredFact } from '../store.ts'
import { portionsOf } from './portions.ts'
import { pageChains, readProfiles, spreadOf, tallyChains } from './sqlite-chains.ts'
import { CHAIN_COLUMNS, CLAIM_COLUMNS, CONTENDER_COLUMNS, EVIDENCE_COLUMNS, FACT_COLUMNS, STATEMENT_COLUMNS, chainOf, claimsOfRows, contenderOf, entityOf, evidenceOf, exportedEntityOf, factOf, type Row, statementOf } from './sqlite-rows.ts'
import { translated } from './sqlite-errors.ts'
import { openDatabase } from './sqlite-open.ts'
import { putDecisions, readDecisions } from './sqlite-decisions.ts'
import { SqliteWriter } from './sqlite-write.ts'
import { superseded, type TurnKeeper, Turns } from './turns.ts'

// SQLite keeps the order of a CROSS JOIN: without statistics it would often begin with a whole collection instead of the keys asked for.
const EVIDENCE_BESIDE = `LEFT JOIN passages p ON p.document = e.document AND p.sentence = e.sentence
  JOIN chains h ON h.key = e.head LEFT JOIN chains t ON t.key = e.tail`
/** Entities whose ids are among ?1, of collection ?2. */
const ENTITIES_OF = '(SELECT DISTINCT value FROM json_each(?1)) j CROSS JOIN entities e ON e.id = j.value AND e.collection = ?2'
/** A minute: longer than any step that keeps the process from renewing its turn. */
const LAPSES = "unixepoch('subsec') + 60"
/** In KiB: pages that are not here are mostly in the system's cache, which others may use, too. */
const WRITER_CACHE = 'cache_size = -32768'
/** Evidence that is held in memory at once. */
const STATEMENTS = 5_000
const FACT_FROM = 'FROM facts f JOIN entities h ON h.key = f.head LEFT JOIN entities t ON t.key = f.tail'

/** Opens, and makes where it is missing, the store in the file at `path`; `:memory:` is kept nowhere. */
export function openSqlite(path: string): GraphStore {
  const database = openDatabase(path)
  database.pragma(WRITER_CACHE)
  return new SqliteStore(database)
}

class SqliteStore implements GraphStore {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Database.Statement>()
  readonly #run = (sql: string, ...values: readonly unknown[]): readonly Row[] => this.#rows(sql, ...values)
  readonly #writer = new SqliteWriter(this.#run)
  readonly #turns = new Turns(this.#keeper())

  constructor(database: Database.Database) {
    this.#database = database
  }

  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#turns.exclusively(work)
  }

  async prepare(_ontology: CompiledOntology): Promise<void> {
    // Tables do not depend on the ontology, and opening made them.
  }

  async collections(): Promise<readonly { name: string; ontology: Ontology }[]> {
    return this.#rows('SELECT name, ontology FROM collections ORDER BY name').map((row) => ({ name: row.name, ontology: JSON.parse(row.ontology) }))
  }

  async saveOntology(collection: string, ontology: Ontology): Promise<void> {
    const text = JSON.stringify(ontology)
    this.#rows('INSERT INTO collections (name, ontology) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET ontology = excluded.ontology WHERE ontology <> excluded.ontology', collection, text)
  }

  async versions(collection: string, keys: readonly string[]): Promise<readonly DocumentVersion[]> {
    const columns = 'd.id, d.uri, d.sha256, d.stamp, d.hash, d.seen'
    const sql = `SELECT ${columns} FROM json_each(?2) k CROSS JOIN documents d ON d.collection = ?1 AND d.id = k.value
      UNION SELECT ${columns} FROM json_each(?2) k CROSS JOIN documents d ON d.collection = ?1 AND d.uri = k.value ORDER BY 1`
    return this.#rows(sql, this.#key(collection), JSON.stringify(keys)) as readonly unknown[] as DocumentVersion[]
  }

  async within(collection: string, archives: readonly string[]): Promise<readonly DocumentVersion[]> {
    const sql = `SELECT DISTINCT d.id, d.uri, d.sha256, d.stamp, d.hash, d.seen FROM json_each(?2) k
      CROSS JOIN documents d ON d.collection = ?1 AND d.uri >= k.value || '!/' AND d.uri < k.value || '!0' ORDER BY 1`
    return this.#rows(sql, this.#key(collection), JSON.stringify(archives)) as readonly unknown[] as DocumentVersion[]
  }

  async claims(collection: string, { after = '', limit }: Page): Promise<readonly DocumentClaims[]> {
    const documents = this.#rows('SELECT * FROM documents WHERE collection = ? AND id > ? ORDER BY id LIMIT ?', this.#key(collection), after, limit)
    return documents.map((document) =>
      claimsOfRows(
        collection,
        document,
        this.#rows('SELECT * FROM passages WHERE document = ? ORDER BY sentence', document.key),
        this.#rows(`SELECT ${CHAIN_COLUMNS} FROM chains c JOIN documents d ON d.key = c.document JOIN profiles p ON p.key = c.profile WHERE c.document = ? ORDER BY c.position`, document.key),
        this.#rows(`SELECT ${CLAIM_COLUMNS} FROM evidence e JOIN chains h ON h.key = e.head LEFT JOIN chains t ON t.key = e.tail WHERE e.document = ? ORDER BY e.position`, document.key),
      ),
    )
  }

  async replace(collection: string, removed: readonly string[], added: readonly DocumentClaims[], now: string): Promise<void> {
    await this.#transaction(() => this.#writer.replace(this.#key(collection), removed, added, now))
  }

  async pending(collection: string, kind: PendingKind, limit: number): Promise<readonly Pending[]> {
    return this.#rows('SELECT kind, key, version FROM pending WHERE collection = ? AND kind = ? ORDER BY key LIMIT ?', this.#key(collection), kind, limit) as readonly unknown[] as Pending[]
  }

  async profiles(collection: string, keys: readonly string[]): Promise<readonly Profile[]> {
    return readProfiles(this.#run, this.#key(collection), keys)
  }

  async tallies(collection: string, profiles: readonly string[], by: 'entity' | 'profile', apart: readonly string[]): Promise<readonly Tally[]> {
    return tallyChains(this.#run, this.#key(collection), profiles, by, apart)
  }

  async spread(_collection: string, of: readonly Spread[], apart: readonly string[]): Promise<readonly { id: string; documents: number; aliases: readonly string[] }[]> {
    return spreadOf(this.#run, of, apart)
  }

  async chains(collection: string, profile: string, page: Page): Promise<readonly ChainRow[]> {
    return pageChains(this.#run, this.#key(collection), profile, page)
  }

  async members(collection: string, entities: readonly string[]): Promise<readonly ChainRow[]> {
    const of = (column: string): string => `SELECT c.key FROM json_each(?1) j CROSS JOIN chains c ON c.${column} = j.value`
    const sql = `SELECT ${CHAIN_COLUMNS} FROM (${of('entity')} UNION ${of('unit')}) n CROSS JOIN chains c ON c.key = n.key CROSS JOIN documents d ON d.key = c.document AND d.collection = ?2
      CROSS JOIN profiles p ON p.key = c.profile ORDER BY d.id, c.position`
    return this.#rows(sql, JSON.stringify(entities), this.#key(collection)).map(chainOf)
  }

  async decisions(collection: string, of: DecisionQuery): Promise<readonly DecisionRow[]> {
    return readDecisions(this.#run, this.#key(collection), of)
  }

  async putDecisions(collection: string, rows: readonly DecisionRow[], mark: readonly Mark[]): Promise<void> {
    const key = this.#key(collection)
    await this.#transaction(() => {
      putDecisions(this.#run, key, rows)
      this.#writer.apply(key, { mark }, '')
    })
  }

  async evidence(collection: string, of: { readonly documents: readonly string[] } | { readonly facts: readonly string[] }): Promise<readonly EvidenceRow[]> {
    const [keys, from] = 'documents' in of ? [of.documents, 'd ON d.collection = ?2 AND d.id = j.value CROSS JOIN evidence e ON e.document = d.key'] : [of.facts, 'd ON d.key = e.document AND d.collection = ?2']
    const first = 'documents' in of ? '' : 'CROSS JOIN evidence e ON e.fact = j.value'
    const sql = `SELECT ${EVIDENCE_COLUMNS} FROM (SELECT DISTINCT value FROM json_each(?1)) j ${first} CROSS JOIN documents ${from} ${EVIDENCE_BESIDE} ORDER BY d.id, e.position`
    return this.#rows(sql, JSON.stringify(keys), this.#key(collection)).map(evidenceOf)
  }

  async *statements(collection: string, facts: readonly string[]): AsyncIterable<readonly Statement[]> {
    const counts = this.#rows('SELECT j.value AS id, (SELECT count(*) FROM evidence e WHERE e.fact = j.value) AS n FROM json_each(?) j', JSON.stringify(facts)).map(({ id, n }) => ({ key: id as string, rows: n as number }))
    const sql = `SELECT ${STATEMENT_COLUMNS} FROM json_each(?1) j CROSS JOIN evidence e ON e.fact = j.value CROSS JOIN documents d ON d.key = e.document AND d.collection = ?2
      CROSS JOIN chains h ON h.key = e.head LEFT JOIN chains t ON t.key = e.tail WHERE (d.id, e.position) > (?3, ?4) ORDER BY d.id, e.position LIMIT ${STATEMENTS}`
    for (const { keys, rows } of portionsOf(counts, STATEMENTS)) {
      for (let last: Statement | undefined, left = rows; left > 0; left -= STATEMENTS) {
        const page = this.#rows(sql, JSON.stringify(keys), this.#key(collection), last?.document ?? '', last?.index ?? 0).map(statementOf)
        last = page.at(-1)
        yield page
        await nextTurn()
      }
    }
  }

  async entities(collection: string, ids: readonly string[]): Promise<readonly EntityRow[]> {
    return this.#rows(`SELECT e.* FROM ${ENTITIES_OF} ORDER BY e.id`, JSON.stringify(ids), this.#key(collection)).map(entityOf)
  }

  async orphans(collection: string, entities: readonly string[]): Promise<readonly EntityId[]> {
    const sql = `SELECT e.id FROM ${ENTITIES_OF}
      WHERE NOT EXISTS (SELECT 1 FROM chains c WHERE c.entity = e.id) AND NOT EXISTS (SELECT 1 FROM chains c WHERE c.unit = e.id) ORDER BY e.id`
    return this.#rows(sql, JSON.stringify(entities), this.#key(collection)).map((row) => row.id)
  }

  async facts(collection: string, of: { readonly ids: readonly string[] } | { readonly relation: string; readonly heads: readonly string[] }): Promise<readonly FactRow[]> {
    const key = this.#key(collection)
    if ('ids' in of) return this.#rows(`SELECT ${FACT_COLUMNS} ${FACT_FROM} WHERE f.collection = ? AND f.id IN (SELECT value FROM json_each(?)) ORDER BY f.id`, key, JSON.stringify(of.ids)).map(factOf)
    const sql = `SELECT ${FACT_COLUMNS} FROM (SELECT DISTINCT value FROM json_each(?)) j CROSS JOIN entities h ON h.id = j.value CROSS JOIN facts f INDEXED BY facts_by_head ON f.head = h.key AND f.relation = ?
      LEFT JOIN entities t ON t.key = f.tail WHERE f.collection = ? ORDER BY f.id`
    return this.#rows(sql, JSON.stringify(of.heads), of.relation, key).map(factOf)
  }

  async contenders(collection: string, relation: string): Promise<readonly Contender[]> {
    return this.#rows(`SELECT ${CONTENDER_COLUMNS} ${FACT_FROM} WHERE f.collection = ? AND f.relation = ? ORDER BY f.id`, this.#key(collection), relation).map(contenderOf)
  }

  async factsWith(collection: string, entities: readonly string[]): Promise<readonly FactId[]> {
    const by = (end: string): string => `SELECT f.id FROM json_each(?1) j CROSS JOIN entities n ON n.id = j.value CROSS JOIN facts f ON f.${end} = n.key AND f.collection = ?2`
    return this.#rows(`${by('head')} UNION ${by('tail')} ORDER BY 1`, JSON.stringify(entities), this.#key(collection)).map(({ id }) => id)
  }

  async apply(collection: string, change: Change, now: string): Promise<void> {
    await this.#transaction(() => this.#writer.apply(this.#key(collection), change, now))
  }

  async pageFacts(collection: string | undefined, statuses: readonly FactStatus[], { after = '', limit }: Page): Promise<readonly (StoredFact & { collection: string })[]> {
    const sql = `SELECT ${FACT_COLUMNS}, h.name AS head_name, h.type AS head_type, t.name AS tail_name, t.type AS tail_type, c.name AS collection
      ${FACT_FROM} JOIN collections c ON c.key = f.collection
      WHERE f.id > ? ${collection === undefined ? '' : 'AND f.collection = ?'} AND f.status IN (SELECT value FROM json_each(?)) ORDER BY f.id LIMIT ?`
    const values = collection === undefined ? [after] : [after, this.#key(collection)]
    return this.#rows(sql, ...values, JSON.stringify(statuses), limit).map((row) => ({
      fact: factOf(row),
      collection: row.collection,
      head: { name: row.head_name, type: row.head_type },
      ...(row.literal === null ? { tail: { name: row.tail_name, type: row.tail_type } } : {}),
    }))
  }

  async pageEntities(collection: string | undefined, { after = '', limit }: Page): Promise<readonly Entity[]> {
    const sql = `SELECT e.*, c.name AS collection,
        (SELECT json_group_array(id) FROM (SELECT DISTINCT d.id FROM chains n JOIN documents d ON d.key = n.document WHERE n.entity = e.id)) AS documents
      FROM entities e JOIN collections c ON c.key = e.collection
      WHERE e.merged_into IS NULL AND e.id > ? ${collection === undefined ? '' : 'AND e.collection = ?'} ORDER BY e.id LIMIT ?`
    return this.#rows(sql, ...(collection === undefined ? [after] : [after, this.#key(collection)]), limit).map(exportedEntityOf)
  }

  async statistics(collection?: string): Promise<Statistics> {
    const key = collection === undefined ? undefined : this.#key(collection)
    const count = (table: string, condition = '1'): number => {
      const own = ['documents', 'entities', 'facts', 'pending'].includes(table)
      const where = key === undefined ? '' : own ? 'AND collection = ?' : 'AND document IN (SELECT key FROM documents WHERE collection = ?)'
      return this.#rows(`SELECT count(*) AS n FROM ${table} WHERE ${condition} ${where}`, ...(key === undefined ? [] : [key]))[0]?.n ?? 0
    }
    const facts = (status: FactStatus): number => count('facts', `status = '${status}'`)
    return {
      documents: count('documents'), passages: count('passages'), chains: count('chains'), evidence: count('evidence'),
      entities: count('entities', 'merged_into IS NULL'), merged: count('entities', 'merged_into IS NOT NULL'),
      facts: { accepted: facts('accepted'), review: facts('review'), rejected: facts('rejected') },
      pending: count('pending'),
    }
  }

  async close(): Promise<void> {
    this.#statements.clear()
    this.#database.close()
  }

  /** Key of a collection; 0, which none has, where it was never written. */
  #key(collection: string): number {
    return this.#rows('SELECT key FROM collections WHERE name = ?', collection)[0]?.key ?? 0
  }

  #rows(sql: string, ...values: readonly unknown[]): readonly Row[] {
    return translated(() => {
      const statement = this.#statements.get(sql) ?? this.#database.prepare(sql)
      this.#statements.set(sql, statement)
      if (statement.reader) return statement.all(...values) as Row[]
      statement.run(...values)
      return []
    })
  }

  /** The driver frees what its results held only when the event loop turns: without a pause, a long settling would hold all of them. */
  async #transaction(work: () => void): Promise<void> {
    const turn = this.#turns.current
    translated(() => this.#database.transaction(() => {
      if (turn !== undefined && this.#rows('SELECT 1 FROM writer WHERE turn = ?', turn).length === 0) throw superseded()
      if (turn !== undefined) this.#rows(`UPDATE writer SET until = ${LAPSES}`)
      work()
    }).immediate())
    await nextTurn()
  }

  /** A turn lapses with its process: that of a killed one need not be waited for. */
  #keeper(): TurnKeeper {
    const take = (): number | undefined => {
      const held = this.#rows('SELECT turn, machine, process, until < unixepoch(\'subsec\') AS lapsed FROM writer')[0]
      if (held !== undefined && held.lapsed === 0 && !(held.machine === hostname() && !isAlive(held.process))) return undefined
      this.#rows(`UPDATE writer SET turn = turn + 1, until = ${LAPSES}, machine = ?, process = ?`, hostname(), process.pid)
      return this.#rows('SELECT turn FROM writer')[0]?.turn
    }
    return {
      take: async () => translated(() => this.#database.transaction(take).immediate()),
      renew: async (turn) => { this.#rows(`UPDATE writer SET until = ${LAPSES} WHERE turn = ?`, turn) },
      end: async (turn) => { this.#rows('UPDATE writer SET until = 0 WHERE turn = ?', turn) },
    }
  }
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // someone else's process
  }
}
