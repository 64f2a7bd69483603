// Examples -> a linear head: kernel logistic regression with a prior mean, by Newton's method, with leave-one-out scores for free.
// Rasmussen & Williams, Gaussian Processes for Machine Learning, algorithm 3.1; leave-one-out by one Newton step from the cavity.
import { choleskyFactor, solveFactored } from '../factors/index.ts'

export interface LogisticProblem {
  /** Symmetric positive semi-definite inner products of the examples. */
  readonly gram: Float64Array // (n, n)
  /** What each example is, in [0, 1]: between where nobody said. */
  readonly targets: readonly number[] // (n)
  readonly weights: readonly number[] // (n)
  /** Scores before any example was seen. */
  readonly prior: readonly number[] // (n)
}

export interface LogisticSolution {
  /** score(x) = prior(x) + sum of dual[i] * <x_i, x>. */
  readonly dual: Float64Array // (n)
  readonly scores: Float64Array // (n)
  /** Score of each example by the head that all others make. */
  readonly leftOut: Float64Array // (n)
}

const MAX_STEPS = 25
const TOLERANCE = 1e-6

/** Solves the L2-regularised problem (the gram matrix carries the prior variance); deterministic. */
export function solveLogistic({ gram, targets, weights, prior }: LogisticProblem): LogisticSolution {
  const n = targets.length
  const scores = Float64Array.from(prior)
  const curvature = new Float64Array(n)
  const gradient = new Float64Array(n)
  let dual: Float64Array = new Float64Array(n)
  let factor: Float64Array = new Float64Array(n * n)
  for (let step = 0; step < MAX_STEPS; step += 1) {
    slopes(scores, targets, weights, gradient, curvature)
    factor = factorOf(gram, curvature, n)
    const target = gradient.map((g, i) => curvature[i]! * (scores[i]! - prior[i]!) + g)
    const product = multiply(gram, target, n).map((value, i) => Math.sqrt(curvature[i]!) * value)
    solveFactored(factor, product)
    dual = target.map((value, i) => value - Math.sqrt(curvature[i]!) * product[i]!)
    const next = multiply(gram, dual, n).map((value, i) => prior[i]! + value)
    // Newton can overshoot where scores are far apart: no score moves by more than 4 at once.
    let moved = 0
    next.forEach((value, i) => {
      const change = Math.max(-4, Math.min(4, value - scores[i]!))
      moved = Math.max(moved, Math.abs(change))
      scores[i] = scores[i]! + change
    })
    if (moved < TOLERANCE) break
  }
  slopes(scores, targets, weights, gradient, curvature)
  return { dual, scores, leftOut: leaveOut(factorOf(gram, curvature, n), gram, scores, gradient, curvature) }
}

function slopes(scores: Float64Array, targets: readonly number[], weights: readonly number[], gradient: Float64Array, curvature: Float64Array): void {
  scores.forEach((score, i) => {
    const p = 1 / (1 + Math.exp(-score))
    gradient[i] = weights[i]! * (targets[i]! - p)
    curvature[i] = Math.max(1e-9, weights[i]! * p * (1 - p))
  })
}

/** Lower factor of I + W^1/2 K W^1/2. */
function factorOf(gram: Float64Array, curvature: Float64Array, n: number): Float64Array {
  const root = curvature.map(Math.sqrt)
  return choleskyFactor(gram.map((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    return value * root[i]! * root[j]! + Number(i === j)
  }), n)
}

function leaveOut(lower: Float64Array, gram: Float64Array, scores: Float64Array, gradient: Float64Array, curvature: Float64Array): Float64Array {
  const n = scores.length
  return scores.map((score, i) => {
    // Posterior variance of example i: K_ii - |L^-1 W^1/2 K_i|^2.
    const column = new Float64Array(n)
    for (let r = 0; r < n; r += 1) {
      let sum = Math.sqrt(curvature[r]!) * gram[r * n + i]!
      for (let k = 0; k < r; k += 1) sum -= lower[r * n + k]! * column[k]!
      column[r] = sum / lower[r * n + r]!
    }
    const variance = gram[i * n + i]! - column.reduce((sum, value) => sum + value * value, 0)
    return score - (variance * gradient[i]!) / Math.max(0.05, 1 - variance * curvature[i]!)
  })
}

function multiply(matrix: Float64Array, vector: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n)
  for (let i = 0; i < n; i += 1) {
    let sum = 0
    for (let j = 0; j < n; j += 1) sum += matrix[i * n + j]! * vector[j]!
    product[i] = sum
  }
  return product
}
