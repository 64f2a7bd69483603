import fc from 'fast-check'
import { expect, test } from 'vitest'
import { noisyOr } from '../../graph/merge.ts'

test('one document keeps its score, more raise it, none reaches certainty', () => {
  expect(noisyOr([0.97])).toBe(0.97)
  expect(noisyOr([0.9, 0.9])).toBe(0.99)
  expect(noisyOr([1, 1])).toBe(0.9999)
})

test('a combined score is at least the best and has four decimals', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1 }), (parts) => {
      const scores = parts.map((part) => part / 1e4)
      const score = noisyOr(scores)
      expect(score).toBeGreaterThanOrEqual(Math.max(...scores))
      expect(Math.round(score * 1e4) / 1e4).toBe(score)
    }),
  )
})
