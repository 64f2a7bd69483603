// Claims -> accepted and doubtful triples, every refusal counted with its reason. The ontology has the last word over the whole document.
import type { Document } from '../../ingest/index.ts'
import { type CompiledOntology, type ValidationTriple, validateTriples } from '../../ontology/index.ts'
import type { Chain } from '../chains/index.ts'
import { asksForPresent } from './assertion.ts'
import { type Claim, gatherClaims } from './claim.ts'
import type { Policy } from './policy.ts'
import type { ScoredPair } from './score.ts'
import type { RejectionReason, Triple, TripleEvidence } from './triple.ts'
import { settleTypes } from './settle.ts'

export interface Decision {
  /** With the types that the accepted triples settle. */
  readonly chains: readonly Chain[]
  /** Accepted and review, sorted by head, relation, tail. */
  readonly triples: readonly Triple[]
  readonly rejected: Readonly<Partial<Record<RejectionReason, number>>>
}

/** A denied or supposed claim is named so down to this fraction of the least score for review. */
const HALF_BELIEVED = 30
/** Places kept as evidence of one triple. */
const MAX_EVIDENCE = 5

/** Decides over all scored pairs of a document. */
export function decide(scored: readonly ScoredPair[], document: Document, chains: readonly Chain[], ontology: CompiledOntology, policy: Policy): Decision {
  const rejected = new Map<RejectionReason, number>()
  const count = (reason: RejectionReason): void => void rejected.set(reason, (rejected.get(reason) ?? 0) + 1)
  const candidates: Claim[] = []
  for (const claim of gatherClaims(scored, ontology)) {
    const least = policy.review(claim.relation)
    const outcome = stated(claim, ontology)
    if (claim.score < least) {
      // The encoder, too, scores denials low: what it would have half believed is counted by what the text does to it.
      count(typeof outcome === 'string' && claim.score >= least / HALF_BELIEVED ? outcome : 'low-score')
      continue
    }
    if (typeof outcome === 'string') count(outcome)
    else if (outcome.score < least) count('low-score')
    else candidates.push(outcome)
  }
  const settled = settleTypes(candidates, chains, ontology)
  for (const reason of settled.refused) count(reason)
  const validation = validateTriples(settled.claims.map((claim) => toValidation(claim, settled.chains)), ontology)
  for (const { rule } of validation.refused) count(rule)
  const triples = validation.kept.map((index) => toTriple(settled.claims[index]!, document, chains, policy))
  return { chains: settled.chains, triples: triples.sort(order), rejected: Object.fromEntries([...rejected].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** The claim by the places that state it, or why none does. */
function stated(claim: Claim, ontology: CompiledOntology): Claim | RejectionReason {
  const present = asksForPresent(ontology.ontology.relations[claim.relation]!.description)
  const places = claim.places.filter(({ assertion }) => assertion === 'stated' || (assertion === 'ended' && !present))
  if (places.length > 0) return places.length === claim.places.length ? claim : { ...claim, places, score: places[0]!.score }
  return claim.places[0]!.assertion === 'hypothetical' ? 'hypothetical' : 'negated'
}

function toValidation({ head, relation, tail, score }: Claim, chains: readonly Chain[]): ValidationTriple {
  const { literal, type } = chains[tail]!
  const key = literal ? `${literal.kind}:${literal.value}` : `${tail}`
  return {
    head: { key: `${head}`, type: chains[head]!.type! }, relation, score,
    tail: { key, ...(literal ? { literal: literal.kind } : type === undefined ? {} : { type }) },
  }
}

function toTriple(claim: Claim, document: Document, chains: readonly Chain[], policy: Policy): Triple {
  const { head, relation, tail, score } = claim
  const best = claim.places[0]!.score
  const evidence = claim.places.filter((place) => place.score >= Math.min(best, policy.review(relation))).slice(0, MAX_EVIDENCE)
    .map((place) => toEvidence(place, claim, document, chains))
    .sort((a, b) => a.start - b.start || a.head.start - b.head.start || a.tail.start - b.tail.start)
  return { head, relation, tail, score, status: score >= policy.accept(relation) ? 'accepted' : 'review', evidence }
}

function toEvidence({ pair, score }: ScoredPair, { head }: Claim, document: Document, chains: readonly Chain[]): TripleEvidence {
  const ends = [chains[pair.head]!.mentions[pair.headMention]!, chains[pair.tail]!.mentions[pair.tailMention]!]
    .map(({ start, end, text }) => ({ start, end, text }))
  // A symmetric claim keeps the order of its chains, whichever way the pair was read.
  const [first, second] = pair.head === head ? [ends[0]!, ends[1]!] : [ends[1]!, ends[0]!]
  const { start, end } = pair.window
  return { start, end, sentence: pair.sentence, quote: document.text.slice(start, end), head: first, tail: second, score }
}

function order(a: Triple, b: Triple): number {
  return a.head - b.head || (a.relation < b.relation ? -1 : a.relation > b.relation ? 1 : 0) || a.tail - b.tail
}
