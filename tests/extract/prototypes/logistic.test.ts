import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { solveLogistic } from '../../../extract/prototypes/logistic.ts'

function problem(rows: readonly (readonly number[])[], labels: readonly boolean[]) {
  const n = rows.length
  const gram = new Float64Array(n * n)
  rows.forEach((a, i) => rows.forEach((b, j) => { gram[i * n + j] = a.reduce((sum, value, k) => sum + value * b[k]!, 0) }))
  return { gram, targets: labels.map(Number), weights: labels.map(() => 1), prior: labels.map(() => -1) }
}

describe('the logistic head', () => {
  test('separates what is separable and gives its scores back from the dual', () => {
    const rows = [[3, 1], [2.5, 1], [-3, 1], [-2, 1]]
    const asked = problem(rows, [true, true, false, false])
    const { dual, scores } = solveLogistic(asked)
    expect(Math.min(scores[0]!, scores[1]!)).toBeGreaterThan(0)
    expect(Math.max(scores[2]!, scores[3]!)).toBeLessThan(0)
    rows.forEach((_, i) => expect(asked.prior[i]! + dual.reduce((sum, d, j) => sum + d * asked.gram[i * 4 + j]!, 0)).toBeCloseTo(scores[i]!, 4))
  })

  test('gives an example the score that the others make, near what a fit without it gives', () => {
    const rows = [[1, 0.2], [0.9, -0.4], [1.2, 0.3], [-1, 0.1], [-0.8, 0.5], [0.7, 0.1]]
    const labels = [true, true, true, false, false, false]
    const { leftOut, scores } = solveLogistic(problem(rows, labels))
    rows.forEach((row, i) => {
      const rest = rows.filter((_, k) => k !== i)
      const { dual } = solveLogistic(problem(rest, labels.filter((_, k) => k !== i)))
      const exact = -1 + rest.reduce((sum, other, j) => sum + dual[j]! * other.reduce((product, value, k) => product + value * row[k]!, 0), 0)
      expect(Math.abs(leftOut[i]! - exact)).toBeLessThan(0.35)
      expect(labels[i] ? leftOut[i]! <= scores[i]! : leftOut[i]! >= scores[i]!).toBe(true)
    })
  })

  test('stays finite on contradictory and repeated examples', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.boolean()), { minLength: 1, maxLength: 12 }), (examples) => {
      const { dual, scores, leftOut } = solveLogistic(problem(examples.map(([x]) => [x, 1]), examples.map(([, label]) => label)))
      for (const value of [...dual, ...scores, ...leftOut]) expect(Number.isFinite(value)).toBe(true)
    }))
  })
})
