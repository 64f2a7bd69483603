// Neo4j Browser as a person meets it, on a Neo4j of its own: `neo4j start`, `ingest`, the printed link, the login, the guide, a query.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import neo4j, { type Driver, type Plan } from 'neo4j-driver'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coloursOf, exampleFact, savedQueries, type SavedQuery } from '../../graph/browser/index.ts'
import { openStore } from '../../graph/stores/index.ts'
import { loadOntology } from '../../ontology/index.ts'
import { openChromium } from '../fixtures/chromium.ts'
import { graphShown, logIn, runFromGuide } from '../fixtures/neo4j-browser.ts'
import { graphloom, jsonLines, workFolder, write } from '../integration/graphloom.ts'

const HOME = '.graphloom/neo4j'
const TIME = 1_200_000
const cwd = workFolder()
const ontology = await loadOntology(resolve('examples/ontology.yaml'))

/** The fragments of a plan: what an operator does, and with which index. */
const operators = (plan: Plan): string[] => [`${plan.operatorType} ${String(plan.arguments['Details'] ?? '')}`, ...plan.children.flatMap(operators)]

/** What a query must look things up with; where nothing narrows it down, its labels or types. */
function lookup({ topic, title, cypher }: SavedQuery): RegExp {
  if (cypher.includes('db.index.fulltext')) return /ProcedureCall.*fulltext/u
  if (cypher.includes('db.schema')) return /ProcedureCall.*schema/u
  if (title.startsWith('From one edge')) return /RelationshipUniqueIndexSeek|RelationshipIndexSeek/u
  if (title.startsWith('Facts that wait')) return /NodeIndexSeekByRange.*score/u
  if (title.startsWith('Documents read last')) return /NodeIndexSeekByRange.*seen/u
  if (title.startsWith('Facts that changed last')) return /NodeIndexSeek.*lastSeen/u
  return topic === 'relations' ? /RelationshipTypeScan|NodeByLabelScan|UnionNodeByLabelsScan/u : /NodeByLabelScan|UnionNodeByLabelsScan|NodeIndexScan|RelationshipTypeScan|NodeCountFromCountStore/u
}

