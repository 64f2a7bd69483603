// Tables of the embedded store, as migrations: each entry is applied once, in order, and never changed after a release.
// Rows refer to each other by integer keys (a third of the time and half of the space of text keys); ids stand in one place.
import type Database from 'libsql'
import type { Traits } from '../claim.ts'
import { profileOf } from '../profile.ts'
import { namesOf } from './sqlite-rows.ts'

export const MIGRATIONS: readonly (string | ((database: Database.Database) => void))[] = [
  `
  CREATE TABLE collections (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, ontology TEXT NOT NULL);
  CREATE TABLE documents (
    key INTEGER PRIMARY KEY, collection INTEGER NOT NULL, id TEXT NOT NULL, uri TEXT NOT NULL, record TEXT, title TEXT NOT NULL, language TEXT NOT NULL,
    sha256 TEXT NOT NULL, stamp TEXT NOT NULL, ontology TEXT NOT NULL, model TEXT NOT NULL, hash TEXT NOT NULL, seen TEXT NOT NULL, UNIQUE (collection, id));
  CREATE INDEX documents_by_uri ON documents (collection, uri);
  CREATE TABLE passages (
    document INTEGER NOT NULL, sentence INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER, section TEXT, text TEXT NOT NULL,
    PRIMARY KEY (document, sentence)) WITHOUT ROWID;
  CREATE TABLE chains (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, type TEXT NOT NULL, master TEXT,
    mentions INTEGER NOT NULL, keys TEXT NOT NULL, traits TEXT NOT NULL, unit TEXT, entity TEXT, UNIQUE (document, position));
  CREATE INDEX chains_by_entity ON chains (entity);
  CREATE INDEX chains_by_unit ON chains (unit);
  CREATE TABLE chain_keys (collection INTEGER NOT NULL, key TEXT NOT NULL, chain INTEGER NOT NULL, PRIMARY KEY (collection, key, chain)) WITHOUT ROWID;
  CREATE INDEX chain_keys_by_chain ON chain_keys (chain);
  CREATE TABLE evidence (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL, position INTEGER NOT NULL, relation TEXT NOT NULL, head INTEGER NOT NULL, tail INTEGER, literal TEXT,
    triple_score REAL NOT NULL, triple_status TEXT NOT NULL, sentence INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    head_start INTEGER NOT NULL, head_end INTEGER NOT NULL, head_text TEXT NOT NULL, tail_start INTEGER NOT NULL, tail_end INTEGER NOT NULL, tail_text TEXT NOT NULL,
    score REAL NOT NULL, fact TEXT, UNIQUE (document, position));
  CREATE INDEX evidence_by_fact ON evidence (fact);
  CREATE TABLE entities (
    key INTEGER PRIMARY KEY, collection INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, aliases TEXT NOT NULL, master TEXT,
    mentions INTEGER NOT NULL, support INTEGER NOT NULL, merged_into TEXT, reason TEXT, score REAL);
  CREATE INDEX entities_by_type ON entities (collection, type, id);
  CREATE INDEX entities_by_master ON entities (collection, master) WHERE master IS NOT NULL;
  CREATE VIRTUAL TABLE entity_names USING fts5 (name, aliases, tokenize = 'unicode61 remove_diacritics 2');
  CREATE TABLE facts (
    key INTEGER PRIMARY KEY, collection INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, head INTEGER NOT NULL, relation TEXT NOT NULL, tail INTEGER, literal TEXT,
    score REAL NOT NULL, claimed TEXT NOT NULL, status TEXT NOT NULL, reason TEXT, support INTEGER NOT NULL, evidence TEXT NOT NULL, ontology TEXT NOT NULL,
    model TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL);
  CREATE INDEX facts_by_head ON facts (head, relation);
  CREATE INDEX facts_by_tail ON facts (tail, relation);
  CREATE INDEX facts_by_relation ON facts (collection, relation, id);
  CREATE INDEX facts_by_collection ON facts (collection, id);
  CREATE TABLE pending (collection INTEGER NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (collection, kind, key)) WITHOUT ROWID;
  `,
  `
  CREATE TABLE writer (key INTEGER PRIMARY KEY CHECK (key = 1), turn INTEGER NOT NULL, until REAL NOT NULL, machine TEXT NOT NULL, process INTEGER NOT NULL);
  INSERT INTO writer VALUES (1, 0, 0, '', 0);
  `,
  'CREATE INDEX entities_by_collection ON entities (collection, id)',
  // What the reader asks: every list ends in the id, by which it is paged.
  `
  DROP INDEX documents_by_uri;
  CREATE INDEX documents_by_uri ON documents (collection, uri, id);
  CREATE INDEX entities_merged ON entities (collection, type) WHERE merged_into IS NOT NULL;
  DROP INDEX facts_by_head;
  CREATE INDEX facts_by_head ON facts (head, relation, id);
  DROP INDEX facts_by_tail;
  CREATE INDEX facts_by_tail ON facts (tail, relation, id);
  DROP INDEX facts_by_relation;
  CREATE INDEX facts_by_relation ON facts (collection, relation, status, id);
  CREATE INDEX facts_by_status ON facts (collection, status, id);
  CREATE INDEX facts_by_time ON facts (collection, last_seen, id);
  CREATE INDEX facts_by_value ON facts (collection, json_extract(literal, '$.value'), id) WHERE literal IS NOT NULL;
  DROP TABLE entity_names;
  CREATE VIRTUAL TABLE entity_names USING fts5 (name, aliases, tokenize = 'ascii');
  `,
  // Names are searched in a form of our own, which every store splits alike: at spaces.
  (database) => {
    const insert = database.prepare('INSERT INTO entity_names (rowid, name, aliases) VALUES (?, ?, ?)')
    const page = database.prepare('SELECT key, name, aliases FROM entities WHERE key > ? AND merged_into IS NULL ORDER BY key LIMIT 1000')
    for (let after = 0, rows = page.all(after) as NameRow[]; rows.length > 0; after = rows.at(-1)?.key ?? after, rows = page.all(after) as NameRow[]) {
      for (const { key, name, aliases } of rows) insert.run(key, ...namesOf({ name, aliases: JSON.parse(aliases) as string[] }))
    }
  },
  `
  CREATE TABLE decisions (
    key INTEGER PRIMARY KEY, collection INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, content TEXT NOT NULL, fact TEXT, target TEXT);
  CREATE INDEX decisions_by_page ON decisions (collection, id);
  CREATE INDEX decisions_by_kind ON decisions (collection, kind, id);
  CREATE INDEX decisions_by_fact ON decisions (fact) WHERE fact IS NOT NULL;
  CREATE INDEX decisions_by_target ON decisions (target) WHERE target IS NOT NULL;
  CREATE TABLE decision_keys (collection INTEGER NOT NULL, key TEXT NOT NULL, decision INTEGER NOT NULL, PRIMARY KEY (collection, key, decision)) WITHOUT ROWID;
  `,
  // What many chains have in common stands once.
  `
  CREATE TABLE profiles (
    key INTEGER PRIMARY KEY, collection INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, master TEXT, keys TEXT NOT NULL, traits TEXT NOT NULL);
  CREATE TABLE profile_keys (collection INTEGER NOT NULL, key TEXT NOT NULL, profile INTEGER NOT NULL, PRIMARY KEY (collection, key, profile)) WITHOUT ROWID;
  CREATE INDEX profile_keys_by_profile ON profile_keys (profile);
  DROP TABLE chain_keys;
  DROP INDEX chains_by_entity;
  DROP INDEX chains_by_unit;
  ALTER TABLE chains RENAME TO chains_before;
  CREATE TABLE chains (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL, position INTEGER NOT NULL, profile INTEGER NOT NULL, aliases TEXT NOT NULL, mentions INTEGER NOT NULL, context TEXT,
    unit TEXT, entity TEXT, UNIQUE (document, position));
  `,
  giveProfiles,
  `
  DROP TABLE chains_before;
  CREATE INDEX chains_by_entity ON chains (entity);
  CREATE INDEX chains_by_unit ON chains (unit);
  CREATE INDEX chains_by_profile ON chains (profile);
  `,
  // The score stands in the index, too: where few facts of a list are sure enough, the others are passed over without being read.
  `
  DROP INDEX facts_by_relation;
  CREATE INDEX facts_by_relation ON facts (collection, relation, status, id, score);
  DROP INDEX facts_by_status;
  CREATE INDEX facts_by_status ON facts (collection, status, id, score);
  `,
]

