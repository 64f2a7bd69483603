// The graph as people meet it in Neo4j: labels, edges, evidence, literals, candidates, merges, the ontology, names, constraints, indexes.
import neo4j, { type Driver } from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commit, type GraphStore, prepare, retract, settle } from '../../graph/index.ts'
import { openStore } from '../../graph/stores/index.ts'
import { compileOntology } from '../../ontology/index.ts'
import { company, date, documentOf, NOW, ONTOLOGY, person, place } from './documents.ts'

const uri = process.env['GRAPHLOOM_TEST_NEO4J']
const password = process.env['NEO4J_PASSWORD']
const LATER = '2026-02-01T00:00:00.000Z'
const collection = `shape ${process.pid}-${Date.now()}`

const ada = person('Ada Lovelace')
const ibm = company('International Business Machines', { aliases: ['IBM'] })
const same = company('International Business Machines')
const DOCUMENTS = [
  documentOf('a.txt', [
    { head: ada, relation: 'EMPLOYED_BY', tail: ibm, score: 0.9 }, { head: ibm, relation: 'FOUNDED_ON', tail: date('1911') },
    { head: ibm, relation: 'REVENUE', tail: { kind: 'quantity', value: '5 USD' } }, { head: ada, relation: 'BORN_IN', tail: place('London', { masterId: 'L1' }), score: 0.8 },
  ], { collection }),
  documentOf('b.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: company('IBM') }, { head: ada, relation: 'BORN_IN', tail: place('Paris'), score: 0.6 }], { collection }),
  documentOf('c.txt', [{ head: ada, relation: 'SPOUSE', tail: person('Adam Old'), score: 0.5, status: 'review' }], { collection }),
  ...[...'defghi'].map((name) => documentOf(`${name}.txt`, [{ head: ada, relation: 'EMPLOYED_BY', tail: same }], { collection })),
]

describe.skipIf(uri === undefined || password === undefined)('the graph in Neo4j', () => {
  let driver: Driver
  let store: GraphStore
  const rows = async (cypher: string): Promise<readonly Record<string, unknown>[]> => {
    const { records } = await driver.executeQuery(cypher, { collection })
    return records.map((record) => record.toObject())
  }

  beforeAll(async () => {
    driver = neo4j.driver(uri as string, neo4j.auth.basic('neo4j', password as string), { disableLosslessIntegers: true })
    store = await openStore(uri as string, { password: password as string })
    await prepare(store, ONTOLOGY)
    await commit(store, ONTOLOGY, DOCUMENTS, NOW)
    await settle(store, ONTOLOGY, collection, NOW)
  })
  afterAll(async () => {
    await retract(store, ONTOLOGY, collection, DOCUMENTS.map(({ document }) => document.id), LATER)
    await driver.executeQuery('MATCH (n) WHERE n.collection = $collection OR (n:GraphloomCollection AND n.name = $collection) DETACH DELETE n', { collection })
    await store.close()
    await driver.close()
  })

  test('an entity has the base label, its type and every type above it', async () => {
    expect(await rows('MATCH (n:Entity {collection: $collection}) WHERE n.mergedInto IS NULL RETURN n.name AS name, n.type AS type, labels(n) AS labels ORDER BY name')).toEqual([
      { name: 'Ada Lovelace', type: 'Person', labels: ['Entity', 'Person'] },
      { name: 'Adam Old', type: 'Person', labels: ['Entity', 'Person'] },
      { name: 'International Business Machines', type: 'Company', labels: expect.toSatisfy((labels: string[]) => [...labels].sort().join() === 'Company,Entity,Organization') },
      { name: 'London', type: 'Place', labels: ['Entity', 'Place'] },
      { name: 'Paris', type: 'Place', labels: ['Entity', 'Place'] },
    ])
  })

  test('an entity carries name, aliases, master-data id and support', async () => {
    expect(await rows('MATCH (n:Company {collection: $collection}) WHERE n.mergedInto IS NULL RETURN n { .name, .type, .aliases, .masterId, .support } AS n')).toEqual([
      { n: { name: 'International Business Machines', type: 'Company', aliases: ['IBM'], masterId: null, support: 8 } },
    ])
    expect(await rows('MATCH (n:Place {collection: $collection, masterId: "L1"}) RETURN n.name AS name, n.support AS support')).toEqual([{ name: 'London', support: 1 }])
  })

  test('an accepted fact is an edge with score, support, evidence and where it comes from', async () => {
    const [row, ...more] = await rows('MATCH (h:Person {collection: $collection})-[k:EMPLOYED_BY]->(t:Organization) RETURN h.name AS head, t.name AS tail, properties(k) AS edge')
    expect(more).toEqual([])
    expect(row).toMatchObject({
      head: 'Ada Lovelace', tail: 'International Business Machines',
      edge: { id: expect.stringMatching(/^fact:/), score: expect.any(Number), support: 8, status: 'accepted', ontology: 'test@1.0.0', model: 'test@1', firstSeen: NOW, lastSeen: NOW, collection },
    })
    expect(((row?.['edge'] ?? {}) as { evidence?: string[] }).evidence).toHaveLength(5)
    expect(await rows('MATCH (:Person {collection: $collection})-[k:EMPLOYED_BY]->() UNWIND k.evidence AS id MATCH (e:Evidence {id: id}) RETURN DISTINCT e.factId = k.id AS own')).toEqual([{ own: true }])
  })

  test('what is not accepted is never an edge: facts in review are candidates, rejected ones are neither', async () => {
    expect(await rows('MATCH (c:Candidate {collection: $collection}) RETURN c.name AS name, c.status AS status, c.relation AS relation')).toEqual([{ name: expect.stringMatching(/^(Ada Lovelace SPOUSE Adam Old|Adam Old SPOUSE Ada Lovelace)$/), status: 'review', relation: 'SPOUSE' }])
    expect(await rows('MATCH (f:GraphloomFact {collection: $collection}) WHERE f.status = "rejected" RETURN f.name AS name, f.reason IS NOT NULL AS reasoned, f:Candidate AS candidate')).toEqual([{ name: 'Ada Lovelace BORN_IN Paris', reasoned: true, candidate: false }])
    expect(await rows('MATCH (:Entity {collection: $collection})-[k]->() WHERE type(k) <> "SAME_AS" RETURN DISTINCT k.status AS status')).toEqual([{ status: 'accepted' }])
    expect(await rows('MATCH (:Entity {collection: $collection})-[k:SPOUSE]-() RETURN k')).toEqual([])
  })

  test('a literal is a property where the relation has one at most, else a node; both keep evidence', async () => {
    expect(await rows('MATCH (n:Company {collection: $collection}) WHERE n.mergedInto IS NULL RETURN n.FOUNDED_ON AS founded, EXISTS { (n)-[:FOUNDED_ON]->() } AS edge')).toEqual([{ founded: '1911', edge: false }])
    expect(await rows('MATCH (n:Company {collection: $collection})-[k:REVENUE]->(l:Literal) RETURN l.name AS name, l.kind AS kind, l.value AS value, k.status AS status')).toEqual([{ name: '5 USD', kind: 'quantity', value: '5 USD', status: 'accepted' }])
    expect(await rows('MATCH (f:GraphloomFact {collection: $collection}) WHERE f.literal IS NOT NULL MATCH (e:Evidence {factId: f.id})-[:FROM]->(p) RETURN f.relation AS relation, count(e) AS evidence ORDER BY relation')).toEqual([{ relation: 'FOUNDED_ON', evidence: 1 }, { relation: 'REVENUE', evidence: 1 }])
  })

  test('evidence stands in a passage of a document, never on the entity', async () => {
    const [row] = await rows('MATCH (d:Document {collection: $collection, uri: "c.txt"})<-[:PART_OF]-(p:Passage)<-[:FROM]-(e:Evidence) RETURN properties(d) AS d, properties(p) AS p, properties(e) AS e')
    expect(row).toMatchObject({
      d: { id: expect.stringMatching(/^doc:/), name: 'c.txt', uri: 'c.txt', sha256: expect.stringMatching(/^[0-9a-f]+$/), collection },
      p: { text: 'Ada Lovelace spouse Adam Old.', page: 1, section: expect.any(String), start: 9, end: 38 },
      e: { factId: expect.stringMatching(/^fact:/), quote: 'Ada Lovelace spouse Adam Old.', score: 0.5, headText: 'Ada Lovelace', tailText: 'Adam Old' },
    })
    expect(await rows('MATCH (e:Evidence {collection: $collection})--(m) RETURN DISTINCT labels(m) AS labels')).toEqual([{ labels: ['Passage'] }])
  })

  test('a merge is an edge with its reason, score and author, and what was merged has no type any more', async () => {
    expect(await rows('MATCH (n:Entity {collection: $collection})-[s:SAME_AS]->(m:Entity) RETURN n.name AS name, labels(n) AS labels, m.name AS into, properties(s) AS s')).toEqual([
      { name: 'IBM', labels: ['Entity', 'GraphloomMerged'], into: 'International Business Machines', s: { by: 'resolve', reason: 'alias', score: expect.any(Number) } },
    ])
  })

  test('the ontology can be browsed, and a later version leaves nothing of the one before', async () => {
    expect(await rows('MATCH (t:OntologyType {collection: $collection})-[:SUBTYPE_OF]->(p) RETURN t.name AS type, p.name AS parent ORDER BY type')).toEqual([{ type: 'Company', parent: 'Organization' }, { type: 'University', parent: 'Organization' }])
    expect(await rows('MATCH (r:OntologyRelation {collection: $collection, name: "EMPLOYED_BY"}) RETURN [(r)-[:DOMAIN]->(t) | t.name] AS domain, [(r)-[:RANGE]->(t) | t.name] AS range, r.ontology AS ontology')).toEqual([{ domain: ['Person'], range: ['Organization'], ontology: 'test@1.0.0' }])
    const { University: _gone, ...types } = ONTOLOGY.ontology.types
    const { SPOUSE: _too, ...relations } = ONTOLOGY.ontology.relations
    await store.saveOntology(collection, compileOntology({ ...ONTOLOGY.ontology, version: '1.1.0', types, relations }).ontology)
    expect(await rows('MATCH (n:OntologyType|OntologyRelation {collection: $collection}) RETURN count(n) AS all, sum(CASE WHEN n.name IN ["University", "SPOUSE"] THEN 1 ELSE 0 END) AS old, collect(DISTINCT n.ontology) AS versions')).toEqual([{ all: 10, old: 0, versions: ['test@1.1.0'] }])
    await store.saveOntology(collection, ONTOLOGY.ontology)
  })

  test('every node has a readable name', async () => {
    expect(await rows('MATCH (n) WHERE (n.collection = $collection OR n:GraphloomCollection) AND trim(coalesce(n.name, "")) = "" RETURN DISTINCT labels(n) AS labels')).toEqual([])
    expect(await rows('MATCH (p:Passage {collection: $collection})-[:PART_OF]->(d {uri: "c.txt"}) RETURN p.name AS name')).toEqual([{ name: expect.stringMatching(/^c\.txt, p\. 1, /) }])
  })

  test('every id is unique by constraint, on nodes and on the edges of each relation, and names and passages are searched by full text', async () => {
    const constraints = await rows("SHOW CONSTRAINTS YIELD type, entityType, labelsOrTypes, properties WHERE properties = ['id'] RETURN entityType AS of, labelsOrTypes[0] AS name")
    const unique = (of: string): unknown[] => constraints.filter((row) => row['of'] === of).map((row) => row['name'])
    expect(unique('NODE')).toEqual(expect.arrayContaining(['Entity', 'Document', 'Passage', 'Evidence', 'Candidate', 'Decision', 'Literal', 'OntologyType', 'OntologyRelation']))
    expect(unique('RELATIONSHIP')).toEqual(expect.arrayContaining(Object.keys(ONTOLOGY.ontology.relations)))
    const fulltext = await rows("SHOW INDEXES YIELD type, state, labelsOrTypes, properties WHERE type = 'FULLTEXT' RETURN labelsOrTypes[0] AS label, properties, state ORDER BY label")
    expect(fulltext).toEqual(expect.arrayContaining([{ label: 'Entity', properties: ['name', 'aliases'], state: 'ONLINE' }, { label: 'Passage', properties: ['text'], state: 'ONLINE' }]))
  })
})
