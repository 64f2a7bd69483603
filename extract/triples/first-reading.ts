// Pairs -> a first probability per relation: what the text says between the ends, as a vector, against every relation that the ends allow.
import type { Document } from '../../ingest/index.ts'
import type { Chain } from '../chains/index.ts'
import type { Mention } from '../mentions/index.ts'
import type { Pair } from '../pairs/index.ts'
import { computeFeatures, prototypeScore, type Statement, toRow } from '../prototypes/index.ts'
import { probability } from './calibrate.ts'
import type { Scorer } from './scorer.ts'
import type { Typed } from './typed.ts'

/** What the first reading made of a pair and a relation. */
export interface FirstReading {
  /** Index of the pair and of its statement. */
  readonly at: number
  readonly relation: string
  /** Probability, rounded to 1e-4. */
  readonly score: number
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

/** Reads the pairs at `indexes` for every relation that they allow; each text goes through the encoder once. In the order of `indexes`, relations sorted. */
export async function readFirst(indexes: readonly number[], pairs: readonly Pair[], statements: readonly Statement[], typed: Typed, { encoder, prototypes, calibrations }: Scorer): Promise<FirstReading[]> {
  const features = await computeFeatures(indexes.map((at) => statements[at]!), encoder)
  return indexes.flatMap((at, k) => {
    const pair = pairs[at]!
    const row = toRow(features[k]!, encoder.head)
    const logits = pair.relations.map((relation) => prototypeScore(prototypes.get(relation)!, features[k]!, row, encoder.head) - (pair.apart ? APART : 0) - typed.doubt(pair, relation))
    return pair.relations.map((relation, r): FirstReading => ({ at, relation, score: probability(calibrations.get(relation)!, logits[r]! - RIVALRY * rivals(logits, r)) }))
  })
}

/** log(1 + sum of exp) over the other relations of the pair: what speaks for them speaks against this one. */
function rivals(logits: readonly number[], own: number): number {
  return Math.log(logits.reduce((sum, logit, k) => (k === own ? sum : sum + Math.exp(Math.min(30, logit))), 1))
}

function span({ start, end }: Mention): { start: number; end: number } {
  return { start, end }
}
