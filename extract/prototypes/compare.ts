// A pair's vector against a relation's: the trained comparison, a logit whose zero divides what is stated from what is not.
import type { ComparisonHead } from '../encoder.ts'

/** Weighted inner products of the three blocks, less what the pair shares with pairs that are in no relation. */
export function compare(pair: Float32Array, relation: Float32Array, { relation: width, end, gains, bias, centre, noRelation }: ComparisonHead): number {
  const said = product(pair, centre, relation, 0, width)
  const head = product(pair, centre, relation, width, width + end)
  const tail = product(pair, centre, relation, width + end, width + 2 * end)
  const none = noRelation.reduce((most, row) => Math.max(most, dot(pair, row, 0, row.length)), 0)
  return gains[0] * said + gains[1] * head + gains[2] * tail + bias - gains[1] * none
}

/** Sum of `vectors`, each block brought back to unit length. */
export function meanOf(vectors: readonly Float32Array[], { relation, end }: ComparisonHead): Float32Array {
  const mean = new Float32Array(relation + 2 * end)
  for (const vector of vectors) for (let k = 0; k < mean.length; k += 1) mean[k]! += vector[k]!
  for (const [from, to] of [[0, relation], [relation, relation + end], [relation + end, relation + 2 * end]] as const) {
    const norm = Math.sqrt(dot(mean, mean, from, to)) || 1
    for (let k = from; k < to; k += 1) mean[k]! /= norm
  }
  return mean
}

function dot(a: Float32Array, b: Float32Array, from: number, to: number): number {
  let sum = 0
  for (let k = from; k < to; k += 1) sum += a[k]! * b[k]!
  return sum
}

function product(pair: Float32Array, centre: Float32Array, relation: Float32Array, from: number, to: number): number {
  let sum = 0
  for (let k = from; k < to; k += 1) sum += (pair[k]! - centre[k]!) * relation[k]!
  return sum
}
