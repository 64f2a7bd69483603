// Relations' names, aliases and descriptions -> the stems that speak for each, weighted by how few relations share them.
import type { Relation } from '../../ontology/index.ts'
import { isCue, stems } from './words.ts'

export type Cues = ReadonlyMap<string, number>

/** Weight of a stem that stands in the description only: descriptions also hold words that are not the relation's own. */
const DESCRIPTION_WEIGHT = 0.7

/** Cues of each relation, by name. */
export function computeCues(relations: readonly Relation[]): ReadonlyMap<string, Cues> {
  const raw = new Map(relations.map((relation) => [relation.name, rawCues(relation)]))
  const sharing = new Map<string, number>()
  for (const cues of raw.values()) for (const stem of cues.keys()) sharing.set(stem, (sharing.get(stem) ?? 0) + 1)
  const rarity = (stem: string): number => 1 / Math.sqrt(sharing.get(stem)!)
  return new Map([...raw].map(([name, cues]) => [name, new Map([...cues].map(([stem, weight]) => [stem, weight * rarity(stem)]))]))
}

/** How strongly the nearest cue speaks: 0 = none. */
export function cueStrength(cues: Cues, near: ReadonlyMap<string, number>): number {
  let strongest = 0
  for (const [stem, closeness] of near) strongest = Math.max(strongest, closeness * (cues.get(stem) ?? 0))
  return strongest
}

/** What the relation is, without what it is not: a description's exclusions stand behind a semicolon by custom. */
export function coreDescription(description: string): string {
  return (description.split(/;|(?<=\.)\s|\bbut not\b|\bnot\b/u)[0] ?? '').trim()
}

function rawCues({ label, aliases, description }: Relation): Map<string, number> {
  const cues = new Map<string, number>()
  // The type words of "The tail, a place, is the location of the head, a company" say nothing of the relation.
  const said = coreDescription(description).replace(/\b(head|tail),\s+[^,;.]+(?=[,;.]|$)/giu, '$1')
  for (const [text, weight] of [[label, 1], ...aliases.map((alias) => [alias, 1] as const), [said, DESCRIPTION_WEIGHT]] as const) {
    for (const { stem } of stems(text)) if (isCue(stem)) cues.set(stem, Math.max(weight, cues.get(stem) ?? 0))
  }
  return cues
}
