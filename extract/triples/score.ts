// Pairs -> calibrated scores per relation, each with what the text asserts.
import type { Document } from '../../ingest/index.ts'
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Chain } from '../chains/index.ts'
import type { Encoder } from '../encoder.ts'
import type { Mention } from '../mentions/index.ts'
import type { Pair } from '../pairs/index.ts'
import { computeFeatures, labelOf, prototypeScore, type Statement, type Taught, toRow } from '../prototypes/index.ts'
import { type Assertion, assess } from './assertion.ts'
import { type Calibration, probability } from './calibrate.ts'

export interface ScoredPair {
  readonly pair: Pair
  readonly relation: string
  /** Calibrated probability, rounded to 1e-4. */
  readonly score: number
  readonly assertion: Assertion
}

export interface Scorer extends Taught {
  readonly calibrations: ReadonlyMap<string, Calibration>
  readonly ontology: CompiledOntology
  readonly encoder: Encoder
}

/** What a pair of a document says, in the terms that prototypes are made in. */
export function statementOfPair(pair: Pair, document: Document, chains: readonly Chain[], ontology: CompiledOntology): Statement {
  const [head, tail] = [chains[pair.head]!, chains[pair.tail]!]
  const [headMention, tailMention] = [head.mentions[pair.headMention]!, tail.mentions[pair.tailMention]!]
  const label = ({ type, literal }: Chain, { types }: Mention): string => literal?.kind ?? labelOf(type ?? types[0], ontology)
  const { cells } = document.sentences[pair.sentence]!
  const header = cells?.find(({ start, end }) => tailMention.start >= start && tailMention.end <= end)?.header
    ?? cells?.find(({ start, end }) => headMention.start >= start && headMention.end <= end)?.header
  return {
    text: document.text, window: pair.window, head: span(headMention), tail: span(tailMention),
    headLabel: label(head, headMention), tailLabel: label(tail, tailMention), ...(header ? { header } : {}),
  }
}

/** Scores every pair for every relation that it allows; in the order of `pairs`, relations sorted. */
export async function scorePairs(pairs: readonly Pair[], document: Document, chains: readonly Chain[], scorer: Scorer): Promise<ScoredPair[]> {
  const { ontology, encoder, prototypes, calibrations, centre } = scorer
  const statements = pairs.map((pair) => statementOfPair(pair, document, chains, ontology))
  const features = await computeFeatures(statements, encoder)
  return pairs.flatMap((pair, k) => {
    const row = toRow(features[k]!, centre)
    const { head, tail, window } = statements[k]!
    const assertion = assess({ text: document.text, sentence: window, head, tail })
    return pair.relations.map((relation): ScoredPair => ({
      pair, relation, assertion,
      score: probability(calibrations.get(relation)!, prototypeScore(prototypes.get(relation)!, features[k]!, row, centre)),
    }))
  })
}

function span({ start, end }: Mention): { start: number; end: number } {
  return { start, end }
}
