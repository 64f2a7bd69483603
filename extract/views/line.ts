// Vectors of things that are and that are not of a kind -> a line between them, beside what is held of each before: logistic regression, shrunk, by Newton's method.
import { choleskyFactor, solveFactored } from '../factors/index.ts'

export interface Lined {
  /** One row a thing, all of one length. */
  readonly rows: readonly Float32Array[] // (n, width)
  readonly holds: readonly boolean[] // (n)
  /** Logits before any thing was seen. */
  readonly prior: readonly number[] // (n)
}

/** What is added to the prior logit of x: weights . x + constant. */
export interface Line {
  readonly weights: Float64Array // (width)
  readonly constant: number
}

/** Prior variances: the larger, the more one thing says. */
const VARIANCE = { weights: 6, constant: 0.5 }
const MAX_STEPS = 25
const TOLERANCE = 1e-6
/** No score moves by more at once: Newton can overshoot where scores are far apart. */
const MOST_MOVED = 4

/** The likeliest line by its prior (MacKay 1992); zero for no things. */
export function fitLine({ rows, holds, prior }: Lined): Line {
  const width = rows[0]?.length ?? 0
  const size = width + 1
  const scale = Float64Array.from({ length: size }, (_, k) => Math.sqrt(k < width ? VARIANCE.weights : VARIANCE.constant))
  const scaled = rows.map((row) => scale.map((by, k) => by * (k < width ? row[k]! : 1)))
  const line = new Float64Array(size)
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const gradient = line.map((value) => -value)
    const curvature = new Float64Array(size * size)
    for (let k = 0; k < size; k += 1) curvature[k * size + k] = 1
    scaled.forEach((row, i) => {
      const p = 1 / (1 + Math.exp(-(prior[i]! + product(line, row))))
      addScaled(gradient, row, Number(holds[i]) - p)
      for (let k = 0; k < size; k += 1) {
        const by = p * (1 - p) * row[k]!
        for (let l = 0; l <= k; l += 1) curvature[k * size + l]! += by * row[l]!
      }
    })
    solveFactored(choleskyFactor(curvature, size), gradient)
    const farthest = scaled.reduce((most, row) => Math.max(most, Math.abs(product(gradient, row))), 0)
    addScaled(line, gradient, Math.min(1, MOST_MOVED / farthest))
    if (farthest < TOLERANCE) break
  }
  return { weights: line.subarray(0, width).map((value, k) => value * scale[k]!), constant: (line[width] ?? 0) * (scale[width] ?? 0) }
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k += 1) sum += a[k]! * b[k]!
  return sum
}

function addScaled(to: Float64Array, from: Float64Array, by: number): void {
  for (let k = 0; k < to.length; k += 1) to[k]! += by * from[k]!
}
