// What the embedded store writes; every method runs inside a transaction that the store opened.
import { GraphloomError } from '../../errors.ts'
import type { DocumentClaims } from '../claim.ts'
import type { Change, EntityRow, FactRow, PendingKind } from '../store.ts'
import { aimDecisions } from './sqlite-decisions.ts'
import { namesOf, type Row } from './sqlite-rows.ts'

/** Runs one statement and gives its rows. */
export type Run = (sql: string, ...values: readonly unknown[]) => readonly Row[]

export class SqliteWriter {
  readonly #run: Run

  constructor(run: Run) {
    this.#run = run
  }

  replace(collection: number, removed: readonly string[], added: readonly DocumentClaims[], now: string): void {
    if (collection === 0) throw new GraphloomError('store.collection', 'The collection is unknown: save its ontology before its documents.')
    for (const id of removed) this.#remove(collection, id)
    for (const claims of added) this.#insert(collection, claims, now)
  }

  apply(collection: number, change: Change, now: string): void {
    for (const row of change.entities ?? []) this.#putEntity(collection, row)
    for (const { chain, unit, entity } of change.chains ?? []) {
      const [document, position] = parts(chain)
      this.#run('UPDATE chains SET unit = ?, entity = ? WHERE document = (SELECT key FROM documents WHERE collection = ? AND id = ?) AND position = ?', unit, entity, collection, document, position)
    }
    for (const { id, fact } of change.evidence ?? []) {
      const [document, position] = parts(id)
      this.#run('UPDATE evidence SET fact = ? WHERE document = (SELECT key FROM documents WHERE collection = ? AND id = ?) AND position = ?', fact, collection, document, position)
    }
    for (const id of change.removedFacts ?? []) this.#run('DELETE FROM facts WHERE collection = ? AND id = ?', collection, id)
    for (const row of change.facts ?? []) this.#putFact(collection, row, now)
    for (const id of change.removedEntities ?? []) {
      this.#run('DELETE FROM entity_names WHERE rowid = (SELECT key FROM entities WHERE collection = ? AND id = ?)', collection, id)
      this.#run('DELETE FROM entities WHERE collection = ? AND id = ?', collection, id)
    }
    aimDecisions(this.#run, collection, change.decisions ?? [])
    for (const { kind, key } of change.mark ?? []) this.#mark(collection, kind, key)
    for (const { kind, key, version } of change.clear ?? []) this.#run('DELETE FROM pending WHERE collection = ? AND kind = ? AND key = ? AND version = ?', collection, kind, key, version)
  }

  #remove(collection: number, id: string): void {
    const key = this.#run('SELECT key FROM documents WHERE collection = ? AND id = ?', collection, id)[0]?.key
    if (key === undefined) return
    const chains = 'SELECT key FROM chains WHERE document = ?'
    for (const row of this.#run(`SELECT DISTINCT key FROM chain_keys WHERE chain IN (${chains})`, key)) this.#mark(collection, 'block', row.key)
    for (const row of this.#run('SELECT unit AS id FROM chains WHERE document = ?1 AND unit IS NOT NULL UNION SELECT entity FROM chains WHERE document = ?1 AND entity IS NOT NULL', key)) this.#mark(collection, 'entity', row.id)
    for (const row of this.#run('SELECT DISTINCT fact FROM evidence WHERE document = ? AND fact IS NOT NULL', key)) this.#mark(collection, 'fact', row.fact)
    this.#run(`DELETE FROM chain_keys WHERE chain IN (${chains})`, key)
    for (const table of ['evidence', 'chains', 'passages']) this.#run(`DELETE FROM ${table} WHERE document = ?`, key)
    this.#run('DELETE FROM documents WHERE key = ?', key)
  }

  #insert(collection: number, claims: DocumentClaims, now: string): void {
    this.#run(
      'INSERT INTO documents (collection, id, uri, record, title, language, sha256, stamp, ontology, model, hash, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      collection, claims.id, claims.uri, claims.record ?? null, claims.title, claims.language, claims.sha256, claims.stamp, claims.ontology, claims.model, claims.hash, now,
    )
    const document = this.#lastKey()
    for (const { sentence, start, end, page, section, text } of claims.passages) {
      this.#run('INSERT INTO passages (document, sentence, start, end, page, section, text) VALUES (?, ?, ?, ?, ?, ?, ?)', document, sentence, start, end, page ?? null, section ?? null, text)
    }
    const chains = new Map<number, number>()
    for (const chain of claims.chains) {
      this.#run(
        'INSERT INTO chains (document, position, name, aliases, type, master, mentions, keys, traits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        document, chain.index, chain.name, JSON.stringify(chain.aliases), chain.type, chain.masterId ?? null, chain.mentions, JSON.stringify(chain.keys), JSON.stringify(chain.traits),
      )
      const key = this.#lastKey()
      chains.set(chain.index, key)
      for (const block of chain.keys) {
        this.#run('INSERT INTO chain_keys (collection, key, chain) VALUES (?, ?, ?)', collection, block, key)
        this.#mark(collection, 'block', block)
      }
    }
    for (const place of claims.evidence) {
      const { headSpan: head, tailSpan: tail } = place
      const literal = typeof place.tail === 'number' ? null : JSON.stringify(place.tail)
      this.#run(
        `INSERT INTO evidence (document, position, relation, head, tail, literal, triple_score, triple_status, sentence, start, end, quote,
          head_start, head_end, head_text, tail_start, tail_end, tail_text, score) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        document, place.index, place.relation, chains.get(place.head), typeof place.tail === 'number' ? chains.get(place.tail) : null, literal,
        place.tripleScore, place.tripleStatus, place.sentence, place.start, place.end, place.quote, head.start, head.end, head.text, tail.start, tail.end, tail.text, place.score,
      )
    }
  }

  #putEntity(collection: number, row: EntityRow): void {
    const aliases = JSON.stringify(row.aliases)
    this.#run(
      `INSERT INTO entities (collection, id, name, type, aliases, master, mentions, support, merged_into, reason, score) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, type = excluded.type, aliases = excluded.aliases, master = excluded.master, mentions = excluded.mentions,
         support = excluded.support, merged_into = excluded.merged_into, reason = excluded.reason, score = excluded.score`,
      collection, row.id, row.name, row.type, aliases, row.masterId ?? null, row.mentions, row.support, row.into ?? null, row.reason ?? null, row.score ?? null,
    )
    const key = this.#run('SELECT key FROM entities WHERE id = ?', row.id)[0]?.key
    this.#run('DELETE FROM entity_names WHERE rowid = ?', key)
    if (row.into === undefined) this.#run('INSERT INTO entity_names (rowid, name, aliases) VALUES (?, ?, ?)', key, ...namesOf(row))
  }

  #putFact(collection: number, row: FactRow, now: string): void {
    const entity = '(SELECT key FROM entities WHERE id = ?)'
    this.#run(
      `INSERT INTO facts (collection, id, head, relation, tail, literal, score, claimed, status, reason, support, evidence, ontology, model, first_seen, last_seen)
       VALUES (?, ?, ${entity}, ?, ${entity}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET literal = excluded.literal, score = excluded.score, claimed = excluded.claimed, status = excluded.status, reason = excluded.reason,
         support = excluded.support, evidence = excluded.evidence, ontology = excluded.ontology, model = excluded.model, last_seen = excluded.last_seen`,
      collection, row.id, row.head, row.relation, typeof row.tail === 'string' ? row.tail : null, typeof row.tail === 'string' ? null : JSON.stringify(row.tail),
      row.score, row.claimed, row.status, row.reason ?? null, row.support, JSON.stringify(row.evidence), row.ontology, row.model, now, now,
    )
  }

  #mark(collection: number, kind: PendingKind, key: string): void {
    this.#run('INSERT INTO pending (collection, kind, key, version) VALUES (?, ?, ?, 1) ON CONFLICT (collection, kind, key) DO UPDATE SET version = version + 1', collection, kind, key)
  }

  #lastKey(): number {
    return this.#run('SELECT last_insert_rowid() AS key')[0]?.key ?? 0
  }
}

/** `document#position`; a document id holds no `#`. */
function parts(id: string): readonly [document: string, position: number] {
  const at = id.lastIndexOf('#')
  return [id.slice(0, at), Number(id.slice(at + 1))]
}
