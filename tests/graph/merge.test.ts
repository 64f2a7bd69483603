import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Statement } from '../../graph/claim.ts'
import { addStatement, keyOfFact, mergedFact, mergingOf } from '../../graph/merge.ts'
import { ONTOLOGY } from './documents.ts'

const key = keyOfFact('test', 'ent:a', 'EMPLOYED_BY', 'ent:b', ONTOLOGY)

/** The fact that documents make, each with its scores in order. */
function merged(...documents: readonly (readonly number[])[]) {
  const merging = mergingOf(key)
  for (const [number, scores] of documents.entries()) {
    for (const [index, tripleScore] of scores.entries()) {
      const document: Statement['document'] = `doc:${String(number).padStart(4, '0')}`
      addStatement(merging, { id: `${document}#${index}`, document, index, relation: 'EMPLOYED_BY', tripleScore, tripleStatus: 'review', score: tripleScore, ontology: 'o', model: 'm', head: 'ent:a', tail: 'ent:b', fact: key.id })
    }
  }
  return mergedFact(merging)
}

test('one document keeps its score, more raise it, none reaches certainty', () => {
  expect(merged([0.97]).score).toBe(0.97)
  expect(merged([0.9], [0.9])).toMatchObject({ score: 0.99, support: 2 })
  expect(merged([1], [1]).score).toBe(0.9999)
})

test('places in one document are one opinion, the best', () => {
  expect(merged([0.6, 0.9, 0.7])).toMatchObject({ score: 0.9, support: 1, evidence: ['doc:0000#1', 'doc:0000#2', 'doc:0000#0'] })
})

test('the best five pieces of evidence are named, however many there are', () => {
  expect(merged(...Array.from({ length: 300 }, (_, n) => [0.5 + (n % 50) / 100])).evidence).toEqual(['0049', '0099', '0149', '0199', '0249'].map((number) => `doc:${number}#0`))
})

test('a combined score is at least the best and has four decimals', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1 }), (parts) => {
      const scores = parts.map((part) => part / 1e4)
      const { score } = merged(...scores.map((one) => [one]))
      expect(score).toBeGreaterThanOrEqual(Math.max(...scores))
      expect(Math.round(score * 1e4) / 1e4).toBe(score)
    }),
  )
})
