// Parents -> closure: who is above a type, how deep it stands, where parents run in a circle.
import type { EntityType } from './ontology.ts'

export type Types = Readonly<Record<string, EntityType>>

/** `type` and everything above it, itself first, then breadth first in the order of `parents`; unknown types have no ancestors. */
export function ancestorsOf(type: string, types: Types): readonly string[] {
  if (!Object.hasOwn(types, type)) return []
  const found = new Set([type])
  // A Set is walked in insertion order, what is added on the way included.
  for (const name of found) for (const parent of types[name]!.parents) if (Object.hasOwn(types, parent)) found.add(parent)
  return [...found]
}

/** Whether an entity could be of both: one is the other, or above it. */
export function related(a: string, b: string, types: Types): boolean {
  return ancestorsOf(a, types).includes(b) || ancestorsOf(b, types).includes(a)
}

/** Circles among parents, each as a path that ends where it began, from its first name in sort order; one for each type that starts one. */
export function parentCycles(types: Types): readonly (readonly string[])[] {
  const cycles = new Map<string, readonly string[]>()
  for (const start of Object.keys(types).sort()) {
    const path = pathBack(start, types)
    if (!path) continue
    const key = [...new Set(path)].sort().join(' ')
    if (!cycles.has(key)) cycles.set(key, path)
  }
  return [...cycles.values()]
}

/** Shortest way up from `start` to itself. */
function pathBack(start: string, types: Types): readonly string[] | undefined {
  const from = new Map<string, string>()
  const queue = [start]
  for (const name of queue) {
    for (const parent of types[name]!.parents) {
      if (!Object.hasOwn(types, parent)) continue
      if (parent === start) return [...wayTo(name, start, from), start]
      if (!from.has(parent)) {
        from.set(parent, name)
        queue.push(parent)
      }
    }
  }
  return undefined
}

function wayTo(end: string, start: string, from: ReadonlyMap<string, string>): string[] {
  const way = [end]
  while (way[0] !== start) way.unshift(from.get(way[0]!)!)
  return way
}
