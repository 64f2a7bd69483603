// Keys with the number of their rows -> portions that can be held in memory; a key with too many rows is a portion of its own, to be read in pages.
export interface Portion {
  readonly keys: readonly string[]
  readonly rows: number
}

/** Portions of at most `most` rows, in the order of the keys; keys without rows are left out. */
export function portionsOf(counts: readonly { readonly key: string; readonly rows: number }[], most: number): readonly Portion[] {
  const portions: { keys: string[]; rows: number }[] = []
  for (const { key, rows } of counts) {
    if (rows === 0) continue
    const last = portions.at(-1)
    if (last !== undefined && last.rows + rows <= most) {
      last.keys.push(key)
      last.rows += rows
    } else portions.push({ keys: [key], rows })
  }
  return portions
}
