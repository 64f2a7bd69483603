// A relation as data: what it is compared with before any example, and the head that its examples make.
import type { ComparisonHead } from '../encoder.ts'
import { compare } from './compare.ts'
import { type Cues, cueStrength } from './cues.ts'
import type { Features } from './features.ts'
import { inner, type Row } from './row.ts'
import type { Statement } from './statement.ts'

/** Leave-one-out score of an example, for calibration and for telling users which example is weak. */
export interface JudgedExample {
  readonly statement: Statement
  readonly positive: boolean
  /** Whether somebody marked it, as a positive or a negative, for this relation. */
  readonly declared: boolean
  /** Probability that it states the relation: 1 for a positive, 0 for a declared negative, between where nobody said. */
  readonly target: number
  readonly weight: number
  readonly score: number
}

export interface Prototype {
  readonly relation: string
  readonly cues: Cues
  /** Vector of the relation's name, aliases and description. */
  readonly described: Float32Array // (width)
  /** Present from one example on. */
  readonly head?: Row
  /** How far the examples are heard, in [0, 1]: 0 without any, 1 where they are many. */
  readonly trust: number
  readonly judged: readonly JudgedExample[]
}

/** Logits that the relation's own words beside the pair add, at most. */
const CUE = 0.5

/** Raw score (a logit) of what was said, by description alone. */
export function priorScore({ cues, described }: Pick<Prototype, 'cues' | 'described'>, { vector, near }: Features, head: ComparisonHead): number {
  const { slope, offset } = head.calibration
  return slope * compare(vector, described, head) + offset + CUE * cueStrength(cues, near)
}

/** Raw score (a logit) by description and examples. */
export function prototypeScore(prototype: Prototype, features: Features, row: Row, head: ComparisonHead): number {
  return priorScore(prototype, features, head) + (prototype.head ? inner(prototype.head, row) : 0)
}
