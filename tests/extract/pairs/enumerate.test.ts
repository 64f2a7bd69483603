import { describe, expect, test } from 'vitest'
import type { Chain } from '../../../extract/chains/index.ts'
import type { Mention } from '../../../extract/mentions/index.ts'
import { enumeratePairs } from '../../../extract/pairs/index.ts'
import type { Document } from '../../../ingest/index.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'

const checked = await parseOntology(`
name: t
version: 1.0.0
types:
  Person: { ner: [PER] }
  Company: { ner: [ORG] }
  City: { ner: [LOC] }
  Country: { ner: [LOC] }
  Gadget: {}
relations:
  WORKS_FOR: { domain: Person, range: Company }
  CAPITAL_OF: { domain: City, range: Country }
  KNOWS: { domain: Person, range: Person, symmetric: true }
  BORN: { domain: Person, range: date }
  MAKES: { domain: Company, range: Gadget }
`, 't.yaml', async () => '')
const ontology = compileOntology(checked.ontology!)

function documentOf(text: string, paragraphs: readonly number[] = []): Document {
  const sentences = [...text.matchAll(/[^.]+\./gu)].map((match, index) => {
    const start = match.index + (match[0].length - match[0].trimStart().length)
    return { start, end: match.index + match[0].length, index, kind: 'prose' as const, paragraph: paragraphs[index] ?? 0 }
  })
  return { id: 'doc:x', collection: '', uri: '', title: '', mediaType: '', language: 'en', sha256: '', text, charactersRead: text.length, pages: [], sections: [], sentences, offsets: [], metadata: {} }
}

function chainsOf(document: Document, ...ends: readonly (readonly [string, readonly string[], Partial<Mention>?])[]): Chain[] {
  return ends.map(([name, types, more], index) => {
    const mentions = [...document.text.matchAll(new RegExp(name, 'gu'))].map((match): Mention => ({
      start: match.index, end: match.index + name.length, text: name, kind: 'name', types, agreement: {}, finder: 'compromise',
      sentence: document.sentences.findIndex(({ start, end }) => match.index >= start && match.index < end), ...more,
    }))
    return { index, name, aliases: [], ...(types[0] ? { type: types[0] } : {}), ...(more?.literal ? { literal: more.literal } : {}), mentions, links: [] }
  })
}

const told = (document: Document, chains: Chain[]) => enumeratePairs(document, chains, ontology).pairs.map(({ head, tail, relations }) => `${chains[head]!.name} ${relations.join('|')} ${chains[tail]!.name}`)

describe('pairs', () => {
  test('are those that the ontology allows, in the directions that it allows', () => {
    const document = documentOf('Ada met Bob at Acme in 1842.')
    const chains = chainsOf(document, ['Ada', ['Person']], ['Bob', ['Person']], ['Acme', ['Company']], ['1842', [], { kind: 'literal', literal: { kind: 'date', value: '1842' } }])
    expect(told(document, chains).sort()).toEqual(['Ada BORN 1842', 'Ada KNOWS Bob', 'Ada WORKS_FOR Acme', 'Bob BORN 1842', 'Bob KNOWS Ada', 'Bob WORKS_FOR Acme'])
  })

  test('consider every type that a coarse recognizer leaves open, and types without hints for names of no known kind', () => {
    const document = documentOf('Paris is in France. Acme sells Wizzo.')
    const open = ['City', 'Country']
    expect(told(document, chainsOf(document, ['Paris', open], ['France', open]))).toContain('Paris CAPITAL_OF France')
    expect(told(document, chainsOf(document, ['Acme', ['Company']], ['Wizzo', []]))).toEqual(['Acme MAKES Wizzo'])
  })

  test('cross one sentence boundary inside a paragraph, and only where no sentence holds both', () => {
    const near = documentOf('Ada spoke. Acme paid. Nobody heard.')
    expect(told(near, chainsOf(near, ['Ada', ['Person']], ['Acme', ['Company']]))).toEqual(['Ada WORKS_FOR Acme'])
    const apart = documentOf('Ada spoke. Acme paid.', [0, 1])
    expect(told(apart, chainsOf(apart, ['Ada', ['Person']], ['Acme', ['Company']]))).toEqual([])
    const both = documentOf('Ada joined Acme. Ada spoke.')
    expect(told(both, chainsOf(both, ['Ada', ['Person']], ['Acme', ['Company']]))).toHaveLength(1)
  })

  test('leave out chains that no name was found for', () => {
    const document = documentOf('He joined Acme.')
    expect(told(document, chainsOf(document, ['He', ['Person'], { kind: 'pronoun' }], ['Acme', ['Company']]))).toEqual([])
  })

  test('take what is described for a thing of its own only where such things may go without a name', () => {
    const document = documentOf('The pump failed at Acme.')
    const pump: Partial<Mention> = { kind: 'nominal' }
    expect(told(document, chainsOf(document, ['The pump', ['Gadget'], pump], ['Acme', ['Company']]))).toEqual([])
    expect(told(document, chainsOf(document, ['The pump', ['Gadget'], { ...pump, unnamed: true }], ['Acme', ['Company']]))).toEqual(['Acme MAKES The pump'])
  })

  test('beyond the limit keep the nearest and count the rest', () => {
    const document = documentOf('Ada and far away from her Acme and Bolt.')
    const chains = chainsOf(document, ['Ada', ['Person']], ['Acme', ['Company']], ['Bolt', ['Company']])
    const { pairs, dropped } = enumeratePairs(document, chains, ontology, { maxPairs: 1, maxPairsInSentence: 4 })
    expect([pairs.map(({ tail }) => tail), dropped]).toEqual([[1], 1])
  })

  test('in a table row join the first cell with the others', () => {
    const text = 'Ada | Acme | Bolt.'
    const document = { ...documentOf(text), sentences: [{ start: 0, end: text.length, index: 0, kind: 'row' as const, paragraph: 0, cells: [{ start: 0, end: 3 }, { start: 6, end: 10, header: 'Employer' }, { start: 13, end: 17 }] }] }
    expect(told(document, chainsOf(document, ['Ada', ['Person']], ['Acme', ['Company']], ['Bolt', ['Company']]))).toEqual(['Ada WORKS_FOR Acme', 'Ada WORKS_FOR Bolt'])
    expect(told(document, chainsOf(document, ['Acme', ['Person']], ['Bolt', ['Company']]))).toEqual([])
  })

  test('in a table row join two other cells where the first can have no part in it', () => {
    const text = 'Oslo | Acme | Wizzo.'
    const document = { ...documentOf(text), sentences: [{ start: 0, end: text.length, index: 0, kind: 'row' as const, paragraph: 0, cells: [{ start: 0, end: 4 }, { start: 7, end: 11 }, { start: 14, end: 19 }] }] }
    expect(told(document, chainsOf(document, ['Oslo', ['City']], ['Acme', ['Company']], ['Wizzo', ['Gadget']]))).toEqual(['Acme MAKES Wizzo'])
    expect(told(document, chainsOf(document, ['Oslo', ['Company']], ['Acme', ['Company']], ['Wizzo', ['Gadget']]))).toEqual(['Oslo MAKES Wizzo'])
  })
})
