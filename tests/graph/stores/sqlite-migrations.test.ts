// A graph of an earlier version, opened by this one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, expect, test } from 'vitest'
import { commit, settle } from '../../../graph/index.ts'
import { openStore } from '../../../graph/stores/index.ts'
import { exported } from '../../conformance/store.ts'
import { company, documentOf, NOW, ONTOLOGY, person, place } from '../documents.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphloom-migrations-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The tables as they were when every chain held its name and keys itself. */
const CHAINS_BEFORE = `
  CREATE TABLE before (
    key INTEGER PRIMARY KEY, document INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, aliases TEXT NOT NULL, type TEXT NOT NULL, master TEXT,
    mentions INTEGER NOT NULL, keys TEXT NOT NULL, traits TEXT NOT NULL, unit TEXT, entity TEXT, UNIQUE (document, position));
  INSERT INTO before SELECT c.key, c.document, c.position, p.name, c.aliases, p.type, p.master, c.mentions, p.keys, json_set(p.traits, '$.context', json(coalesce(c.context, '[]'))), c.unit, c.entity
    FROM chains c JOIN profiles p ON p.key = c.profile;
  CREATE TABLE chain_keys (collection INTEGER NOT NULL, key TEXT NOT NULL, chain INTEGER NOT NULL, PRIMARY KEY (collection, key, chain)) WITHOUT ROWID;
  INSERT INTO chain_keys SELECT k.collection, k.key, c.key FROM chains c JOIN profile_keys k ON k.profile = c.profile;
  DROP TABLE chains;
  DROP TABLE profiles;
  DROP TABLE profile_keys;
  ALTER TABLE before RENAME TO chains;
  CREATE INDEX chains_by_entity ON chains (entity);
  CREATE INDEX chains_by_unit ON chains (unit);
  PRAGMA user_version = 6;
`

const documents = [
  documentOf('a.txt', [{ head: person('Ada Lovelace'), relation: 'EMPLOYED_BY', tail: company('Acme Corp', { masterId: 'M1' }) }, { head: person('Hopper'), relation: 'BORN_IN', tail: place('London') }]),
  documentOf('b.txt', [{ head: person('Hopper'), relation: 'BORN_IN', tail: place('London') }, { head: person('Ada Lovelace'), relation: 'EMPLOYED_BY', tail: company('ACME') }]),
]

test('a graph in which every chain held its name itself keeps all, and goes on', async () => {
  const uri = `sqlite:${join(folder, 'before.db')}`
  const before = await openStore(uri)
  await commit(before, ONTOLOGY, documents, NOW)
  await settle(before, ONTOLOGY, 'test', NOW)
  const [text, claims] = [await exported(before, 'test'), await before.claims('test', { limit: 10 })]
  await before.close()
  const database = new Database(join(folder, 'before.db'))
  database.exec(CHAINS_BEFORE)
  database.close()
  const after = await openStore(uri)
  expect(await exported(after, 'test')).toBe(text)
  expect(await after.claims('test', { limit: 10 })).toEqual(claims)
  expect(await commit(after, ONTOLOGY, documents, NOW)).toEqual({ created: 0, updated: 0, deleted: 0 })
  await after.replace('test', documents.map(({ document }) => document.id), claims, NOW)
  expect(await settle(after, ONTOLOGY, 'test', NOW)).toEqual({ created: 0, updated: 0, deleted: 0 })
  expect(await exported(after, 'test')).toBe(text)
  await after.close()
})
