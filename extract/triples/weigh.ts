// Evidence of a claim -> one probability, by the weights that its relation is read with.
import { type ComparisonHead, type Evidence, SIGNS, type Weighing } from '../encoder.ts'
import type { Prototype } from '../prototypes/index.ts'
import { round } from './calibrate.ts'
import type { Scorer } from './scorer.ts'

/** The weights of each relation, made once. */
export function weighings({ prototypes, encoder }: Scorer): (relation: string) => Weighing {
  const known = new Map<string, Weighing>()
  return (relation) => {
    const weights = known.get(relation) ?? weightsOf(prototypes.get(relation)!, encoder.head)
    known.set(relation, weights)
    return weights
  }
}

/** Probability of a claim, rounded to 1e-4. */
export function weigh(weights: Weighing, evidence: Evidence): number {
  return round(1 / (1 + Math.exp(-SIGNS.reduce((sum, sign) => sum + weights[sign] * evidence[sign], weights.offset))))
}

/** Between what few and many examples are weighed with, as far as these are heard. */
function weightsOf({ head, trust }: Prototype, { verdict: { described, few, many } }: ComparisonHead): Weighing {
  if (!head) return described
  const between = (sign: keyof Weighing): number => few[sign] + trust * (many[sign] - few[sign])
  return Object.fromEntries([...SIGNS, 'offset' as const].map((sign) => [sign, between(sign)])) as unknown as Weighing
}
