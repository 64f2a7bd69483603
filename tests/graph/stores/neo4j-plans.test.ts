// Every statement of the reader's look-ups, and those by which settling reads, explained by a real Neo4j: none walks through a label or the whole graph.
import neo4j, { type Plan } from 'neo4j-driver'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { READ } from '../../../graph/cypher.ts'
import { LOOKUP, type PlaceKind } from '../../../graph/cypher-lookups.ts'
import { prepare } from '../../../graph/index.ts'
import { openStore } from '../../../graph/stores/index.ts'
import { ONTOLOGY } from '../documents.ts'

const uri = process.env['GRAPHLOOM_TEST_NEO4J']
const password = process.env['NEO4J_PASSWORD']

/** Statements that give a page of one list, and those that join the pages of several. */
const LAZY = /^(documents|documentsByUri|passages|entities|entitiesByMaster|page of (documents|pending))$/
const JOINED = /^(entitiesByType|facts by (head|tail|value|status|relation))$/

const KINDS: readonly PlaceKind[] = ['head', 'tail', 'value', 'status', 'relation']
const statements: readonly (readonly [name: string, text: string])[] = [
  ...Object.entries(LOOKUP).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text] as const] : [])),
  ...[true, false].flatMap((all) => [['page of facts', READ.pageFacts(all)], ['page of entities', READ.pageEntities(all)]] as const),
  ['page of documents', READ.documents], ['page of pending', READ.pending],
  ...(['profiles', 'tallies', 'single', 'spread', 'chains', 'statementCounts', 'statements', 'contenders', 'factsWith', 'orphans', 'members'] as const).map((name) => [`settling by ${name}`, READ[name]] as const),
  ...KINDS.flatMap((kind) => [true, false].map((typed) => [`facts by ${kind}`, LOOKUP.facts(kind, typed)] as const)),
  ...[true, false].map((typed) => ['facts by time', LOOKUP.factsByTime(typed)] as const),
  ...(['Passage', 'Chain', 'Evidence'] as const).flatMap((label) => [true, false].map((alone) => [`count of ${label}`, LOOKUP.countOf(label, alone)] as const)),
]

if (uri === undefined || password === undefined) {
  test.skipIf(process.env['GRAPHLOOM_TEST_OFFLINE'] === '1')('a real Neo4j is there to be tested against', () => {
    expect.fail('Set GRAPHLOOM_TEST_NEO4J=bolt://HOST:PORT and NEO4J_PASSWORD, or run `npm test`, which starts a Neo4j of its own; GRAPHLOOM_TEST_OFFLINE=1 leaves these tests out.')
  })
} else {
  const driver = neo4j.driver(uri, neo4j.auth.basic('neo4j', password))
  beforeAll(async () => {
    const store = await openStore(uri, { password })
    await prepare(store, ONTOLOGY)
    await store.close()
    // What the planner chooses hangs on how much there is: on a graph of a few nodes a scan is as cheap as a seek.
    await driver.executeQuery(`UNWIND range(1, 3000) AS i
      CREATE (:Chain {id: 'plans' + i, collection: 'plans', document: 'plans' + i % 300, profile: 'plans' + i, unit: 'plans' + i, entity: 'plans' + i})
      CREATE (:Evidence {id: 'plans' + i, collection: 'plans', document: 'plans' + i % 300, factId: 'plans' + i, position: i})
      CREATE (:GraphloomFact {id: 'plans' + i, collection: 'plans', head: 'plans' + i, tail: 'plans' + i, valueKey: 'plans' + i, relation: 'PLANS', status: 'accepted', score: 0.5, lastSeen: toString(i)})`)
    await driver.executeQuery('CALL db.prepareForReplanning()')
  })
  afterAll(async () => {
    await driver.executeQuery("MATCH (n:Chain|Evidence|GraphloomFact) WHERE n.collection = 'plans' DETACH DELETE n")
    await driver.close()
  })

  test.each(statements)('%s goes through an index', async (name, text) => {
    const { summary } = await driver.executeQuery(`EXPLAIN ${text.replaceAll(/\$(?=\w)/g, '$p.')}`, { p: {} })
    const operators = (plan: Plan): readonly string[] => [plan.operatorType.replace(/@.*/, ''), ...plan.children.flatMap(operators)]
    const used = summary.plan === false ? ['none'] : operators(summary.plan as Plan)
    // A page is read in the order of an index, row by row, and not sorted out of all that there is; one sort of pages joins several lists.
    if (LAZY.test(name)) expect(used.filter((operator) => /^(Partial)?(Top|Sort)$/.test(operator))).toEqual([])
    if (name.startsWith('page of')) expect(used).not.toContain('Top')
    if (JOINED.test(name)) expect(used.filter((operator) => /^(Partial)?Top$/.test(operator)).length).toBeLessThanOrEqual(1)
    expect(used.filter((operator) => /^(none|AllNodesScan|NodeByLabelScan|NodeIndexScan|.*RelationshipTypeScan|AllRelationshipsScan|CartesianProduct|Eager$)/.test(operator))).toEqual([])
  })
}
