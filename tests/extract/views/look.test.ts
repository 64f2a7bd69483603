// On the shipped entity encoder.
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openEncoders } from '../../../extract/encoders/index.ts'
import type { EntityEncoder } from '../../../extract/entity-encoder.ts'
import { describeKinds, look, type Linkable } from '../../../extract/views/index.ts'
import type { Document, Span } from '../../../ingest/index.ts'
import { documentOf, ontologyOf } from '../mentions/sample.ts'

const { entities, close } = await openEncoders({ models: fileURLToPath(new URL('../../../models', import.meta.url)), device: 'cpu', workers: 1 })
afterAll(close)

const ontology = ontologyOf({
  Person: { description: 'A human being.' }, Company: { description: 'A business that makes or sells things.' }, City: { description: 'A town or city.' },
  Disease: { description: 'A disorder that a patient suffers from.' },
})
const kinds = await describeKinds(ontology, entities)
const spanOf = ({ text }: Document, words: string): Span => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })
const seen = async (document: Document, ...words: string[]) => look(document, words.map((each) => spanOf(document, each)), entities, kinds)

describe('a view', () => {
  const document = documentOf(['Maria Keller joined Siemens in Munich in 2019.', 'She had studied in Berlin.'])

  it('has the names of the text with their coarse types', async () => {
    const { names } = await seen(document)
    expect(names.map(({ start, end, coarse, sentence }) => [document.text.slice(start, end), coarse, sentence])).toEqual([
      ['Maria Keller', 'PER', 0], ['Siemens', 'ORG', 0], ['Munich', 'LOC', 0], ['Berlin', 'LOC', 1],
    ])
    for (const { score } of names) expect(score).toBeGreaterThan(0.5)
  })

  it('tells what a span is by the descriptions of the types', async () => {
    const view = await seen(document, 'Maria Keller', 'Siemens', 'Munich', 'studied')
    const best = (words: string) => [...kinds.keys()].sort((a, b) => view.kind(spanOf(document, words), b)! - view.kind(spanOf(document, words), a)!)[0]
    expect(['Maria Keller', 'Siemens', 'Munich'].map(best)).toEqual(['Person', 'Company', 'City'])
    for (const type of kinds.keys()) expect(view.kind(spanOf(document, 'studied'), type)).toBeLessThan(0.5)
  })

  it('says nothing of spans that nobody asked for, of types that nobody described, and of places without pieces', async () => {
    const view = await seen(document, 'Siemens')
    expect(view.kind(spanOf(document, 'studied'), 'Person')).toBeUndefined()
    expect(view.kind(spanOf(document, 'Siemens'), 'Planet')).toBeUndefined()
    expect(view.coarse({ start: 5, end: 6 })).toBeUndefined()
  })

  it('prefers the person as what a pronoun goes on', async () => {
    const view = await seen(document, 'Maria Keller', 'Siemens', 'Munich', 'She')
    const linkable = (words: string, kind: Linkable['kind'], sentence: number): Linkable => ({ ...spanOf(document, words), text: words, kind, sentence })
    const she = linkable('She', 'pronoun', 1)
    const logit = (words: string) => view.link(she, linkable(words, 'name', 0))!
    expect(logit('Maria Keller')).toBeGreaterThan(logit('Siemens'))
    expect(logit('Maria Keller')).toBeGreaterThan(logit('Munich'))
  })

  it('is the same whatever else was asked for', async () => {
    const [alone, among] = [await seen(document, 'Siemens'), await seen(document, 'Siemens', 'studied', 'She', 'joined')]
    expect(among.kind(spanOf(document, 'Siemens'), 'Company')).toBe(alone.kind(spanOf(document, 'Siemens'), 'Company'))
  })

  it('of an empty document is empty', async () => {
    expect((await look({ ...document, text: '', sentences: [] }, [], entities, kinds)).names).toEqual([])
  })
})

describe('a long document', () => {
  it('is seen to its end, window by window, and names never leave their sentence', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 400 }), async (count, words) => {
      const document = documentOf([...Array.from({ length: count }, (_, k) => `Lena Fischer met Omar Haddad in Oslo on day ${k}.`), `${'word '.repeat(words)}reached Lisbon.`])
      const { names, coarse } = await seen(document)
      for (const { start, end, sentence } of names) {
        expect(start).toBeGreaterThanOrEqual(document.sentences[sentence]!.start)
        expect(end).toBeLessThanOrEqual(document.sentences[sentence]!.end)
      }
      // What the encoder holds of a name behind a run of bare words is not a promise; that it looked at it is.
      expect(coarse(spanOf(document, 'Lisbon'))).toBeDefined()
    }), { numRuns: 6 })
  })

  it('has the last of its names found as the first is', async () => {
    const { names } = await seen(documentOf(Array.from({ length: 120 }, (_, k) => `Lena Fischer met Omar Haddad in Oslo on day ${k}.`)))
    expect(names.filter(({ sentence }) => sentence === 119).map(({ coarse }) => coarse)).toEqual(['PER', 'PER', 'LOC'])
  })

  it('costs the encoder one pass over its pieces', async () => {
    const document = documentOf(Array.from({ length: 80 }, (_, k) => `Lena Fischer met Omar Haddad in Oslo on day ${k}.`))
    let pieces = 0
    const counting: EntityEncoder = { ...entities, encode: (inputs) => { for (const { ids } of inputs) pieces += ids.length - 2; return entities.encode(inputs) } }
    await look(document, [], counting, kinds)
    expect(pieces).toBe(document.sentences.reduce((sum, { start, end }) => sum + entities.tokenizer.tokenize(document.text.slice(start, end)).ids.length, 0))
  })
})
