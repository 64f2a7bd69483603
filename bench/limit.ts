// The bare limit of a store: the rows that a finished graph holds, written again with nothing but the driver.
import Database from 'libsql'
import neo4j, { type Driver, type Session } from 'neo4j-driver'
import type { Server } from './graphloom.ts'

const TRANSACTION = 5_000

const TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT GLOB 'entity_names_*'"
type Columns = Readonly<Record<string, unknown>>

/** Rows in all tables of the store at `path`. */
export function sqliteRows(path: string): number {
  const database = new Database(path, { readonly: true })
  const names = (database.prepare(TABLES).all() as { name: string }[]).map(({ name }) => name)
  const sum = names.reduce((total, name) => total + Number((database.prepare(`SELECT count(*) AS n FROM "${name}"`).all()[0] as { n: number }).n), 0)
  database.close()
  return sum
}

/** Copies every row by a prepared insert into a new file of the same schema. */
export function sqliteLimit(from: string, to: string): void {
  const source = new Database(from, { readonly: true })
  const target = new Database(to)
  for (const pragma of ['journal_mode = WAL', 'synchronous = NORMAL', 'cache_size = -131072']) target.pragma(pragma)
  const tables = source.prepare(TABLES).all() as { name: string; sql: string }[]
  for (const { sql } of tables) target.exec(sql)
  for (const { sql } of source.prepare("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").all() as { sql: string }[]) target.exec(sql)
  for (const { name } of tables) {
    const rows = source.prepare(`SELECT * FROM "${name}"`).all() as Columns[]
    const columns = Object.keys(rows[0] ?? {})
    if (columns.length === 0) continue
    const insert = target.prepare(`INSERT INTO "${name}" (${columns.map((column) => `"${column}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    for (let at = 0; at < rows.length; at += TRANSACTION) {
      target.transaction(() => { for (const row of rows.slice(at, at + TRANSACTION)) insert.run(...columns.map((column) => row[column])) })()
    }
  }
  target.close()
  source.close()
}

async function withSession<Result>({ uri, password }: Server, work: (session: Session) => Promise<Result>): Promise<Result> {
  const driver: Driver = neo4j.driver(uri, neo4j.auth.basic('neo4j', password))
  const session = driver.session()
  try {
    return await work(session)
  } finally {
    await session.close()
    await driver.close()
  }
}

/** Nodes and relationships in the server. */
export function neo4jRows(server: Server): Promise<number> {
  return withSession(server, async (session) => {
    const { records } = await session.run('MATCH (n) WITH count(n) AS nodes MATCH ()-[r]->() RETURN nodes + count(r) AS n')
    return Number(records[0]?.get('n') ?? 0)
  })
}

interface Shape {
  readonly rows: Columns[]
  readonly text: string
}

/** Empties the server and writes all nodes, then all relationships again, 5,000 a transaction; seconds of the writing alone. */
export function neo4jLimit(server: Server): Promise<number> {
  return withSession(server, async (session) => {
    const nodes = await shapes(session, 'MATCH (n) WHERE n.id IS NOT NULL RETURN labels(n) AS shape, {id: n.id, props: properties(n)} AS row', (labels: string[]) => `CREATE (n:${labels.map(quoted).join(':')}) SET n = r.props`)
    const edges = await shapes(
      session,
      'MATCH (a)-[k]->(b) WHERE a.id IS NOT NULL AND b.id IS NOT NULL RETURN [type(k), labels(a)[0], labels(b)[0]] AS shape, {a: a.id, b: b.id, props: properties(k)} AS row',
      ([type, a, b]: string[]) => `MATCH (a:${quoted(a ?? '')} {id: r.a}) MATCH (b:${quoted(b ?? '')} {id: r.b}) CREATE (a)-[k:${quoted(type ?? '')}]->(b) SET k = r.props`,
    )
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS')
    const since = performance.now()
    for (const { rows, text } of [...nodes, ...edges]) {
      for (let at = 0; at < rows.length; at += TRANSACTION) await session.executeWrite((transaction) => transaction.run(`UNWIND $rows AS r ${text}`, { rows: rows.slice(at, at + TRANSACTION) }))
    }
    return (performance.now() - since) / 1000
  })
}

const quoted = (name: string): string => `\`${name}\``

async function shapes(session: Session, read: string, write: (shape: string[]) => string): Promise<Shape[]> {
  const found = new Map<string, Shape>()
  for (const record of (await session.run(read)).records) {
    const text = write(record.get('shape') as string[])
    const shape = found.get(text) ?? { rows: [], text }
    found.set(text, shape)
    shape.rows.push(record.get('row') as Columns)
  }
  return [...found.values()]
}
