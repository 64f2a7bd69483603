// What pairs are scored with: the taught relations, their calibrations, the encoder, and the score from which somebody looks.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Encoder } from '../encoder.ts'
import type { Taught } from '../prototypes/index.ts'
import type { Calibration } from './calibrate.ts'

export interface Scorer extends Taught {
  readonly ontology: CompiledOntology
  readonly calibrations: ReadonlyMap<string, Calibration>
  readonly encoder: Encoder
  /** A claim that cannot come up to it is not read twice. */
  readonly least: number
}
