// Claims that were read twice -> what is known of each: both readings, what they say of its rivals, what its ends look like, and how it stands in its document.
import type { Chain } from '../chains/index.ts'
import type { Evidence, Signs, Weighing } from '../encoder.ts'
import type { Pair } from '../pairs/index.ts'
import type { Statement } from '../prototypes/index.ts'
import type { FirstReading } from './first-reading.ts'
import { surroundingsOf } from './surroundings.ts'
import type { Typed } from './typed.ts'

/** What a document's pairs look like, by index. */
export interface Seen {
  readonly pairs: readonly Pair[]
  readonly statements: readonly Statement[]
  readonly chains: readonly Chain[]
  readonly typed: Typed
}

/** Weights with which both readings make one logit of a rival, and its least value. */
const RIVAL = { first: 0.65, second: 0.3, least: -3 }
/** Verdict that is hoped for before it is known: of the accepted claims of the left-out documents fewer than one in a thousand needs more. */
const HOPED = 3
/** Where logits of the first reading are cut. */
const SURE = 1e-4

/**
 * Evidence of each claim that has a verdict, by its index in `first`. Rivals are claims of the same sentence: the same head and
 * relation with another tail (`otherTail`; anywhere in the document: `otherTailElsewhere`), another head (`otherHead`), and the same
 * two with another relation, anywhere (`otherRelation`), as the logit of the strongest. `listed`: log of how many readings the head
 * has in that relation there. `support`: the logit of the strongest claim of the same fact at another place; `headElsewhere`, `tailElsewhere`: of the head with another tail, of the tail with another head, in whatever relation. `across`: the ends stand in two sentences; `underHeading`: in a row of a table, under the heading of
 * a column. Likeness and the rest are probabilities and 0 or 1.
 */
export function evidenceOf(first: readonly FirstReading[], verdicts: ReadonlyMap<number, number>, seen: Seen): ReadonlyMap<number, Evidence> {
  const claims = [...verdicts].map(([k, second]): Claim => {
    const { at, relation, score } = first[k]!
    const { head, tail, sentence } = seen.pairs[at]!
    const logit = logitOf(score)
    return { k, at, head, tail, relation, sentence, first: logit, second, both: RIVAL.first * logit + RIVAL.second * second }
  })
  const tails = grouped(claims, ({ head, relation, sentence }) => `${head} ${relation} ${sentence}`)
  const anywhere = grouped(claims, ({ head, relation }) => `${head} ${relation}`)
  const heads = grouped(claims, ({ tail, relation, sentence }) => `${tail} ${relation} ${sentence}`)
  const relations = grouped(claims, ({ head, tail }) => `${head} ${tail}`)
  const [ofHead, ofTail] = [grouped(claims, ({ head }) => `${head}`), grouped(claims, ({ tail }) => `${tail}`)]
  const facts = grouped(claims, ({ head, tail, relation }) => `${head} ${tail} ${relation}`)
  const surroundings = surroundingsOf(seen.pairs, seen.chains)
  return new Map(claims.map((claim): [number, Evidence] => {
    const { at, head, tail, relation } = claim
    return [claim.k, {
      first: claim.first, second: claim.second,
      otherTail: strongest(tails(claim), (rival) => rival.tail !== tail),
      otherTailElsewhere: strongest(anywhere(claim), (rival) => rival.tail !== tail),
      otherHead: strongest(heads(claim), (rival) => rival.head !== head),
      otherRelation: strongest(relations(claim), (rival) => rival.relation !== relation),
      listed: Math.log(tails(claim).length),
      ...endsOf(at, relation, seen),
      support: strongest(facts(claim), (other) => other !== claim),
      headElsewhere: strongest(ofHead(claim), (other) => other.tail !== tail), tailElsewhere: strongest(ofTail(claim), (other) => other.head !== head),
      ...surroundings(seen.pairs[at]!, relation, seen.statements[at]!.text),
    }]
  }))
}

/** The signs before the second reading, as good as it may become by these weights: a clear verdict, and rivals and a list as they do least harm. */
export function hopedOf({ at, relation, score }: FirstReading, weights: Weighing, seen: Seen): Signs {
  const rival = (sign: 'otherTail' | 'otherTailElsewhere' | 'otherHead' | 'otherRelation'): number => (weights[sign] < 0 ? RIVAL.least : 0)
  return {
    first: logitOf(score), second: HOPED,
    otherTail: rival('otherTail'), otherTailElsewhere: rival('otherTailElsewhere'), otherHead: rival('otherHead'), otherRelation: rival('otherRelation'),
    listed: Number(weights.listed > 0), ...endsOf(at, relation, seen),
  }
}

type Ends = Omit<Signs, 'first' | 'second' | 'otherTail' | 'otherTailElsewhere' | 'otherHead' | 'otherRelation' | 'listed'>

function endsOf(at: number, relation: string, { pairs, statements, chains, typed: { likeness } }: Seen): Ends {
  const { head, tail, headMention, tailMention } = pairs[at]!
  const [from, to] = [chains[head]!.mentions[headMention]!, chains[tail]!.mentions[tailMention]!]
  return {
    headLikeness: likeness(head, relation, 'head'), tailLikeness: likeness(tail, relation, 'tail'), literal: Number(chains[tail]!.literal !== undefined),
    nominalHead: Number(from.kind === 'nominal'), nominalTail: Number(to.kind === 'nominal'), pronounTail: Number(to.kind === 'pronoun'),
    across: Number(from.sentence !== to.sentence), underHeading: Number(statements[at]!.header !== undefined),
  }
}

function logitOf(score: number): number {
  const likely = Math.min(1 - SURE, Math.max(SURE, score))
  return Math.log(likely / (1 - likely))
}

interface Claim {
  readonly k: number
  readonly at: number
  readonly head: number
  readonly tail: number
  readonly relation: string
  readonly sentence: number
  readonly first: number
  readonly second: number
  /** What a rival says. */
  readonly both: number
}

/** Those that a claim is grouped with, itself included, the strongest first. */
function grouped(claims: readonly Claim[], keyOf: (claim: Claim) => string): (claim: Claim) => readonly Claim[] {
  const groups = new Map<string, Claim[]>()
  for (const claim of claims) {
    const key = keyOf(claim)
    const group = groups.get(key)
    if (group) group.push(claim)
    else groups.set(key, [claim])
  }
  for (const group of groups.values()) group.sort((a, b) => b.both - a.both)
  return (claim) => groups.get(keyOf(claim))!
}

/** Of claims by falling strength, so that a hub with thousands of them costs no more than others. */
function strongest(claims: readonly Claim[], isRival: (claim: Claim) => boolean): number {
  return Math.max(RIVAL.least, claims.find(isRival)?.both ?? RIVAL.least)
}
