// The look-ups of the reader on the embedded store: a connection of its own that only reads, beside the writer's.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type Database from 'libsql'
import { compileOntology, type CompiledOntology } from '../../ontology/index.ts'
import type { EvidenceRow, Passage } from '../claim.ts'
import type { EntityId } from '../entity.ts'
import type { FactStatus } from '../fact.ts'
import type { Edge, FactFilter, FactPlace, FactPoint, GraphLookup, Rank, RankedEntity, SentencePlace, Slice } from '../lookup.ts'
import type { CollectionSummary, DocumentSummary, FactSummary, GraphStatistics } from '../reader.ts'
import type { EntityRow } from '../store.ts'
import type { SearchTerms } from '../terms.ts'
import { translated } from './sqlite-errors.ts'
import { SqliteFacts } from './sqlite-facts.ts'
import { EVIDENCE_COLUMNS, entityOf, evidenceOf, optional, passageOf, type Row } from './sqlite-rows.ts'
import { countAll, countCollections } from './sqlite-statistics.ts'

const DOCUMENT_COLUMNS = 'd.id, d.uri, d.record, d.title, d.language, d.sha256, d.ontology, d.model, d.seen'
/** Entities whose edges are looked up before others get their turn. */
const AT_ONCE = 25
const OF_TYPES = 'AND (?2 IS NULL OR e.type IN (SELECT value FROM json_each(?2)))'

export class SqliteLookup implements GraphLookup {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Database.Statement>()
  readonly #facts: SqliteFacts
  /** As of `#version` of the file: another connection's commit may change both. */
  #collections = new Map<string, { readonly key: number; readonly text: string; readonly compiled: CompiledOntology }>()
  #version = -1

  constructor(database: Database.Database) {
    this.#database = database
    this.#facts = new SqliteFacts((sql, ...values) => this.#rows(sql, ...values))
  }

  async ontology(collection: string): Promise<CompiledOntology | undefined> {
    return this.#known().get(collection)?.compiled
  }