describe('Neo4j Browser', () => {
  let driver: Driver
  let chromium: Browser
  let password = ''
  let link = ''

  beforeAll(async () => {
    const [port, httpPort] = [await freePort(), await freePort()]
    const started = await graphloom(['neo4j', 'start', '--port', `${port}`, '--http-port', `${httpPort}`, '--heap', '384'], { cwd })
    expect(started).toMatchObject({ code: 0 })
    link = /http:\S+\/browser\/\S+/u.exec(started.stdout)?.[0] ?? ''
    password = readFileSync(join(cwd, HOME, 'password'), 'utf8').trim()
    const guide = await (await fetch(new URL('/browser/graphloom/guide.html', link))).text()
    expect(guide).toContain('There is nothing in this graph yet')
    // Two more sentences than the demo has, so that there is something merged to look at.
    write(cwd, 'more.jsonl', jsonLines([{ id: '1', text: 'Tidewell Instruments (TI) is based in Lorne Bay.' }, { id: '2', text: 'TI is headquartered in Lorne Bay.' }]))
    const ingested = await graphloom(['ingest', resolve('examples/documents'), 'more.jsonl', '--ontology', resolve('examples/ontology.yaml'), '--store', `neo4j://127.0.0.1:${port}`, '--precision', '0.75'], { cwd })
    expect(ingested).toMatchObject({ code: 0 })
    driver = neo4j.driver(`bolt://127.0.0.1:${port}`, neo4j.auth.basic('neo4j', password), { disableLosslessIntegers: true })
    chromium = await openChromium()
  }, TIME)
  afterAll(async () => {
    await chromium?.close()
    await driver?.close()
    await graphloom(['neo4j', 'stop'], { cwd })
    rmSync(cwd, { recursive: true, force: true })
  }, TIME)

  test('every query of the guide returns rows on the demo, and looks up what can be looked up', async () => {
    const store = await openStore(`bolt://127.0.0.1:${new URL(link).searchParams.get('dbms')?.split(':').at(-1)}`, { password })
    const example = await exampleFact(store)
    await store.close()
    expect(example).toBeDefined()
    const accepted = (await driver.executeQuery('MATCH (f:GraphloomFact {status: "accepted"}) RETURN DISTINCT f.relation AS relation')).records.map((record) => record.get('relation') as string)
    const wrong: unknown[] = []
    for (const query of savedQueries([ontology], example)) {
      const { plan } = (await driver.executeQuery(`EXPLAIN ${query.cypher}`)).summary
      const steps = operators(plan as Plan)
      if (steps.some((step) => /AllNodesScan|CartesianProduct|AllRelationshipsScan/u.test(step)) || !steps.some((step) => lookup(query).test(step))) wrong.push({ title: query.title, steps })
      const { records } = await driver.executeQuery(query.cypher)
      const relation = query.topic === 'relations' ? Object.values(ontology.relations).find(({ name }) => query.cypher.includes(`\`${name}\``))?.name : undefined
      const expected = query.title.startsWith('What people decided') ? false : relation === undefined || accepted.includes(relation)
      if (records.length > 0 !== expected) wrong.push({ title: query.title, rows: records.length })
    }
    expect(wrong).toEqual([])
  }, TIME)

  test('the link opens the login; after it the guide stands beside the editor, and its queries show a coloured graph with names', async () => {
    const page = await chromium.newPage({ viewport: { width: 1360, height: 850 } })
    await logIn(page, link, password)
    await expect.poll(() => page.locator('[data-testid=guidesDrawer]').textContent()).toContain('Overview')
    await runFromGuide(page, 'A first look at the graph')
    const nodes = await graphShown(page)
    const shown = (await driver.executeQuery('MATCH (a:Entity)-[k]->(b) WHERE type(k) <> "SAME_AS" UNWIND [a, b] AS n RETURN DISTINCT n.name AS name, n.type AS type')).records
    expect(nodes).toHaveLength(shown.length)
    const colours = coloursOf([ontology])
    const fills = new Set(shown.flatMap((record) => colours.get(record.get('type') as string)?.fill ?? []))
    expect(fills.size).toBeGreaterThan(3)
    for (const fill of fills) expect(nodes.map((node) => node.fill.toLowerCase())).toContain(fill)
    const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
    const names = shown.map((record) => letters(record.get('name') as string))
    for (const { caption } of nodes) expect(names.some((name) => name.startsWith(letters(caption)) && caption !== '')).toBe(true)
    await page.close()
  }, TIME)

  test('graphloom browser writes the files, and gives the Browser what the graph holds now', async () => {
    rmSync(join(cwd, HOME, 'pages/browser/graphloom/guide.html'))
    const outcome = await graphloom(['browser', '--out', 'made'], { cwd })
    expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining(link) })
    for (const name of ['guide.html', 'queries.cypher', 'queries.zip', 'style.grass']) expect(existsSync(join(cwd, 'made', name))).toBe(true)
    expect(await (await fetch(new URL('/browser/graphloom/guide.html', link))).text()).toBe(readFileSync(join(cwd, 'made/guide.html'), 'utf8'))
  }, TIME)

  test('graphloom browser makes them from an ontology file alone, too', async () => {
    const elsewhere = workFolder()
    try {
      const outcome = await graphloom(['browser', '--ontology', resolve('examples/ontology.yaml'), '--served', 'https://graphs.example.com/made'], { cwd: elsewhere })
      expect(outcome.stdout).toContain('browser.post_connect_cmd=style https://graphs.example.com/made/style.grass; guide https://graphs.example.com/made/guide.html')
      expect(outcome.stdout).toContain('browser.remote_content_hostname_whitelist=graphs.example.com,')
      expect(readFileSync(join(elsewhere, '.graphloom/browser/style.grass'), 'utf8')).toContain('node.Person')
    } finally {
      rmSync(elsewhere, { recursive: true, force: true })
    }
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return port
}
