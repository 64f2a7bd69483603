import { describe, expect, test } from 'vitest'
import type { Chain } from '../../../extract/chains/index.ts'
import type { Claim } from '../../../extract/triples/claim.ts'
import { settleTypes } from '../../../extract/triples/settle.ts'
import { ontologyOf } from '../mentions/sample.ts'

const relation = (name: string, domain: string, range: string) => ({ name, label: name, description: '', domain: [domain], range: [range], aliases: [], examples: [], negatives: [], symmetric: false, functional: false })
const ontology = ontologyOf({ Institute: { ner: ['ORG'] }, Company: { ner: ['ORG'] }, Person: { ner: ['PER'] } }, {
  SUBSIDIARY_OF: relation('SUBSIDIARY_OF', 'Company', 'Company'), LED_BY: relation('LED_BY', 'Institute', 'Person'),
} as never)

/** Chains of one name each, with the types that it may have, best first. */
const chains = [['Institute', 'Company'], ['Company'], ['Person']].map((types, index) => ({ index, name: `${index}`, aliases: [], links: [], type: types[0], mentions: [{ kind: 'name', finder: 'writing', types }] })) as unknown as readonly Chain[]
const claim = (head: number, relation: string, tail: number, score: number) => ({ head, relation, tail, score, places: [] }) as unknown as Claim

describe('types by claims', () => {
  test('follow a claim that is likelier right than wrong', () => {
    const settled = settleTypes([claim(0, 'SUBSIDIARY_OF', 1, 0.6)], chains, ontology)
    expect([settled.claims.length, settled.chains[0]!.type, settled.refused]).toEqual([1, 'Company', []])
  })

  test('are not moved by one that is likelier wrong: it is refused for its domain', () => {
    const settled = settleTypes([claim(0, 'SUBSIDIARY_OF', 1, 0.3), claim(0, 'LED_BY', 2, 0.3)], chains, ontology)
    expect([settled.claims.map(({ relation }) => relation), settled.chains[0]!.type, settled.refused]).toEqual([['LED_BY'], 'Institute', ['domain']])
  })

  test('hear the surer of two claims that ask for different types', () => {
    const settled = settleTypes([claim(0, 'LED_BY', 2, 0.6), claim(0, 'SUBSIDIARY_OF', 1, 0.9)], chains, ontology)
    expect([settled.claims.map(({ relation }) => relation), settled.chains[0]!.type, settled.refused]).toEqual([['SUBSIDIARY_OF'], 'Company', ['domain']])
  })
})
