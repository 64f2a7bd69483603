// A relation as data: what it is compared with before any example, and the head that its examples make.
import { type Cues, cueStrength } from './cues.ts'
import type { Features } from './features.ts'
import { type Centre, centred, dot, inner, type Row } from './row.ts'

/** Leave-one-out score of an example, for calibration and for telling users which example is weak. */
export interface JudgedExample {
  readonly text: string
  readonly positive: boolean
  readonly weight: number
  readonly score: number
}

export interface Prototype {
  readonly relation: string
  readonly cues: Cues
  /** Centred unit vectors of the relation's name, aliases and description. */
  readonly descriptions: readonly Float32Array[]
  /** Present from one example on. */
  readonly head?: Row
  readonly judged: readonly JudgedExample[]
}

/** Prior score = base + cue * strength + similarity * (cosine above the usual), before any example. */
const PRIOR = { base: -4.2, cue: 3.2, similarity: 7, usual: 0.35 }

/** Raw score (a logit) of what was said, by description alone. */
export function priorScore({ cues, descriptions }: Pick<Prototype, 'cues' | 'descriptions'>, features: Features, centre: Centre): number {
  const said = centred(features.statement, centre.statement)
  const cosine = descriptions.reduce((best, description) => Math.max(best, dot(said, description)), 0)
  return PRIOR.base + PRIOR.cue * cueStrength(cues, features.near) + PRIOR.similarity * Math.max(-0.1, cosine - PRIOR.usual)
}

/** Raw score (a logit) by description and examples. */
export function prototypeScore(prototype: Prototype, features: Features, row: Row, centre: Centre): number {
  return priorScore(prototype, features, centre) + (prototype.head ? inner(prototype.head, row) : 0)
}

