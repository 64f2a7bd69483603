// Types in the order of the signs of the text + how like each the encoder finds the span -> types in the order of both.

/** Probability that a span is of a type; undefined where nobody looked. */
export type Likeness = (type: string) => number | undefined

/** What the first place in the signs' order counts beside a probability; the k-th counts 1/k of it. */
const SIGNS = 0.4
/** Probability from which a type is thought of that no sign points to; the likeliest of all need not be as likely. */
const LIKELY = 0.08
const LIKELIEST = 0.03

/** Sorts by both, and takes in of `all` what the encoder finds likely; without likeness the order stays. */
export function byLikeness(types: readonly string[], like: Likeness, all: readonly string[]): readonly string[] {
  const unsigned = all.flatMap((type) => { const score = like(type); return score === undefined ? [] : [{ type, score }] })
    .sort((a, b) => b.score - a.score).filter(({ type, score }, rank) => !types.includes(type) && score >= (rank === 0 ? LIKELIEST : LIKELY))
  const scored = [...types.map((type, at) => ({ type, score: (like(type) ?? 0) + SIGNS / (at + 1) })), ...unsigned]
  return scored.sort((a, b) => b.score - a.score).map(({ type }) => type)
}