  async collections(): Promise<readonly CollectionSummary[]> {
    return countCollections((sql, ...values) => this.#rows(sql, ...values))
  }

  async statistics(collection: string): Promise<GraphStatistics> {
    return countAll((sql, ...values) => this.#rows(sql, ...values), this.#key(collection))
  }

  async documents(collection: string, uri: string | undefined, { after = '', limit }: Slice): Promise<readonly DocumentSummary[]> {
    const [condition, values] = uri === undefined ? ['', []] : ['AND d.uri = ?', [uri]]
    const sql = `SELECT ${DOCUMENT_COLUMNS} FROM documents d WHERE d.collection = ? ${condition} AND d.id > ? ORDER BY d.id LIMIT ?`
    return this.#rows(sql, this.#key(collection), ...values, after, limit).map((row) => documentOf(collection, row))
  }

  async documentsById(collection: string, ids: readonly string[]): Promise<readonly DocumentSummary[]> {
    const sql = `SELECT ${DOCUMENT_COLUMNS} FROM (SELECT DISTINCT value FROM json_each(?1)) j CROSS JOIN documents d ON d.collection = ?2 AND d.id = j.value ORDER BY d.id`
    return this.#rows(sql, JSON.stringify(ids), this.#key(collection)).map((row) => documentOf(collection, row))
  }

  async passages(collection: string, document: string, { after = -1, limit }: Slice<number>): Promise<readonly Passage[]> {
    const sql = 'SELECT p.* FROM documents d CROSS JOIN passages p ON p.document = d.key WHERE d.collection = ? AND d.id = ? AND p.sentence > ? ORDER BY p.sentence LIMIT ?'
    return this.#rows(sql, this.#key(collection), document, after, limit).map(passageOf)
  }

  async passagesNear(collection: string, places: readonly SentencePlace[], around: number): Promise<readonly (readonly Passage[])[]> {
    const sql = 'SELECT p.* FROM documents d CROSS JOIN passages p ON p.document = d.key WHERE d.collection = ? AND d.id = ? AND p.sentence BETWEEN ? AND ? ORDER BY p.sentence'
    const key = this.#key(collection)
    return places.map(({ document, sentence }) => this.#rows(sql, key, document, sentence - around, sentence + around).map(passageOf))
  }

  async entitiesById(collection: string, ids: readonly string[]): Promise<readonly EntityRow[]> {
    const sql = 'SELECT e.* FROM (SELECT DISTINCT value FROM json_each(?)) j CROSS JOIN entities e ON e.id = j.value WHERE e.collection = ? ORDER BY e.id'
    return this.#rows(sql, JSON.stringify(ids), this.#key(collection)).map(entityOf)
  }

  async entities(collection: string, types: readonly string[] | undefined, { after = '', limit }: Slice): Promise<readonly EntityRow[]> {
    const key = this.#key(collection)
    const select = (index: string, condition: string) => `SELECT * FROM entities INDEXED BY ${index} WHERE collection = ? ${condition} AND id > ? AND +merged_into IS NULL ORDER BY id LIMIT ?`
    if (types === undefined) return this.#rows(select('entities_by_collection', ''), key, after, limit).map(entityOf)
    const rows = types.flatMap((type) => this.#rows(select('entities_by_type', 'AND type = ?'), key, type, after, limit))
    return rows.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit).map(entityOf)
  }

  async entitiesByMaster(collection: string, masterId: string, types: readonly string[] | undefined, { after = '', limit }: Slice): Promise<readonly EntityRow[]> {
    const sql = `SELECT e.* FROM entities e INDEXED BY entities_by_master WHERE e.collection = ?1 AND e.master = ?3 ${OF_TYPES} AND +e.merged_into IS NULL AND +e.id > ?4 ORDER BY +e.id LIMIT ?5`
    return this.#rows(sql, this.#key(collection), listOrNull(types), masterId, after, limit).map(entityOf)
  }

  async entitiesByForm(collection: string, form: string, types: readonly string[] | undefined, { after = '', limit }: Slice): Promise<readonly EntityRow[]> {
    const sql = `SELECT e.* FROM entity_names n CROSS JOIN entities e ON e.key = n.rowid WHERE entity_names MATCH ?3 AND (n.name = ?4 OR instr(n.aliases, char(10) || ?4 || char(10)) > 0)
      AND e.collection = ?1 ${OF_TYPES} AND e.id > ?5 ORDER BY e.id LIMIT ?6`
    return this.#rows(sql, this.#key(collection), listOrNull(types), matching(form.split(' ')), form, after, limit).map(entityOf)
  }

  async search(collection: string, { words, prefix, form }: SearchTerms, types: readonly string[] | undefined, { after, limit }: Slice<Rank>): Promise<readonly RankedEntity[]> {
    const tier = `CASE WHEN n.name = ?4 THEN 0 WHEN instr(n.aliases, char(10) || ?4 || char(10)) > 0 THEN 1 WHEN substr(n.name, 1, length(?4)) = ?4 THEN 2 ELSE 3 END`
    const sql = `SELECT * FROM (SELECT e.*, ${tier} AS tier FROM entity_names n CROSS JOIN entities e ON e.key = n.rowid WHERE entity_names MATCH ?3 AND e.collection = ?1 ${OF_TYPES})
      ${after === undefined ? '' : 'WHERE (tier, -support, id) > (?6, -?7, ?8)'} ORDER BY tier, support DESC, id LIMIT ?5`
    const behind = after === undefined ? [] : [after.tier, after.support, after.id]
    const rows = this.#rows(sql, this.#key(collection), listOrNull(types), matching(words, prefix), form, limit, ...behind)
    return rows.map((row) => ({ row: entityOf(row), tier: row.tier }))
  }

  async documentsOf(_collection: string, entity: EntityId, limit: number): Promise<readonly string[]> {
    const sql = 'SELECT DISTINCT d.id FROM chains c INDEXED BY chains_by_entity CROSS JOIN documents d ON d.key = c.document WHERE c.entity = ? ORDER BY d.id LIMIT ?'
    return this.#rows(sql, entity, limit).map(({ id }) => id)
  }

  async factsById(collection: string, ids: readonly string[]): Promise<readonly FactSummary[]> {
    return this.#facts.byId(this.#key(collection), ids)
  }

  async factsOfDocument(collection: string, document: string): Promise<readonly FactSummary[]> {
    return this.#facts.ofDocument(this.#key(collection), document)
  }

  async facts(collection: string, place: FactPlace, filter: FactFilter, slice: Slice): Promise<readonly FactSummary[]> {
    return this.#facts.at(this.#key(collection), place, filter, slice)
  }

  async factsByTime(collection: string, relations: readonly string[] | undefined, filter: FactFilter, slice: Slice<FactPoint>): Promise<readonly FactSummary[]> {
    return this.#facts.byTime(this.#key(collection), relations, filter, slice)
  }

  async edges(collection: string, entities: readonly EntityId[], statuses: readonly FactStatus[], each: number): Promise<readonly Edge[]> {
    const key = this.#key(collection)
    const found = new Map<string, Edge>()
    for (let from = 0; from < entities.length; from += AT_ONCE) {
      if (from > 0) await nextTurn() // a walk over hubs takes a second: others are answered meanwhile
      for (const id of entities.slice(from, from + AT_ONCE)) for (const edge of this.#facts.edges(key, id, statuses, each)) found.set(edge.id, edge)
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  async evidence(collection: string, fact: string, { after, limit }: Slice<{ readonly document: string; readonly position: number }>): Promise<readonly EvidenceRow[]> {
    const sql = `SELECT ${EVIDENCE_COLUMNS} FROM evidence e INDEXED BY evidence_by_fact CROSS JOIN documents d ON d.key = e.document LEFT JOIN passages p ON p.document = e.document AND p.sentence = e.sentence
      JOIN chains h ON h.key = e.head LEFT JOIN chains t ON t.key = e.tail WHERE e.fact = ? AND d.collection = ? AND (d.id, e.position) > (?, ?) ORDER BY d.id, e.position LIMIT ?`
    return this.#rows(sql, fact, this.#key(collection), after?.document ?? '', after?.position ?? -1, limit).map(evidenceOf)
  }

  async close(): Promise<void> {
    this.#statements.clear()
    this.#database.close()
  }

  /** Key of a collection; 0, which none has, where it was never written. */
  #key(collection: string): number {
    return this.#known().get(collection)?.key ?? 0
  }

  #known() {
    const version = this.#rows('PRAGMA data_version')[0]?.data_version ?? 0
    if (version === this.#version) return this.#collections
    const rows = this.#rows('SELECT key, name, ontology FROM collections')
    this.#collections = new Map(rows.map(({ key, name, ontology }: Row) => {
      const held = this.#collections.get(name)
      return [name, held !== undefined && held.text === ontology ? { ...held, key } : { key, text: ontology, compiled: compileOntology(JSON.parse(ontology)) }]
    }))
    this.#version = version
    return this.#collections
  }

  #rows(sql: string, ...values: readonly unknown[]): readonly Row[] {
    return translated(() => {
      const statement = this.#statements.get(sql) ?? this.#database.prepare(sql)
      this.#statements.set(sql, statement)
      return statement.all(...values) as Row[]
    })
  }
}

/** Words that must all be there, the last as a beginning; they hold letters and digits alone. */
function matching(words: readonly string[], prefix?: string): string {
  return [...words.map((word) => `"${word}"`), ...(prefix === undefined ? [] : [`"${prefix}"*`])].join(' AND ')
}

function listOrNull(types: readonly string[] | undefined): string | null {
  return types === undefined ? null : JSON.stringify(types)
}

function documentOf(collection: string, row: Row): DocumentSummary {
  const title = row.title as string
  return {
    id: row.id, uri: row.uri, ...optional('record', row.record as string | null), name: title === '' ? row.uri : title, collection,
    language: row.language, sha256: row.sha256, ontology: row.ontology, model: row.model, seen: row.seen,
  }
}
