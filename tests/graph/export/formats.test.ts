import { parse as parseCsv } from 'csv-parse/sync'
import { Parser as XmlParser } from 'htmlparser2'
import { Parser } from 'n3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commit, EXPORT_FORMATS, type ExportFormat, exportAs, exportFacts, type Fact, type GraphStore, settle } from '../../../graph/index.ts'
import { openStore } from '../../../graph/stores/index.ts'
import { company, date, documentOf, NOW, ONTOLOGY, person, place } from '../documents.ts'

const HOSTILE = 'Acme "<&\'>,;\u0007 Ünïcode 🦊 Corp'

let store: GraphStore
let facts: Fact[]
beforeAll(async () => {
  store = await openStore('sqlite::memory:')
  const acme = company(HOSTILE, { aliases: ['A,C'] })
  await commit(store, ONTOLOGY, [
    documentOf('a "b".txt', [{ head: person('Ada Lovelace'), relation: 'EMPLOYED_BY', tail: acme }, { head: acme, relation: 'FOUNDED_ON', tail: date('1842-05-01') }, { head: acme, relation: 'REVENUE', tail: { kind: 'quantity', value: '5 USD' } }]),
    documentOf('b.txt', [{ head: person('Ada Lovelace'), relation: 'EMPLOYED_BY', tail: acme }, { head: person('Grace Hopper'), relation: 'BORN_IN', tail: place('New York'), status: 'review' }, { head: company('Other Works'), relation: 'REVENUE', tail: { kind: 'quantity', value: '5 USD' } }]),
  ], NOW)
  await settle(store, ONTOLOGY, 'test', NOW)
  facts = []
  for await (const fact of exportFacts(store)) facts.push(fact)
})
afterAll(() => store.close())

async function files(format: ExportFormat, collection?: string): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {}
  for await (const { file, text } of exportAs(store, format, collection === undefined ? {} : { collection })) found[file] = (found[file] ?? '') + text
  return found
}

/** Names and attributes of all elements; fails where one is not closed by its own end. */
function elements(xml: string): readonly { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const found: { name: string; attributes: Record<string, string> }[] = []
  const open: string[] = []
  const parser = new XmlParser({
    onopentag: (name, attributes) => { found.push({ name, attributes }); open.push(name) },
    onclosetag: (name) => expect(open.pop()).toBe(name),
  }, { xmlMode: true, decodeEntities: true })
  parser.end(xml)
  expect(open).toEqual([])
  return found
}

test('the same graph gives the same bytes in every format, and an empty one is well-formed', async () => {
  for (const format of EXPORT_FORMATS) {
    expect(await files(format)).toEqual(await files(format))
    expect(Object.keys(await files(format, 'nothing'))).toEqual(Object.keys(await files(format)))
  }
})

describe.each([['turtle', 'text/turtle'], ['nquads', 'application/n-quads']] as const)('%s', (format, mediaType) => {
  test('holds accepted facts as triples, and all facts as statements with their evidence', async () => {
    const quads = new Parser({ format: mediaType }).parse((await files(format))[''] ?? '')
    const of = (predicate: string) => quads.filter((quad) => quad.predicate.value.endsWith(predicate))
    const triples = quads.filter((quad) => ['EMPLOYED_BY', 'FOUNDED_ON', 'REVENUE', 'BORN_IN'].some((name) => quad.predicate.value === ONTOLOGY.ontology.namespace + name))
    expect(triples).toHaveLength(facts.filter(({ status }) => status === 'accepted').length)
    expect(of('#subject')).toHaveLength(facts.length)
    expect(of('#value').map(({ object }) => object.value).sort()).toEqual(facts.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)).sort())
    expect(triples.find((quad) => quad.predicate.value.endsWith('FOUNDED_ON'))?.object).toMatchObject({ value: '1842-05-01', datatype: { value: 'http://www.w3.org/2001/XMLSchema#date' } })
    expect(of('rdf-schema#label').map(({ object }) => object.value)).toContain(HOSTILE)
    if (format === 'nquads') expect(new Set(quads.map(({ graph }) => graph.value))).toEqual(new Set(['urn:graphloom:collection:test']))
  })
})

test.each(['graphml', 'gexf'] as const)('%s has an edge for every fact, between nodes that are there', async (format) => {
  const all = elements((await files(format))[''] ?? '')
  const ids = all.filter(({ name }) => name === 'node').map(({ attributes }) => attributes['id'])
  const edges = all.filter(({ name }) => name === 'edge')
  expect(new Set(ids).size).toBe(ids.length)
  expect(edges.map(({ attributes }) => attributes['id'])).toEqual(facts.map(({ id }) => id))
  expect(edges.flatMap(({ attributes }) => [attributes['source'], attributes['target']]).filter((id) => !ids.includes(id))).toEqual([])
})

test('csv has a row for every entity, fact and place', async () => {
  const tables = await files('csv')
  const rows = (name: string) => parseCsv(tables[name] ?? '', { columns: true }) as Record<string, string>[]
  expect(rows('facts.csv').map(({ id }) => id)).toEqual(facts.map(({ id }) => id))
  expect(rows('evidence.csv').map(({ quote }) => quote)).toEqual(facts.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)))
  expect(rows('entities.csv').find(({ name }) => name === HOSTILE)).toMatchObject({ type: 'Company', aliases: '["A,C"]', mentions: '6' })
})

test('the files for neo4j-admin refer to nodes that are there, with headers of as many columns', async () => {
  const tables = await files('neo4j-admin')
  const rows = (name: string) => parseCsv(tables[`${name}-part1.csv`] ?? '') as string[][]
  const header = (name: string) => (tables[`${name}-header.csv`] ?? '').trim().split(',')
  const nodes = ['entities', 'literals', 'documents', 'passages', 'evidence', 'candidates']
  const ids = nodes.flatMap((name) => rows(name).map(([id]) => id))
  expect(new Set(ids).size).toBe(ids.length)
  for (const name of [...nodes, 'facts', 'places']) expect(rows(name).filter((row) => row.length !== header(name).length)).toEqual([])
  for (const name of ['facts', 'places']) {
    const ends = rows(name).flatMap((row) => [row[0], row[header(name).indexOf(':END_ID')]])
    expect(ends.length).toBeGreaterThan(0)
    expect(ends.filter((id) => !ids.includes(id ?? ''))).toEqual([])
  }
  expect(rows('facts').map((row) => row.at(-1)).sort()).toEqual(['EMPLOYED_BY', 'FOUNDED_ON', 'REVENUE', 'REVENUE'])
  expect(rows('candidates')).toHaveLength(1)
  for (const file of Object.keys(tables).filter((name) => name.endsWith('.csv'))) expect(tables['import.sh']).toContain(file)
})
