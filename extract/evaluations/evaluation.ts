// What a comparison with annotated documents says: precision and recall for each relation, and whether scores are probabilities.

export interface Quality {
  readonly right: number
  readonly wrong: number
  readonly missed: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** Claims whose scores fall into one tenth of the range. */
export interface ReliabilityBin {
  readonly from: number
  readonly to: number
  readonly claims: number
  readonly meanScore: number
  readonly shareRight: number
}

export interface Evaluation {
  readonly documents: number
  /** Accepted triples, ends compared as wholes: letters and digits, case, accents and a leading article apart. */
  readonly strict: Quality
  /** Accepted triples, one end's words within the other's. */
  readonly overlap: Quality
  readonly relations: Readonly<Record<string, { readonly strict: Quality; readonly overlap: Quality }>>
  /** Mean distance of score and share of right claims, over accepted and doubtful triples, weighted by claims (Naeini et al., 2015). */
  readonly calibrationError: number
  readonly bins: readonly ReliabilityBin[]
}