function giveProfiles(database: Database.Database): void {
  const page = database.prepare(`SELECT c.*, d.collection, n.name AS called FROM chains_before c JOIN documents d ON d.key = c.document JOIN collections n ON n.key = d.collection
    WHERE c.key > ? ORDER BY c.key LIMIT 1000`)
  const profile = database.prepare('INSERT OR IGNORE INTO profiles (collection, id, name, type, master, keys, traits) VALUES (?, ?, ?, ?, ?, ?, ?)')
  const block = database.prepare('INSERT OR IGNORE INTO profile_keys (collection, key, profile) SELECT ?, ?, key FROM profiles WHERE id = ?')
  const chain = database.prepare(`INSERT INTO chains (key, document, position, profile, aliases, mentions, context, unit, entity)
    SELECT ?, ?, ?, key, ?, ?, ?, ?, ? FROM profiles WHERE id = ?`)
  for (let after = 0, rows = page.all(after) as ChainBefore[]; rows.length > 0; after = rows.at(-1)?.key ?? after, rows = page.all(after) as ChainBefore[]) {
    for (const row of rows) {
      const traits = JSON.parse(row.traits) as Traits
      const { id, keys, traits: kept } = profileOf(row.called, { name: row.name, type: row.type, ...(row.master === null ? {} : { masterId: row.master }), keys: JSON.parse(row.keys) as string[], traits })
      profile.run(row.collection, id, row.name, row.type, row.master, row.keys, JSON.stringify(kept))
      for (const key of keys) block.run(row.collection, key, id)
      chain.run(row.key, row.document, row.position, row.aliases, row.mentions, contextOf(traits), row.unit, row.entity, id)
    }
  }
}

/** Most chains have none. */
export function contextOf({ context }: Traits): string | null {
  return context.length === 0 ? null : JSON.stringify(context)
}

interface ChainBefore {
  readonly key: number
  readonly document: number
  readonly position: number
  readonly collection: number
  readonly called: string
  readonly name: string
  readonly aliases: string
  readonly type: string
  readonly master: string | null
  readonly mentions: number
  readonly keys: string
  readonly traits: string
  readonly unit: string | null
  readonly entity: string | null
}

interface NameRow {
  readonly key: number
  readonly name: string
  readonly aliases: string
}
