import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calibrate, probability, SHARED } from '../../../extract/triples/calibrate.ts'

const example = (score: number, positive: boolean) => ({ positive, target: Number(positive), weight: 1, score })

describe('calibration', () => {
  test('starts from the shared line without examples', () => {
    expect(calibrate([])).toEqual(SHARED)
  })
  test('lowers a relation whose high scores were wrong, and raises one whose low scores were right', () => {
    const wrong = calibrate([example(3, true), ...Array.from({ length: 10 }, () => example(3, false))])
    const right = calibrate(Array.from({ length: 10 }, () => example(0, true)))
    expect(probability(wrong, 3)).toBeLessThan(probability(SHARED, 3))
    expect(probability(right, 0)).toBeGreaterThan(probability(SHARED, 0))
  })
  test('keeps the order of scores, stays finite and is rounded', () => {
    fc.assert(fc.property(fc.array(fc.record({ score: fc.double({ min: -1e3, max: 1e3, noNaN: true }), positive: fc.boolean() })), (examples) => {
      const line = calibrate(examples.map(({ score, positive }) => example(score, positive)))
      const [low, high] = [probability(line, -2), probability(line, 2)]
      expect(low).toBeLessThan(high)
      expect(high * 1e4).toBeCloseTo(Math.round(high * 1e4), 6)
    }))
  })
})
