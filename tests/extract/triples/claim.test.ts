import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gatherClaims } from '../../../extract/triples/claim.ts'
import type { ScoredPair } from '../../../extract/triples/score.ts'
import { ontologyOf } from '../mentions/sample.ts'

const relation = (name: string, symmetric: boolean) => ({ name, domain: ['Person'], range: ['Person'], symmetric })
const ontology = ontologyOf({ Person: {} }, { MARRIED_TO: relation('MARRIED_TO', true), TAUGHT: relation('TAUGHT', false) } as never)

/** One place: who, with whom, in which mention, and how likely. */
const place = ([head, tail, mention, score]: readonly [number, number, number, number], named = 'TAUGHT'): ScoredPair =>
  ({ pair: { head, tail, headMention: mention, tailMention: 0, relations: [named], window: { start: mention, end: mention + 9 }, sentence: mention }, relation: named, score, assertion: 'stated' })
const places = fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 9999 }).map((value) => value / 1e4)), { maxLength: 12, selector: ([head, tail, mention]) => `${head} ${tail} ${mention}` })

describe('the claims of a document', () => {
  test('hold each place once, the best first, whose score is the claim\'s', () => {
    fc.assert(fc.property(places, (some) => {
      const claims = gatherClaims(some.map((one) => place(one)), ontology)
      expect(claims.flatMap((claim) => claim.places)).toHaveLength(some.length)
      for (const claim of claims) {
        expect(claim.score).toBe(Math.max(...claim.places.map(({ score }) => score)))
        expect(claim.places[0]!.score).toBe(claim.score)
      }
      expect(new Set(claims.map(({ head, tail }) => `${head} ${tail}`)).size).toBe(claims.length)
    }))
  })

  test('do not hang on the order in which places come', () => {
    fc.assert(fc.property(places, (some) => {
      expect(gatherClaims(some.map((one) => place(one)).reverse(), ontology)).toEqual(gatherClaims(some.map((one) => place(one)), ontology))
    }))
  })

  test('are one for both directions of a symmetric relation, and two otherwise', () => {
    const both = [[0, 1, 0, 0.4], [1, 0, 1, 0.6]] as const
    expect(gatherClaims(both.map((one) => place(one, 'MARRIED_TO')), ontology)).toMatchObject([{ head: 0, tail: 1, score: 0.6 }])
    expect(gatherClaims(both.map((one) => place(one)), ontology)).toMatchObject([{ head: 0, tail: 1, score: 0.4 }, { head: 1, tail: 0, score: 0.6 }])
  })
})
