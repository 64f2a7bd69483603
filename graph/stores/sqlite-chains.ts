// Chains of the embedded store as resolution reads them: profiles, and equal chains counted. A profile that stands in every document is gone through inside
// SQLite, without a sort, so that its chains are never all in memory.
import type { ChainRow, Profile, Tally } from '../claim.ts'
import type { Page, Spread } from '../store.ts'
import { CHAIN_COLUMNS, chainOf, placeIn, profileOfRow, type Row, tallyOf } from './sqlite-rows.ts'

type Run = (sql: string, ...values: readonly unknown[]) => readonly Row[]

/** Sorts as a text like document and position do. */
const PLACE = "d.id || '#' || printf('%09d', c.position)"
/** Chains `c` of one profile, but for those in documents that are among `?2`. */
const OF_PROFILE = 'FROM chains c CROSS JOIN documents d ON d.key = c.document WHERE c.profile = ?1 AND d.id NOT IN (SELECT value FROM json_each(?2))'
/** Chains `c` of profiles that are among `?1`, but for those in documents that are among `?2`. */
const OF_PROFILES = `FROM json_each(?1) j CROSS JOIN profiles p ON p.id = j.value CROSS JOIN chains c ON c.profile = p.key
  WHERE c.document NOT IN (SELECT n.key FROM json_each(?2) k CROSS JOIN documents n ON n.collection = p.collection AND n.id = k.value)`

export function readProfiles(run: Run, collection: number, keys: readonly string[]): readonly Profile[] {
  const sql = `SELECT DISTINCT p.id, p.name, p.type, p.master, p.keys, p.traits FROM json_each(?1) j
    CROSS JOIN profile_keys k ON k.collection = ?2 AND k.key = j.value CROSS JOIN profiles p ON p.key = k.profile ORDER BY p.id`
  return run(sql, JSON.stringify(keys), collection).map(profileOfRow)
}

export function tallyChains(run: Run, collection: number, profiles: readonly string[], by: 'entity' | 'profile', apart: readonly string[]): readonly Tally[] {
  const tallies = profiles.flatMap((profile) => {
    const key = run('SELECT key FROM profiles WHERE id = ? AND collection = ?', profile, collection)[0]?.key
    return key === undefined ? [] : tallyProfile(run, profile, key, by, JSON.stringify(apart))
  })
  const single = apart.length === 0 ? [] : run(
    `SELECT ${PLACE} AS place, p.id AS profile, 1 AS n, c.mentions, c.unit, c.entity, c.aliases, c.context FROM json_each(?1) j CROSS JOIN documents d ON d.collection = ?2 AND d.id = j.value
      CROSS JOIN chains c ON c.document = d.key CROSS JOIN profiles p ON p.key = c.profile WHERE p.id IN (SELECT value FROM json_each(?3))`,
    JSON.stringify(apart), collection, JSON.stringify(profiles),
  ).map(tallyOf)
  return [...tallies, ...single].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}

/** Mostly all chains stand for the same; only else one looks for what there is. */
function tallyProfile(run: Run, profile: string, key: number, by: 'entity' | 'profile', apart: string): readonly Tally[] {
  const columns = `count(*) AS n, sum(c.mentions) AS mentions, min(${PLACE}) AS place, NULL AS aliases, NULL AS context`
  if (by === 'profile') return run(`SELECT ${columns}, ?3 AS profile, NULL AS unit, NULL AS entity ${OF_PROFILE}`, key, apart, profile).filter(({ n }) => n > 0).map(tallyOf)
  const all = run(`SELECT ${columns}, ?3 AS profile, max(c.unit) AS unit, max(c.entity) AS entity,
    count(c.unit) IN (0, count(*)) AND count(c.entity) IN (0, count(*)) AND min(c.unit) IS max(c.unit) AND min(c.entity) IS max(c.entity) AS alike ${OF_PROFILE}`, key, apart, profile)
  if (all[0]?.n === 0) return []
  if (all[0]?.alike === 1) return all.map(tallyOf)
  return run(`SELECT DISTINCT c.unit, c.entity ${OF_PROFILE}`, key, apart).flatMap(({ unit, entity }) =>
    run(`SELECT ${columns}, ?3 AS profile, ?4 AS unit, ?5 AS entity ${OF_PROFILE} AND c.unit IS ?4 AND c.entity IS ?5`, key, apart, profile, unit, entity).map(tallyOf))
}

export function spreadOf(run: Run, of: readonly Spread[], apart: readonly string[]): readonly { readonly id: string; readonly documents: number; readonly aliases: readonly string[] }[] {
  return of.map(({ id, profiles, known }) => {
    const list = JSON.stringify(profiles)
    const documents = run(`SELECT count(DISTINCT c.document) AS n ${OF_PROFILES}`, list, JSON.stringify([...apart, ...known]))[0]?.n ?? 0
    const aliases = run(`SELECT DISTINCT a.value AS name FROM (SELECT DISTINCT c.aliases ${OF_PROFILES} AND c.aliases <> '[]') l CROSS JOIN json_each(l.aliases) a`, list, JSON.stringify(apart))
    return { id, documents, aliases: aliases.map(({ name }): string => name) }
  })
}

export function pageChains(run: Run, collection: number, profile: string, { after = '', limit }: Page): readonly ChainRow[] {
  const [document, position] = placeIn(after)
  const last = after === '' ? 0 : run('SELECT c.key FROM documents d CROSS JOIN chains c ON c.document = d.key AND c.position = ? WHERE d.collection = ? AND d.id = ?', position, collection, document)[0]?.key ?? 0
  const sql = `SELECT ${CHAIN_COLUMNS} FROM profiles p CROSS JOIN chains c ON c.profile = p.key CROSS JOIN documents d ON d.key = c.document
    WHERE p.id = ? AND p.collection = ? AND c.key > ? ORDER BY c.key LIMIT ?`
  return run(sql, profile, collection, last, limit).map(chainOf)
}
