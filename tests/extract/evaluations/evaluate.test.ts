import { describe, expect, test } from 'vitest'
import { evaluate, type Extraction, type GoldDocument, parseGold } from '../../../extract/index.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'

const { ontology: parsed } = await parseOntology(`
name: companies
version: 1.0.0
types: { Person: { ner: [PER] }, Company: { ner: [ORG] } }
relations:
  WORKS_FOR: { description: "The head works for the tail.", domain: Person, range: Company }
  PARTNER_OF: { description: "Both work together.", domain: Company, range: Company, symmetric: true }
`, 'o.yaml', async () => '')
const ontology = compileOntology(parsed!)

/** An extraction that claims `triples` of named ends. */
function extractionOf(triples: readonly [head: string, relation: string, tail: string, score: number, status?: 'accepted' | 'review'][]): Extraction {
  const names = [...new Set(triples.flatMap(([head, , tail]) => [head, tail]))]
  const mention = (text: string) => ({ start: 0, end: text.length, text, kind: 'name' as const, sentence: 0, types: [], agreement: {}, finder: 'pattern' })
  return {
    document: 'doc:x', ontology: 'companies@1.0.0', model: 'm', warnings: [],
    chains: names.map((name, index) => ({ index, name, mentions: [mention(name)], links: [], aliases: [] })) as unknown as Extraction['chains'],
    triples: triples.map(([head, relation, tail, score, status = 'accepted']) => ({ head: names.indexOf(head), relation, tail: names.indexOf(tail), score, status, evidence: [] })),
    counts: { charactersSeen: 0, mentions: 0, chains: 0, pairs: 0, scored: 0, rejected: {}, milliseconds: {} },
  }
}
const gold = (...triples: [string, string, string][]): GoldDocument => ({ id: '1', triples: triples.map(([head, relation, tail]) => ({ relation, head: { names: [head] }, tail: { names: [tail] } })) })

describe('an evaluation', () => {
  test('counts each gold triple once, so that a second claim of it is wrong', () => {
    const { strict } = evaluate([{ extraction: extractionOf([['Ada', 'WORKS_FOR', 'Acme', 0.9], ['Ada', 'WORKS_FOR', 'ACME', 0.8]]), gold: gold(['Ada', 'WORKS_FOR', 'Acme'], ['Bob', 'WORKS_FOR', 'Acme']) }], ontology)
    expect(strict).toEqual({ right: 1, wrong: 1, missed: 1, precision: 0.5, recall: 0.5, f1: 0.5 })
  })

  test('tells whole names from overlapping ones', () => {
    const { strict, overlap } = evaluate([{ extraction: extractionOf([['Ada Lovelace', 'WORKS_FOR', 'the Acme Corp', 0.9]]), gold: gold(['Lovelace', 'WORKS_FOR', 'Acme Corp']) }], ontology)
    expect([strict.right, overlap.right]).toEqual([0, 1])
  })

  test('takes a symmetric relation both ways and another one way only', () => {
    const { relations } = evaluate([{ extraction: extractionOf([['B', 'PARTNER_OF', 'A', 0.9], ['Acme', 'WORKS_FOR', 'Ada', 0.9]]), gold: gold(['A', 'PARTNER_OF', 'B'], ['Ada', 'WORKS_FOR', 'Acme']) }], ontology)
    expect([relations['PARTNER_OF']!.strict.right, relations['WORKS_FOR']!.strict.right]).toEqual([1, 0])
  })

  test('leaves out what was not looked for', () => {
    const { strict } = evaluate([{ extraction: extractionOf([['Ada', 'WORKS_FOR', 'Acme', 0.9]]), gold: { ...gold(['A', 'PARTNER_OF', 'B']), annotated: ['PARTNER_OF'] } }], ontology)
    expect(strict).toMatchObject({ right: 0, wrong: 0, missed: 1 })
  })

  test('measures calibration over accepted and doubtful claims', () => {
    const claims: [string, string, string, number, 'accepted' | 'review'][] = Array.from({ length: 10 }, (_, k) => [`P${k}`, 'WORKS_FOR', 'Acme', 0.65, 'review'])
    const { calibrationError, bins, strict } = evaluate([{ extraction: extractionOf(claims), gold: gold(...claims.slice(0, 4).map(([head, relation, tail]): [string, string, string] => [head, relation, tail])) }], ontology)
    expect(calibrationError).toBeCloseTo(0.25, 6)
    expect(bins[6]).toMatchObject({ claims: 10, shareRight: 0.4 })
    expect(strict.right + strict.wrong).toBe(0)
  })

  test('refuses a gold line that names no relation of the ontology, and says which', () => {
    expect(() => parseGold('{"id":"1","triples":[{"relation":"HATES","head":{"names":["a"]},"tail":{"names":["b"]}}]}', 3, ontology)).toThrow(/Line 3 .*"HATES"/)
    expect(() => parseGold('{"id":1}', 1, ontology)).toThrow(/no id/)
    expect(() => parseGold('nothing', 1, ontology)).toThrow(/not JSON/)
  })
})
