// Scored pairs -> one claim for each (head chain, relation, tail chain): all its mention pairs, the best first (ATLOP's pooling).
import type { CompiledOntology } from '../../ontology/index.ts'
import { round } from './calibrate.ts'
import type { ScoredPair } from './score.ts'

export interface Claim {
  readonly head: number
  readonly relation: string
  readonly tail: number
  /** Pooled over the pairs that state it; rounded to 1e-4. */
  readonly score: number
  /** By falling score. */
  readonly places: readonly ScoredPair[]
}

const TEMPERATURE = 0.5

/** Groups by chains; a symmetric relation has its ends in the order of the chains. Sorted by head, relation, tail. */
export function poolClaims(scored: readonly ScoredPair[], ontology: CompiledOntology): Claim[] {
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
    return { ...ends, places: sorted, score: pooled(sorted.map(({ score }) => score)) }
  }).sort((a, b) => a.head - b.head || (a.relation < b.relation ? -1 : a.relation > b.relation ? 1 : 0) || a.tail - b.tail)
}

/** Softened maximum of log-odds: a second good place helps, ten poor ones do not. */
export function pooled(scores: readonly number[]): number {
  const logits = scores.map((score) => Math.log(clamp(score) / (1 - clamp(score))))
  const best = Math.max(...logits)
  // Places that are themselves unlikely support nothing.
  const sum = logits.reduce((total, logit) => total + (logit === best || logit > 0 ? Math.exp((logit - best) / TEMPERATURE) : 0), 0)
  // Equal places of a symmetric pair are one place read twice.
  return round(1 / (1 + Math.exp(-(best + TEMPERATURE * Math.log(Math.min(sum, 3))))))
}

function clamp(score: number): number {
  return Math.min(0.9999, Math.max(0.0001, score))
}
