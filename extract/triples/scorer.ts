// What pairs are scored with: the taught relations, their calibrations, the encoder, and the policy, which says from which score on somebody looks.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Encoder } from '../encoder.ts'
import type { Taught } from '../prototypes/index.ts'
import type { Calibration } from './calibrate.ts'
import type { Policy } from './policy.ts'

export interface Scorer extends Taught {
  readonly ontology: CompiledOntology
  readonly calibrations: ReadonlyMap<string, Calibration>
  readonly encoder: Encoder
  /** A claim that cannot come up to review is not read twice. */
  readonly policy: Policy
}
