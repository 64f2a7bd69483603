// The three counts of the CoNLL score over documents: links (MUC: Vilain et al., 1995), mentions (B-cubed: Bagga & Baldwin, 1998) and chains in their best matching (CEAF with phi4: Luo, 2005); their mean F1 is the CoNLL score (Pradhan et al., 2012).
/** Chains as sets of mentions, each named by its span. */
export type Chains = readonly ReadonlySet<string>[]

interface Count {
  readonly recall: readonly [right: number, of: number]
  readonly precision: readonly [right: number, of: number]
}

export interface Measure {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Counts of one document, by measure; chains of one mention are left out on both sides. */
export function countChains(gold: Chains, system: Chains): readonly Count[] {
  const [key, response] = [gold.filter(({ size }) => size > 1), system.filter(({ size }) => size > 1)]
  const matched = bestMatching(key.map((chain) => response.map((other) => (2 * shared(chain, other)) / (chain.size + other.size))))
  return [
    { recall: links(key, response), precision: links(response, key) },
    { recall: cubed(key, response), precision: cubed(response, key) },
    { recall: [matched, key.length], precision: [matched, response.length] },
  ]
}

/** Mean F1 of the three measures over documents, and each, in [0, 1]. */
export function conllScore(documents: readonly (readonly Count[])[]): { readonly mean: number; readonly measures: readonly Measure[] } {
  const measures = [0, 1, 2].map((measure): Measure => {
    const total = (side: keyof Count, at: 0 | 1): number => documents.reduce((sum, counts) => sum + counts[measure]![side][at], 0)
    const [recall, precision] = [total('recall', 0) / total('recall', 1), total('precision', 0) / total('precision', 1)]
    return { precision, recall, f1: (2 * recall * precision) / (recall + precision) }
  })
  return { mean: measures.reduce((sum, { f1 }) => sum + f1, 0) / 3, measures }
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((mention) => b.has(mention)).length
}

function links(chains: Chains, others: Chains): [number, number] {
  let [right, of] = [0, 0]
  for (const chain of chains) {
    const parts = others.filter((other) => shared(chain, other) > 0)
    const alone = [...chain].filter((mention) => !others.some((other) => other.has(mention))).length
    right += chain.size - parts.length - alone
    of += chain.size - 1
  }
  return [right, of]
}

function cubed(chains: Chains, others: Chains): [number, number] {
  let [right, of] = [0, 0]
  for (const chain of chains) {
    for (const other of others) right += shared(chain, other) ** 2 / chain.size
    of += chain.size
  }
  return [right, of]
}

/** Greatest sum of one-to-one choices in a matrix of likenesses: the Hungarian method with potentials (Kuhn, 1955), rows and columns made equal with zeros. */
export function bestMatching(likeness: readonly (readonly number[])[]): number {
  const n = Math.max(likeness.length, likeness[0]?.length ?? 0)
  const cost = (i: number, j: number): number => -(likeness[i - 1]?.[j - 1] ?? 0)
  const [u, v] = [new Float64Array(n + 1), new Float64Array(n + 1)]
  const [match, way] = [new Int32Array(n + 1), new Int32Array(n + 1)]
  for (let row = 1; row <= n; row += 1) {
    match[0] = row
    const least = new Float64Array(n + 1).fill(Infinity)
    const used = new Uint8Array(n + 1)
    let column = 0
    do {
      used[column] = 1
      let [step, next] = [Infinity, 0]
      for (let j = 1; j <= n; j += 1) {
        if (used[j]) continue
        const reduced = cost(match[column]!, j) - u[match[column]!]! - v[j]!
        if (reduced < least[j]!) { least[j] = reduced; way[j] = column }
        if (least[j]! < step) { step = least[j]!; next = j }
      }
      for (let j = 0; j <= n; j += 1) {
        if (used[j]) { u[match[j]!]! += step; v[j]! -= step } else least[j]! -= step
      }
      column = next
    } while (match[column] !== 0)
    while (column !== 0) {
      match[column] = match[way[column]!]!
      column = way[column]!
    }
  }
  return Array.from({ length: n }, (_, j) => -cost(match[j + 1]!, j + 1)).reduce((sum, value) => sum + value, 0)
}
