// Pairs -> calibrated scores per relation, each with what the text asserts: what two readings say of a claim and its rivals becomes one score.
import type { Document } from '../../ingest/index.ts'
import type { Chain } from '../chains/index.ts'
import type { Evidence } from '../encoder.ts'
import type { Pair } from '../pairs/index.ts'
import { clipped, type Statement } from '../prototypes/index.ts'
import { NO_VIEW, type View } from '../views/index.ts'
import { type Assertion, assess } from './assertion.ts'
import { evidenceOf, hopedOf } from './evidence.ts'
import { type FirstReading, readFirst, statementOfPair } from './first-reading.ts'
import type { Scorer } from './scorer.ts'
import { readAgain } from './second-reading.ts'
import { lookAtTypes } from './typed.ts'
import { scales } from './weigh.ts'

/** Score of the first reading that is hoped for before it is known: of the accepted claims of the left-out documents one in five hundred is lost so. */
const HOPED = 0.5

export interface ScoredPair {
  readonly pair: Pair
  readonly relation: string
  /** Calibrated probability, rounded to 1e-4. */
  readonly score: number
  readonly assertion: Assertion
}

export interface Readings {
  /** Of each pair, in their order. */
  readonly statements: readonly Statement[]
  readonly first: readonly FirstReading[]
  /** Of what was read twice, by index into `first`. */
  readonly evidence: ReadonlyMap<number, Evidence>
}

/** Reads what may come to count by what its ends look like, and again what may by all that is known then. */
export async function readPairs(pairs: readonly Pair[], document: Document, chains: readonly Chain[], scorer: Scorer, view: View): Promise<Readings> {
  const statements = pairs.map((pair) => statementOfPair(pair, document, chains))
  const typed = lookAtTypes(chains, scorer.ontology, view)
  const scale = scales(scorer)
  const seen = { pairs, statements, chains, typed }
  const mayCount = (reading: FirstReading): boolean => {
    const { weights, hope } = scale(reading.relation)
    return hope(hopedOf(reading, weights, seen)) >= scorer.policy.review(reading.relation)
  }
  const promising = pairs.flatMap(({ relations }, at) => (relations.some((relation) => mayCount({ at, relation, score: HOPED })) ? [at] : []))
  const first = await readFirst(promising, pairs, statements, typed, scorer)
  return { statements, first, evidence: evidenceOf(first, await readAgain(first, mayCount, statements, scorer), seen) }
}

/** Scores pairs for every relation that they allow; in the order of `pairs`, relations sorted. What would not come to count by a fair first reading and a clear verdict is left out. What was not worth a second reading keeps the score of the first. */
export async function scorePairs(pairs: readonly Pair[], document: Document, chains: readonly Chain[], scorer: Scorer, view: View = NO_VIEW): Promise<ScoredPair[]> {
  const { statements, first, evidence } = await readPairs(pairs, document, chains, scorer, view)
  const scale = scales(scorer)
  const assertions = statements.map(({ window, head, tail }) => assess({ text: document.text, sentence: window, head: clipped(head, window), tail: clipped(tail, window) }))
  return first.map(({ at, relation, score }, k): ScoredPair => {
    const known = evidence.get(k)
    return { pair: pairs[at]!, relation, assertion: assertions[at]!, score: known ? scale(relation).weigh(known) : score }
  })
}
