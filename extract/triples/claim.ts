// Scored pairs -> one claim for each (head chain, relation, tail chain): all places that may state it, the best first.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { ScoredPair } from './score.ts'

export interface Claim {
  readonly head: number
  readonly relation: string
  readonly tail: number
  /** Of the best place: what the others say of it is part of that one's evidence. */
  readonly score: number
  /** By falling score. */
  readonly places: readonly ScoredPair[]
}

/** Groups by chains; a symmetric relation has its ends in the order of the chains. Sorted by head, relation, tail. */
export function gatherClaims(scored: readonly ScoredPair[], ontology: CompiledOntology): Claim[] {
  const groups = new Map<string, { head: number; relation: string; tail: number; places: ScoredPair[] }>()
  for (const place of scored) {
    const { relation } = place
    const swap = ontology.ontology.relations[relation]!.symmetric && place.pair.head > place.pair.tail
    const [head, tail] = swap ? [place.pair.tail, place.pair.head] : [place.pair.head, place.pair.tail]
    const key = `${head} ${relation} ${tail}`
    const group = groups.get(key) ?? { head, relation, tail, places: [] }
    group.places.push(place)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ places, ...ends }): Claim => {
    const sorted = places.sort((a, b) => b.score - a.score || a.pair.window.start - b.pair.window.start || a.pair.headMention - b.pair.headMention || a.pair.tailMention - b.pair.tailMention || a.pair.head - b.pair.head)
    return { ...ends, places: sorted, score: sorted[0]!.score }
  }).sort((a, b) => a.head - b.head || (a.relation < b.relation ? -1 : a.relation > b.relation ? 1 : 0) || a.tail - b.tail)
}
