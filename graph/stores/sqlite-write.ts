// What the embedded store writes; every method runs inside a transaction that the store opened.
import { GraphloomError } from '../../errors.ts'
import type { ChainClaim, DocumentClaims } from '../claim.ts'
import { profileOf } from '../profile.ts'
import type { Change, EntityRow, FactRow, Moves, PendingKind } from '../store.ts'
import { aimDecisions } from './sqlite-decisions.ts'
import { namesOf, placeIn, type Row } from './sqlite-rows.ts'
import { contextOf } from './sqlite-schema.ts'

/** Runs one statement and gives its rows. */
export type Run = (sql: string, ...values: readonly unknown[]) => readonly Row[]

export class SqliteWriter {
  readonly #run: Run

  constructor(run: Run) {
    this.#run = run
  }

  replace(collection: number, removed: readonly string[], added: readonly DocumentClaims[], now: string): void {
    if (collection === 0) throw new GraphloomError('store.collection', 'The collection is unknown: save its ontology before its documents.')
    const left = new Set<number>()
    for (const id of removed) for (const profile of this.#remove(collection, id)) left.add(profile)
    const blocks = new Set<string>()
    for (const claims of added) this.#insert(collection, claims, now, blocks)
    for (const block of blocks) this.#mark(collection, 'block', block)
    this.#forget([...left])
  }

  apply(collection: number, change: Change, now: string): void {
    for (const row of change.entities ?? []) this.#putEntity(collection, row)
    if (change.moves !== undefined) this.#move(collection, change.moves)
    for (const { id, fact } of change.evidence ?? []) {
      const [document, position] = placeIn(id)
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

  /** Documents are marked before their chains move, as only then it can be told which do. */
  #move(collection: number, { rows, apart }: Moves): void {
    const stays = 'c.document IN (SELECT d.key FROM json_each(?4) j CROSS JOIN documents d ON d.collection = ?3 AND d.id = j.value)'
    const mark = (condition: string): string => `INSERT INTO pending (collection, kind, key, version)
      SELECT ?3, 'document', d.id, 1 FROM chains c CROSS JOIN documents d ON d.key = c.document WHERE ${condition} AND c.entity IS NOT ?2
      ON CONFLICT (collection, kind, key) DO UPDATE SET version = version + 1`
    for (const move of rows) {
      if ('profile' in move) {
        const values = [this.#profile(move.profile) ?? 0, move.entity, collection, JSON.stringify(apart)]
        this.#run(mark(`c.profile = ?1 AND NOT ${stays}`), ...values)
        this.#run(`UPDATE chains AS c SET unit = ?5, entity = ?2 WHERE c.profile = ?1 AND (c.unit IS NOT ?5 OR c.entity IS NOT ?2) AND NOT ${stays}`, ...values, move.unit)
      } else {
        const [document, position] = placeIn(move.chain)
        const key = this.#run('SELECT key FROM documents WHERE collection = ? AND id = ?', collection, document)[0]?.key ?? 0
        this.#run(mark('c.document = ?1 AND c.position = ?4'), key, move.entity, collection, position)
        this.#run('UPDATE chains SET unit = ?, entity = ? WHERE document = ? AND position = ?', move.unit, move.entity, key, position)
      }
    }
  }

  #profile(id: string): number | undefined {
    return this.#run('SELECT key FROM profiles WHERE id = ?', id)[0]?.key
  }

  /** Takes away profiles that no chain has any more. */
  #forget(profiles: readonly number[]): void {
    const list = JSON.stringify(profiles)
    const empty = 'SELECT j.value FROM json_each(?) j WHERE NOT EXISTS (SELECT 1 FROM chains c WHERE c.profile = j.value)'
    if (profiles.length === 0) return
    this.#run(`DELETE FROM profile_keys WHERE profile IN (${empty})`, list)
    this.#run(`DELETE FROM profiles WHERE key IN (${empty})`, list)
  }

  /** Gives the profiles of the document's chains. */
  #remove(collection: number, id: string): readonly number[] {
    const key = this.#run('SELECT key FROM documents WHERE collection = ? AND id = ?', collection, id)[0]?.key
    if (key === undefined) return []
    const profiles = this.#run('SELECT DISTINCT profile FROM chains WHERE document = ?', key).map(({ profile }) => profile as number)
    for (const row of this.#run('SELECT DISTINCT k.key FROM json_each(?) j CROSS JOIN profile_keys k ON k.profile = j.value', JSON.stringify(profiles))) this.#mark(collection, 'block', row.key)
    for (const row of this.#run('SELECT unit AS id FROM chains WHERE document = ?1 AND unit IS NOT NULL UNION SELECT entity FROM chains WHERE document = ?1 AND entity IS NOT NULL', key)) this.#mark(collection, 'entity', row.id)
    for (const row of this.#run('SELECT DISTINCT fact FROM evidence WHERE document = ? AND fact IS NOT NULL', key)) this.#mark(collection, 'fact', row.fact)
    for (const table of ['evidence', 'chains', 'passages']) this.#run(`DELETE FROM ${table} WHERE document = ?`, key)
    this.#run('DELETE FROM documents WHERE key = ?', key)
    return profiles
  }

  #insert(collection: number, claims: DocumentClaims, now: string, blocks: Set<string>): void {
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
        'INSERT INTO chains (document, position, profile, aliases, mentions, context) VALUES (?, ?, ?, ?, ?, ?)',
        document, chain.index, this.#put(collection, claims.collection, chain), JSON.stringify(chain.aliases), chain.mentions, contextOf(chain.traits),
      )
      chains.set(chain.index, this.#lastKey())
      for (const block of chain.keys) blocks.add(block)
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

  /** Key of the chain's profile, which is made where it is missing. */
  #put(collection: number, called: string, chain: ChainClaim): number {
    const { id, name, type, masterId, keys, traits } = profileOf(called, chain)
    const held = this.#profile(id)
    if (held !== undefined) return held
    this.#run('INSERT INTO profiles (collection, id, name, type, master, keys, traits) VALUES (?, ?, ?, ?, ?, ?, ?)', collection, id, name, type, masterId ?? null, JSON.stringify(keys), JSON.stringify(traits))
    const key = this.#lastKey()
    for (const block of keys) this.#run('INSERT INTO profile_keys (collection, key, profile) VALUES (?, ?, ?)', collection, block, key)
    return key
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
