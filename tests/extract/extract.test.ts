import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openEncoders } from '../../extract/encoders/index.ts'
import { compileExtractor } from '../../extract/index.ts'
import { type Document, segment } from '../../ingest/index.ts'
import { compileOntology, parseOntology } from '../../ontology/index.ts'

const { ontology: parsed } = await parseOntology(`
name: companies
version: 1.0.0
types:
  Person: { description: "A human being.", ner: [PER], names: ["Ada Lovelace", "Grace Hopper", "Alan Turing"] }
  Company: { description: "A business.", ner: [ORG], names: ["Acme Corp", "Remington Rand", "Bletchley Works"] }
relations:
  EMPLOYED_BY:
    label: employed by
    description: "The head works, or worked, for the tail."
    domain: Person
    range: Company
    aliases: ["works for", "joined"]
    examples:
      - "<h>Mary Jackson</h> joined <t>Hidden Engines</t> in 1958."
      - "<h>Joan Clarke</h> works for <t>Hut Eight</t> as an engineer."
      - "<t>Norse Data</t> hired <h>Karen Jones</h> last year."
      - "<h>Katherine Johnson</h>, who was employed by <t>Langley Systems</t>, lives in Virginia."
    negatives:
      - "<h>Mary Jackson</h> read a book about <t>Hidden Engines</t>."
      - "<h>Joan Clarke</h> sued <t>Hut Eight</t>."
`, 'o.yaml', async () => '')
const ontology = compileOntology(parsed!)
const models = fileURLToPath(new URL('../../models', import.meta.url))
const encoders = await Promise.all([openEncoders({ models, device: 'cpu', workers: 1 }), openEncoders({ models, device: 'cpu', workers: 2 })])
afterAll(() => Promise.all(encoders.map(({ close }) => close())))

function documentOf(text: string): Document {
  return { id: 'doc:x', collection: 'c', uri: 'x', title: '', mediaType: 'text/plain', language: 'en', sha256: '', text, charactersRead: text.length, pages: [], ...segment(text), offsets: [[0, 0]], metadata: {} }
}
const extractors = await Promise.all(encoders.map(({ relations: encoder, entities }) => compileExtractor({ ontology, encoder, entities, clock: () => 0, options: { precision: 0.8 } })))
const extract = (text: string) => extractors[0]!.extract(documentOf(text))

describe('the extractor', () => {
  test('finds a taught relation with evidence that quotes the text', async () => {
    const { triples, chains, counts } = await extract('The meeting was long. Ada Lovelace joined Acme Corp in 1842.')
    expect(triples).toHaveLength(1)
    const [triple] = triples
    expect([chains[triple!.head]!.name, triple!.relation, chains[triple!.tail]!.name]).toEqual(['Ada Lovelace', 'EMPLOYED_BY', 'Acme Corp'])
    expect(triple!.evidence[0]!.quote).toBe('Ada Lovelace joined Acme Corp in 1842.')
    expect(counts.charactersSeen).toBe('The meeting was long. Ada Lovelace joined Acme Corp in 1842.'.length)
  })

  test('does not take a co-occurrence for a statement, and rejects what is denied or supposed with that reason', async () => {
    expect((await extract('Grace Hopper read a long book about Remington Rand.')).triples.filter(({ status }) => status === 'accepted')).toEqual([])
    const denied = await extract('Grace Hopper never joined Remington Rand.')
    expect([denied.triples, denied.counts.rejected]).toEqual([[], { negated: 1 }])
    const supposed = await extract('Grace Hopper may join Remington Rand.')
    expect([supposed.triples, supposed.counts.rejected]).toEqual([[], { hypothetical: 1 }])
  })

  test('gives the same extraction for one worker and for two', async () => {
    const text = 'Ada Lovelace joined Acme Corp. Alan Turing works for Bletchley Works. Remington Rand hired Grace Hopper. '.repeat(3)
    const [a, b] = await Promise.all(extractors.map((extractor) => extractor.extract(documentOf(text))))
    expect(JSON.stringify(a)).toBe(JSON.stringify(b))
    expect(extractors[0]!.stamp).toBe(extractors[1]!.stamp)
  })

  test('sees a sentence of any length whole', async () => {
    const text = `${'Nothing at all happened on that very long day in the office, '.repeat(60)}and Ada Lovelace joined Acme Corp.`
    const { triples, counts } = await extract(text)
    expect(triples.map(({ relation }) => relation)).toEqual(['EMPLOYED_BY'])
    expect(counts.charactersSeen).toBe(text.length)
  })

  test('refuses a precision that is none', async () => {
    await expect(compileExtractor({ ontology, encoder: encoders[0]!.relations, entities: encoders[0]!.entities, clock: () => 0, options: { precision: 1 } })).rejects.toMatchObject({ code: 'usage.precision' })
  })
})
