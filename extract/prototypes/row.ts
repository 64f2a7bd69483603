// Features -> one long dense row and a sparse part, so that similarity is an inner product and a head is one vector.
import type { ComparisonHead } from '../encoder.ts'
import type { Features } from './features.ts'

export interface Row {
  readonly dense: Float32Array // (dimensions)
  readonly sparse: ReadonlyMap<string, number>
}

/** Shares of the blocks in a row's squared length. */
const SHARE = { said: 2, head: 0.3, tail: 0.4, stems: 3, order: 0.05, distance: 0.05, constant: 0.3 }
/** Prior variance of the heads: the larger, the more one example says. */
const VARIANCE = 7

export function toRow({ vector, order, distance, stems }: Features, { relation, end, centre }: ComparisonHead): Row {
  const width = vector.length
  const dense = new Float32Array(width + 3)
  const put = (from: number, to: number, share: number): void => {
    const scale = Math.sqrt(share * VARIANCE)
    for (let k = from; k < to; k += 1) dense[k] = (vector[k]! - centre[k]!) * scale
  }
  put(0, relation, SHARE.said)
  put(relation, relation + end, SHARE.head)
  put(relation + end, width, SHARE.tail)
  dense[width] = Math.sqrt(SHARE.constant * VARIANCE)
  dense[width + 1] = Math.sqrt(SHARE.order * VARIANCE) * order
  dense[width + 2] = Math.sqrt(SHARE.distance * VARIANCE) * (distance - 1.5)
  const scale = Math.sqrt(SHARE.stems * VARIANCE)
  return { dense, sparse: new Map([...stems].map(([name, weight]) => [name, weight * scale])) }
}

export function inner(a: Row, b: Row): number {
  let sum = 0
  for (let k = 0; k < a.dense.length; k += 1) sum += a.dense[k]! * b.dense[k]!
  const [few, many] = a.sparse.size <= b.sparse.size ? [a.sparse, b.sparse] : [b.sparse, a.sparse]
  for (const [name, weight] of few) sum += weight * (many.get(name) ?? 0)
  return sum
}

/** sum of weights[i] * rows[i]: a linear head. */
export function combine(rows: readonly Row[], weights: Float64Array): Row {
  const dense = new Float32Array(rows[0]?.dense.length ?? 0)
  const sparse = new Map<string, number>()
  rows.forEach((row, i) => {
    const weight = weights[i]!
    for (let k = 0; k < dense.length; k += 1) dense[k]! += weight * row.dense[k]!
    for (const [name, value] of row.sparse) sparse.set(name, (sparse.get(name) ?? 0) + weight * value)
  })
  return { dense, sparse }
}
