// Free Cypher against a real server: what the screen lets through must be stopped by the plan, the READ mode or the bounds.
import neo4j, { type Driver } from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QueryDoor, QueryLimits } from '../../../graph/query.ts'
import { openQuery } from '../../../graph/stores/index.ts'
import { openNeo4jQuery } from '../../../graph/stores/neo4j-query.ts'
import { ATTACKS, PLANNED_ATTACKS, WANTED } from '../attacks.ts'

const uri = process.env['GRAPHLOOM_TEST_NEO4J']
const password = process.env['NEO4J_PASSWORD']
const SLOW = 'UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b UNWIND range(1, 10000) AS c RETURN count(*) AS n'
const refused = { code: 'api.cypher-refused' }
const options = { who: 'somebody', signal: new AbortController().signal }

test('no store but Neo4j has it', async () => {
  await expect(openQuery('sqlite::memory:')).rejects.toMatchObject({ code: 'usage.cypher' })
})

if (uri === undefined || password === undefined) {
  test.skipIf(process.env['GRAPHLOOM_TEST_OFFLINE'] === '1')('a real Neo4j is there to be tested against', () => {
    expect.fail('Set GRAPHLOOM_TEST_NEO4J=bolt://HOST:PORT and NEO4J_PASSWORD, or run `npm test`, which starts a Neo4j of its own; GRAPHLOOM_TEST_OFFLINE=1 leaves these tests out.')
  })
} else {
  describe('free Cypher on Neo4j', { timeout: 300_000 }, () => {
    let driver: Driver
    let door: QueryDoor
    const opened: QueryDoor[] = []
    const bounded = async (limits: Partial<QueryLimits>) => {
      const another = await openNeo4jQuery(uri, { password, limits })
      opened.push(another)
      return another
    }
    beforeAll(async () => {
      driver = neo4j.driver(uri, neo4j.auth.basic('neo4j', password))
      await driver.executeQuery('CREATE CONSTRAINT screened IF NOT EXISTS FOR (n:Screened) REQUIRE n.id IS UNIQUE')
      await driver.executeQuery('MERGE (a:Screened {id: "a", name: "A", born: date("1815-12-10"), size: 7}) MERGE (b:Screened {id: "b"}) MERGE (a)-[:KNOWS {since: 1842}]->(b)')
      await driver.executeQuery('CALL db.awaitIndexes(300)')
      door = await bounded({ time: 60_000 })
    })
    afterAll(async () => {
      await driver.executeQuery('MATCH (n:Screened) DETACH DELETE n')
      await driver.executeQuery('DROP CONSTRAINT screened IF EXISTS')
      for (const each of opened) await each.close()
      await driver.close()
    })

    test.each(Object.entries({ ...ATTACKS }).map(([aim, statements]) => [aim, statements] as const))('refuses every statement that tries %s', async (_, statements) => {
      for (const statement of statements) await expect(door.query(statement, { url: 'file:///etc/passwd', u: 'file:///etc/passwd' }, options), statement).rejects.toMatchObject(refused)
    })

    test.each(Object.entries(PLANNED_ATTACKS).map(([aim, statements]) => [aim, statements] as const))('refuses by its plan every statement that tries %s', async (_, statements) => {
      for (const statement of statements) await expect(door.query(statement, {}, options), statement).rejects.toMatchObject(refused)
    })

    test.each(WANTED)('runs %s', async (statement) => {
      await expect(door.query(statement, { id: 'x' }, options)).resolves.toMatchObject({ truncated: false })
    })

    test('answers nodes, relationships, paths and times as plain JSON', async () => {
      const { columns, rows } = await door.query('MATCH p = (a:Screened {id: $id})-[r:KNOWS]->(b) RETURN a, r, p, a.born AS born, [1, 2.5, null, true] AS list, {x: "y"} AS map', { id: 'a' }, options)
      expect(columns).toEqual(['a', 'r', 'p', 'born', 'list', 'map'])
      const a = { labels: ['Screened'], properties: { born: '1815-12-10', id: 'a', name: 'A', size: 7 } }
      const r = { type: 'KNOWS', properties: { since: 1842 } }
      expect(rows).toEqual([[a, r, { nodes: [a, { labels: ['Screened'], properties: { id: 'b' } }], relationships: [r] }, '1815-12-10', [1, 2.5, null, true], { x: 'y' }]])
    })

    test('stops at its bounds of rows, bytes and time', async () => {
      const small = await bounded({ rows: 10, bytes: 1000, time: 60_000 })
      expect(await small.query('UNWIND range(1, 100) AS x RETURN x', {}, options)).toMatchObject({ truncated: true, rows: expect.objectContaining({ length: 10 }) })
      const wide = await small.query('UNWIND range(1, 9) AS x RETURN reduce(text = "", n IN range(1, 300) | text + "x") AS text', {}, options)
      expect([wide.truncated, wide.rows.length]).toEqual([true, 3])
      const short = await bounded({ time: 1000 })
      await expect(short.query(SLOW, {}, options)).rejects.toMatchObject({ code: 'api.cypher-timeout' })
    })

    test('takes a few statements of one key at once, and ends when the client leaves', async () => {
      const narrow = await bounded({ concurrency: 1, time: 60_000 })
      const leave = new AbortController()
      const first = narrow.query(SLOW, {}, { who: 'one', signal: leave.signal })
      const outcome = first.then(() => 'answered', (error: { code?: string }) => error.code)
      await expect(narrow.query('RETURN 1', {}, { ...options, who: 'one' })).rejects.toMatchObject({ code: 'api.too-many' })
      await expect(narrow.query('RETURN 1 AS one', {}, { ...options, who: 'two' })).resolves.toMatchObject({ rows: [[1]] })
      leave.abort()
      expect(await outcome).toBe('api.timeout')
      const again = () => narrow.query('RETURN 1 AS one', {}, { ...options, who: 'one' }).then(({ rows }) => rows, () => undefined)
      await expect.poll(again, { timeout: 120_000 }).toEqual([[1]])
    })

    test('leaves the graph as it was', async () => {
      const { records } = await driver.executeQuery('MATCH (n:Screened) RETURN count(n) AS n, count{(:Screened)-[]->()} AS r')
      expect(records[0]?.toObject()).toMatchObject({ n: neo4j.int(2) })
      expect((await driver.executeQuery('MATCH (n:Evil) RETURN count(n) AS n')).records[0]?.get('n')).toEqual(neo4j.int(0))
    })
  })
}
