// Types in the order of the signs of the text + how like each the encoder finds the span -> types in the order of both.

/** Probability that a span is of a type; undefined where nobody looked. */
export type Likeness = (type: string) => number | undefined

/** What the first place in the signs' order counts beside a probability; the k-th counts 1/k of it. */
const SIGNS = 0.4

/** Sorts by both; without likeness the order stays. */
export function byLikeness(types: readonly string[], like: Likeness): readonly string[] {
  const scored = types.map((type, at) => ({ type, score: (like(type) ?? 0) + SIGNS / (at + 1) }))
  return scored.sort((a, b) => b.score - a.score).map(({ type }) => type)
}
