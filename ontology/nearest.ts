// The nearest valid name for a wrong one: edit distance with transpositions (optimal string alignment), case ignored.

/** The valid name nearest to `given`, or none when all are too far to be meant; ties go to the first in sort order. */
export function nearest(given: string, valid: Iterable<string>): string | undefined {
  const wanted = given.toLowerCase()
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(given.length / 2)) + 1
  for (const name of [...valid].sort()) {
    if (Math.abs(name.length - given.length) >= bestDistance) continue
    const distance = editDistance(wanted, name.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [name, distance]
  }
  return best
}

/** ` Did you mean "X"?`, or the list of what is valid when it is short, or nothing. */
export function suggest(given: string, valid: Iterable<string>): string {
  const names = [...valid].sort()
  const near = nearest(given, names)
  if (near !== undefined) return ` Did you mean "${near}"?`
  return names.length > 0 && names.length <= 20 ? ` Valid here: ${names.join(', ')}.` : ''
}

function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, before[column - 2]! + 1)
      current.push(cost)
    }
    before = previous
    previous = current
  }
  return previous[b.length]!
}
