// Seed and words -> choices: the same for the same seed, whatever was chosen before.

/** Chooses an item of a list that is not empty; the choice depends on the seed and `key` alone. */
export type Choose = <Item>(items: readonly Item[], ...key: readonly (string | number)[]) => Item

/** Choices for a seed. */
export function seeded(seed: number): Choose {
  return (items, ...key) => items[hash(`${seed}/${key.join('/')}`) % items.length]!
}

/** The list in an order of its own for the seed and `key`. */
export function shuffled<Item>(items: readonly Item[], choose: Choose, ...key: readonly (string | number)[]): Item[] {
  const rest = [...items]
  return items.map((_, index) => rest.splice(choose([...rest.keys()], ...key, index), 1)[0]!)
}

/** FNV-1a with a last stir: near keys must not give near choices. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const unit of text) value = Math.imul(value ^ unit.codePointAt(0)!, 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
