// Leave-one-out scores of a relation's own examples -> a probability, shrunk towards a shared line where examples are few (Platt, by Newton's method).
import type { JudgedExample } from '../prototypes/index.ts'

/** probability = 1 / (1 + exp(-(slope * raw + offset))). */
export interface Calibration {
  readonly slope: number
  readonly offset: number
}

/** Where a relation starts: raw scores are logits, and examples flatter, for each is known to be about the relation. */
export const SHARED: Calibration = { slope: 1, offset: -0.4 }
const SLOPE_DEVIATION = 0.25
const OFFSET_DEVIATION = 0.7
const STEPS = 20

/** Fits slope and offset; without examples the shared line. */
export function calibrate(judged: readonly Pick<JudgedExample, 'positive' | 'target' | 'weight' | 'score'>[]): Calibration {
  if (!judged.some(({ positive }) => positive)) return SHARED
  let { slope, offset } = SHARED
  for (let step = 0; step < STEPS; step += 1) {
    let [gs, go] = [(SHARED.slope - slope) / SLOPE_DEVIATION ** 2, (SHARED.offset - offset) / OFFSET_DEVIATION ** 2]
    let [hss, hso, hoo] = [1 / SLOPE_DEVIATION ** 2, 0, 1 / OFFSET_DEVIATION ** 2]
    for (const { score, target, weight } of judged) {
      const raw = Math.max(-12, Math.min(12, score))
      const p = sigmoid(slope * raw + offset)
      const error = weight * (target - p)
      const curve = weight * p * (1 - p)
      gs += error * raw
      go += error
      hss += curve * raw * raw
      hso += curve * raw
      hoo += curve
    }
    const determinant = hss * hoo - hso * hso
    slope = Math.max(0.3, slope + (gs * hoo - go * hso) / determinant)
    offset += (go * hss - gs * hso) / determinant
  }
  return { slope, offset }
}

/** Calibrated probability of a raw score, rounded to 1e-4 so that decisions do not hang on a last bit. */
export function probability({ slope, offset }: Calibration, raw: number): number {
  return round(sigmoid(slope * raw + offset))
}

/** Rounded to 1e-4. */
export function round(score: number): number {
  return Math.round(score * 1e4) / 1e4
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}
