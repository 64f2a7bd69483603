// Evidence of a claim -> one probability, by the weights that its relation is read with.
import { type ComparisonHead, type Evidence, SIGNS, type Signs, type Tree, type Weighing } from '../encoder.ts'
import type { Prototype } from '../prototypes/index.ts'
import { round } from './calibrate.ts'
import type { Scorer } from './scorer.ts'

/** How claims of one relation are weighed; probabilities rounded to 1e-4. */
export interface Scale {
  readonly weights: Weighing
  /** By the line of the weights alone: before the surroundings count. */
  hope(signs: Signs): number
  weigh(evidence: Evidence): number
}

/** The scale of each relation, made once. */
export function scales({ prototypes, encoder: { head } }: Scorer): (relation: string) => Scale {
  const known = new Map<string, Scale>()
  return (relation) => {
    const scale = known.get(relation) ?? scaleOf(prototypes.get(relation)!, head)
    known.set(relation, scale)
    return scale
  }
}

function scaleOf(prototype: Prototype, head: ComparisonHead): Scale {
  const weights = weightsOf(prototype, head)
  const trust = prototype.head ? prototype.trust : 0
  const line = (signs: Signs): number => SIGNS.reduce((sum, sign) => sum + weights[sign] * signs[sign], weights.offset)
  return {
    weights,
    hope: (signs) => probability(line(signs)),
    weigh: (evidence) => probability(head.trees.reduce<number>((sum, tree) => sum + answer(tree, { ...evidence, trust }), line(evidence))),
  }
}

/** Between what few and many examples are weighed with, as far as these are heard. */
function weightsOf({ head, trust }: Prototype, { verdict: { described, few, many } }: ComparisonHead): Weighing {
  if (!head) return described
  const between = (sign: keyof Weighing): number => few[sign] + trust * (many[sign] - few[sign])
  return Object.fromEntries([...SIGNS, 'offset' as const].map((sign) => [sign, between(sign)])) as unknown as Weighing
}

/** What a tree adds. */
function answer(tree: Tree, asked: Evidence & { readonly trust: number }): number {
  let at = tree
  while (typeof at !== 'number') at = asked[at[0]] <= at[1] ? at[2] : at[3]
  return at
}

function probability(logit: number): number {
  return round(1 / (1 + Math.exp(-logit)))
}
