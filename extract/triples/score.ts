// Pairs -> calibrated scores per relation, each with what the text asserts.
import type { Document } from '../../ingest/index.ts'
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Chain } from '../chains/index.ts'
import type { Encoder } from '../encoder.ts'
import type { Mention } from '../mentions/index.ts'
import type { Pair } from '../pairs/index.ts'
import { clipped, computeFeatures, prototypeScore, type Statement, type Taught, toRow } from '../prototypes/index.ts'
import { NO_VIEW, type View } from '../views/index.ts'
import { type Assertion, assess } from './assertion.ts'
import { type Calibration, probability } from './calibrate.ts'
import { typeDoubts } from './doubts.ts'

export interface ScoredPair {
  readonly pair: Pair
  readonly relation: string
  /** Calibrated probability, rounded to 1e-4. */
  readonly score: number
  readonly assertion: Assertion
}

export interface Scorer extends Taught {
  readonly ontology: CompiledOntology
  readonly calibrations: ReadonlyMap<string, Calibration>
  readonly encoder: Encoder
}

/** Taken from the logit of two sentences that each stand for themselves: neither says what joins their names. */
const APART = 2
/** Share of the rivals' log-odds that is taken; 1 would let one relation only hold of a pair. */
const RIVALRY = 0.5

/** What a pair of a document says, in the terms that prototypes are made in. */
export function statementOfPair(pair: Pair, document: Document, chains: readonly Chain[]): Statement {
  const [head, tail] = [chains[pair.head]!, chains[pair.tail]!]
  const [headMention, tailMention] = [head.mentions[pair.headMention]!, tail.mentions[pair.tailMention]!]
  const { cells } = document.sentences[pair.sentence]!
  const header = cells?.find(({ start, end }) => tailMention.start >= start && tailMention.end <= end)?.header
    ?? cells?.find(({ start, end }) => headMention.start >= start && headMention.end <= end)?.header
  return {
    text: document.text, window: pair.window, head: span(headMention), tail: span(tailMention),
    ...(header ? { header } : {}),
  }
}

/** Scores every pair for every relation that it allows; in the order of `pairs`, relations sorted. */
export async function scorePairs(pairs: readonly Pair[], document: Document, chains: readonly Chain[], scorer: Scorer, view: View = NO_VIEW): Promise<ScoredPair[]> {
  const { encoder, prototypes, calibrations, ontology } = scorer
  const doubts = typeDoubts(chains, ontology, view)
  const statements = pairs.map((pair) => statementOfPair(pair, document, chains))
  const features = await computeFeatures(statements, encoder)
  return pairs.flatMap((pair, k) => {
    const row = toRow(features[k]!, encoder.head)
    const { head, tail, window } = statements[k]!
    const assertion = assess({ text: document.text, sentence: window, head: clipped(head, window), tail: clipped(tail, window) })
    const logits = pair.relations.map((relation) => prototypeScore(prototypes.get(relation)!, features[k]!, row, encoder.head) - (pair.apart ? APART : 0) - doubts(pair, relation))
    return pair.relations.map((relation, r): ScoredPair => ({ pair, relation, assertion, score: probability(calibrations.get(relation)!, logits[r]! - RIVALRY * rivals(logits, r)) }))
  })
}

/** log(1 + sum of exp) over the other relations of the pair: what speaks for them speaks against this one. */
function rivals(logits: readonly number[], own: number): number {
  return Math.log(logits.reduce((sum, logit, k) => (k === own ? sum : sum + Math.exp(Math.min(30, logit))), 1))
}

function span({ start, end }: Mention): { start: number; end: number } {
  return { start, end }
}
