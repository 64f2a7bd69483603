import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { operatingPoint, wilson } from '../../../extract/triples/index.ts'

const judged = fc.array(fc.record({ positive: fc.boolean(), score: fc.double({ min: 0, max: 1, noNaN: true }) }), { maxLength: 60 })

describe('operating points', () => {
  test('keep the precision that was asked for, wherever a score can', () => {
    fc.assert(fc.property(judged, fc.constantFrom(0.5, 0.7, 0.9), (examples, target) => {
      const { score, precision } = operatingPoint(target, examples)
      if (score === undefined) return
      const accepted = examples.filter((each) => each.score >= score)
      expect(accepted.filter(({ positive }) => positive).length / accepted.length).toBeGreaterThanOrEqual(target)
      expect(precision).toBeGreaterThanOrEqual(target - 1e-4)
    }))
  })

  test('promise less where examples are few', () => {
    expect(wilson(5, 5)).toBeLessThan(wilson(50, 50))
    expect(wilson(50, 50)).toBeLessThan(1)
    expect(wilson(0, 0)).toBe(0)
  })

  test('say that there is none where every score holds more wrong than right', () => {
    expect(operatingPoint(0.9, [{ positive: false, score: 0.8 }, { positive: true, score: 0.2 }])).toEqual({ target: 0.9 })
  })
})
