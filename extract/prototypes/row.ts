// Features -> one long dense row and a sparse part, so that similarity is an inner product and a head is one vector.
import type { Features } from './features.ts'

export interface Row {
  readonly dense: Float32Array // (dimensions)
  readonly sparse: ReadonlyMap<string, number>
}

/** Shares of the blocks in a row's squared length; the words' order counts as much as the words. */
const SHARE = { statement: 0.8, between: 0.35, head: 0.15, tail: 0.25, stems: 1.2, order: 0.1, distance: 0.1, constant: 0.3 }
/** Prior variance of the heads: the larger, the more one example says. */
const VARIANCE = 7

/** Mean vectors that blocks are centred by: states share a large common part that tells nothing apart. */
export interface Centre {
  readonly statement: Float32Array
  readonly between: Float32Array
  readonly head: Float32Array
  readonly tail: Float32Array
}

const BLOCKS = ['statement', 'between', 'head', 'tail'] as const

export function computeCentre(all: readonly Features[], width: number): Centre {
  const mean = (block: (typeof BLOCKS)[number]): Float32Array => {
    const sum = new Float32Array(width)
    for (const features of all) for (let k = 0; k < width; k += 1) sum[k]! += features[block][k]! / all.length
    return sum
  }
  return { statement: mean('statement'), between: mean('between'), head: mean('head'), tail: mean('tail') }
}

export function toRow(features: Features, centre: Centre): Row {
  const width = features.statement.length
  const dense = new Float32Array(6 * width + 3)
  let at = 0
  const put = (block: Float32Array, share: number): void => {
    const scale = Math.sqrt(share * VARIANCE)
    for (let k = 0; k < width; k += 1) dense[at + k] = block[k]! * scale
    at += width
  }
  for (const name of BLOCKS) {
    const block = centred(features[name], centre[name])
    if (name === 'statement' || name === 'between') {
      put(block, SHARE[name] / 2)
      put(block.map((value) => value * features.order), SHARE[name] / 2)
    } else put(block, SHARE[name])
  }
  dense[at] = Math.sqrt(SHARE.constant * VARIANCE)
  dense[at + 1] = Math.sqrt(SHARE.order * VARIANCE) * features.order
  dense[at + 2] = Math.sqrt(SHARE.distance * VARIANCE) * (features.distance - 1.5)
  const scale = Math.sqrt(SHARE.stems * VARIANCE)
  return { dense, sparse: new Map([...features.stems].map(([name, weight]) => [name, weight * scale])) }
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

/** `vector` less `centre`, to unit length. */
export function centred(vector: Float32Array, centre: Float32Array): Float32Array {
  const moved = vector.map((value, k) => value - centre[k]!)
  const norm = Math.hypot(...moved) || 1
  return moved.map((value) => value / norm)
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k += 1) sum += a[k]! * b[k]!
  return sum
}
