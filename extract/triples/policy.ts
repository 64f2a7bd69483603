// Precision asked for -> from which score on a claim of a relation is accepted, or seen by a person: by what was counted of relations that are as well taught as it.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { ComparisonHead, OperatingCurve } from '../encoder.ts'
import type { Prototype } from '../prototypes/index.ts'

export interface Policy {
  /** Least score of an accepted triple: all that have it or more are right with the precision asked for on average. The surest are few, so this may lie below the precision itself. */
  accept(relation: string): number
  /** Least score of a triple that a person shall look at. */
  review(relation: string): number
}

/** A claim below is likelier wrong than right by three to two: not worth a person's time. */
const WORTH_A_LOOK = 0.4
/** No claim is accepted below, whatever precision would do. */
const LEAST = 0.1

/** Thresholds of every relation; its own precision goes before `precision`, in (0, 1). */
export function compilePolicy({ ontology }: CompiledOntology, precision: number, prototypes: ReadonlyMap<string, Prototype>, { operating }: ComparisonHead): Policy {
  const accept = new Map(Object.entries(ontology.relations).map(([name, relation]) => [name, thresholdOf(relation.precision ?? precision, prototypes.get(name)!, operating)]))
  return {
    accept: (relation) => accept.get(relation)!,
    review: (relation) => Math.min(WORTH_A_LOOK, (2 / 3) * accept.get(relation)!),
  }
}

/** Between what few and many examples are counted with, as far as these are heard. */
function thresholdOf(precision: number, { head, trust }: Prototype, { described, few, many }: ComparisonHead['operating']): number {
  if (!head) return scoreAt(described, precision)
  const [least, most] = [scoreAt(few, precision), scoreAt(many, precision)]
  return least + trust * (most - least)
}

/** The curve's score for a precision in (0, 1), straight between its points, from (0, 0) and to (1, 1). */
export function scoreAt(curve: OperatingCurve, precision: number): number {
  const points = [[0, 0] as const, ...curve, [1, 1] as const]
  const at = points.findIndex(([known]) => known >= precision)
  const [[low, from], [high, to]] = [points[at - 1]!, points[at]!]
  return Math.max(LEAST, from + ((precision - low) / (high - low)) * (to - from))
}
