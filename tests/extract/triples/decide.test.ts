import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptanceThreshold, reviewThreshold } from '../../../extract/triples/decide.ts'

const precision = fc.double({ min: 0.01, max: 0.99, noNaN: true })

describe('the policy', () => {
  test('asks for higher scores the more precision is asked for, and for a score that there can be', () => {
    fc.assert(fc.property(precision, precision, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map(acceptanceThreshold) as [number, number]
      expect(low).toBeLessThanOrEqual(high)
      expect(high).toBeLessThan(1)
      expect(low).toBeGreaterThan(0)
    }))
  })

  test('lets people look at less sure claims than it accepts, but at none that is likelier wrong than right by three to two', () => {
    fc.assert(fc.property(precision, (p) => {
      expect(reviewThreshold(p)).toBeLessThan(acceptanceThreshold(p))
      expect(reviewThreshold(p)).toBeLessThanOrEqual(0.4)
    }))
  })
})
