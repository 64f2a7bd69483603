import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choleskyFactor, solveFactored } from '../../../extract/factors/index.ts'

/** A A' + I of any square A is positive definite. */
const definite = fc.integer({ min: 1, max: 7 }).chain((n) => fc.record({
  a: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: n * n, maxLength: n * n }), b: fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: n, maxLength: n }),
}).map(({ a, b }) => ({
  n, b, matrix: Float64Array.from({ length: n * n }, (_, at) => a.slice(0, n).reduce((sum, _, k) => sum + a[Math.floor(at / n) * n + k]! * a[(at % n) * n + k]!, Number(Math.floor(at / n) === at % n))),
})))

describe('the factor of a positive definite matrix', () => {
  it('is lower, and its square is the matrix', () => {
    fc.assert(fc.property(definite, ({ n, matrix }) => {
      const lower = choleskyFactor(matrix, n)
      for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) {
        let product = 0
        for (let k = 0; k < n; k += 1) product += lower[i * n + k]! * lower[j * n + k]!
        expect(product).toBeCloseTo(matrix[i * n + j]!, 8)
        if (j > i) expect(lower[i * n + j]).toBe(0)
      }
    }))
  })

  it('solves what the matrix asks', () => {
    fc.assert(fc.property(definite, ({ n, matrix, b }) => {
      const x = Float64Array.from(b)
      solveFactored(choleskyFactor(matrix, n), x)
      for (let i = 0; i < n; i += 1) expect(x.reduce((sum, value, k) => sum + matrix[i * n + k]! * value, 0)).toBeCloseTo(b[i]!, 6)
    }))
  })

  it('is no number where there is none', () => {
    expect([...choleskyFactor(Float64Array.of(1, 2, 2, 1), 2)].some(Number.isNaN)).toBe(true)
  })
})
