import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { solveLogistic } from '../../../extract/prototypes/logistic.ts'
import { fitLine, type Lined } from '../../../extract/views/line.ts'

const lined = (rows: readonly (readonly number[])[], holds: readonly boolean[], prior = -1): Lined => ({ rows: rows.map((row) => Float32Array.from(row)), holds, prior: rows.map(() => prior) })
const scoreOf = ({ rows, holds, prior }: Lined) => {
  const { weights, constant } = fitLine({ rows, holds, prior })
  return (x: ArrayLike<number>, before: number): number => before + weights.reduce((sum, weight, k) => sum + weight * x[k]!, constant)
}

describe('a line between things', () => {
  test('has those that are of a kind on one side and those that are not on the other', () => {
    const things = lined([[0.8, 0.6], [0.9, 0.4], [-0.8, 0.6], [-0.9, 0.4]], [true, true, false, false])
    const score = scoreOf(things)
    expect(things.rows.map((row) => score(row, -1) > 0)).toEqual([true, true, false, false])
  })

  test('adds nothing where there are no things', () => {
    expect(fitLine({ rows: [], holds: [], prior: [] })).toEqual({ weights: new Float64Array(0), constant: 0 })
  })

  test('is what the kernel of the same prior variances gives', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }), fc.boolean()), { minLength: 1, maxLength: 10 }), (examples) => {
      const things = lined(examples.map(([a, b]) => [a, b]), examples.map(([, , holds]) => holds))
      const n = examples.length
      const gram = new Float64Array(n * n)
      things.rows.forEach((a, i) => things.rows.forEach((b, j) => { gram[i * n + j] = 6 * (a[0]! * b[0]! + a[1]! * b[1]!) + 0.5 }))
      const { scores } = solveLogistic({ gram, targets: things.holds.map(Number), weights: things.holds.map(() => 1), prior: things.prior })
      const score = scoreOf(things)
      things.rows.forEach((row, i) => expect(score(row, -1)).toBeCloseTo(scores[i]!, 3))
    }))
  })
})
