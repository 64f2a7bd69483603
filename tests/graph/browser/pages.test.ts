import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { fromBufferPromise } from 'yauzl'
import { expect, test } from 'vitest'
import { browserPages, savedQueries } from '../../../graph/browser/index.ts'
import { ONTOLOGY, ontologyOf } from '../documents.ts'

const { ontology } = ONTOLOGY
const EXAMPLE = { id: 'fact:1', relation: 'EMPLOYED_BY', head: 'Ada Lovelace', tail: 'Acme Corp' }
const bodyOf = (name: string, pages = browserPages([ontology], EXAMPLE)): string => String(pages.find((page) => page.name === name)?.body)

/** Texts of the queries that a guide offers for a click. */
function runnable(html: string): string[] {
  const found: string[] = []
  let open = false
  const parser = new Parser({
    onopentag: (name, { class: classes = '' }) => {
      open = name === 'pre' && classes.split(' ').includes('runnable')
      if (open) found.push('')
    },
    ontext: (text) => { if (open) found[found.length - 1] += text },
    onclosetag: () => { open = false },
  }, { decodeEntities: true })
  parser.end(html)
  return found
}

test('the guide has a slide for each thing that people ask first, and every query for a click', () => {
  const guide = bodyOf('guide.html')
  for (const heading of ['Overview', 'One entity', 'The evidence behind an edge', 'Facts in review', 'What changed last', 'Schema', 'By type', 'By relation']) expect(guide).toContain(`<h3>${heading}</h3>`)
  expect(guide.match(/<slide>/gu)).toHaveLength(8)
  expect(runnable(guide)).toEqual(savedQueries([ontology], EXAMPLE).map(({ cypher }) => cypher))
})

test('a name cannot leave the string or the page that it is written into', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (head) => {
      const queries = savedQueries([ontology], { ...EXAMPLE, head })
      expect(runnable(bodyOf('guide.html', browserPages([ontology], { ...EXAMPLE, head })))).toEqual(queries.map(({ cypher }) => cypher.replaceAll('\r\n', '\n')))
      for (const { cypher } of queries) expect(cypher.replace(/'(?:[^'\\]|\\.)*'/gu, '')).not.toMatch(/['\\]/u)
    }),
  )
})

test('nothing in the guide looks like an event handler, which Neo4j Browser cuts out of the text', () => {
  const { ontology: odd } = ontologyOf({ A: {} }, { ONSET: { domain: ['A'], range: ['A'], label: 'once = "now"' } })
  expect(bodyOf('guide.html', browserPages([odd], { ...EXAMPLE, head: 'one = "two"' }))).not.toMatch(/\son[^\s=]+\s*=/u)
})

test('the guide of an empty graph says how to fill it', () => {
  const guide = bodyOf('guide.html', browserPages([]))
  expect(guide).toContain('graphloom ingest')
  expect(runnable(guide)).toEqual([])
})

test('saved queries are one file to read and one archive to drop onto Neo4j Browser, each named by its first line', async () => {
  const pages = browserPages([ontology], EXAMPLE)
  const archive = await fromBufferPromise(Buffer.from(pages.find(({ name }) => name === 'queries.zip')?.body as Uint8Array))
  const texts: string[] = []
  for await (const entry of archive.eachEntry()) {
    expect(entry.fileName).toMatch(/^Graphloom\/\d{3}-[a-z0-9-]+\.cypher$/u)
    const chunks: Buffer[] = []
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    texts.push(Buffer.concat(chunks).toString('utf8'))
  }
  expect(texts.join('\n')).toBe(bodyOf('queries.cypher', pages))
  expect(texts).toHaveLength(savedQueries([ontology], EXAMPLE).length)
  for (const text of texts) expect(text).toMatch(/^\/\/ [A-Z][a-z]+: .+\n[\s\S]+;\n$/u)
})

test('the same ontologies give the same bytes', () => {
  expect(browserPages([ontology], EXAMPLE)).toEqual(browserPages([structuredClone(ontology)], { ...EXAMPLE }))
})
