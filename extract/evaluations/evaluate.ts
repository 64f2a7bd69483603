// Extractions against gold: one claim for one gold triple, claims by falling score.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Extraction } from '../extraction.ts'
import type { Evaluation, Quality, ReliabilityBin } from './evaluation.ts'
import type { GoldDocument, GoldEnd, GoldTriple } from './gold.ts'

interface Claim {
  readonly relation: string
  readonly score: number
  readonly accepted: boolean
  readonly head: readonly string[]
  readonly tail: readonly string[]
}

interface Tally {
  right: number
  wrong: number
  missed: number
}

type Agreement = (said: readonly string[], gold: GoldEnd) => boolean

const BINS = 10

/** Compares each extraction with the gold of its document, in order. */
export function evaluate(pairs: Iterable<{ readonly extraction: Extraction; readonly gold: GoldDocument }>, ontology: CompiledOntology): Evaluation {
  const strict = new Map<string, Tally>()
  const overlap = new Map<string, Tally>()
  const scored: { score: number; right: boolean }[] = []
  let documents = 0
  for (const { extraction, gold } of pairs) {
    documents += 1
    const looked = (relation: string): boolean => !gold.annotated || gold.annotated.includes(relation)
    const claims = claimsOf(extraction).filter(({ relation }) => looked(relation))
    const triples = gold.triples.filter(({ relation }) => looked(relation))
    count(strict, claims.filter(({ accepted }) => accepted), triples, ontology, equal)
    count(overlap, claims.filter(({ accepted }) => accepted), triples, ontology, within)
    for (const [k, found] of match(claims, triples, ontology, within).entries()) scored.push({ score: claims[k]!.score, right: found !== undefined })
  }
  const names = [...new Set([...strict.keys(), ...overlap.keys()])].sort()
  const bins = binsOf(scored)
  return {
    documents, strict: total(strict), overlap: total(overlap),
    relations: Object.fromEntries(names.map((name) => [name, { strict: quality(strict.get(name)!), overlap: quality(overlap.get(name)!) }])),
    calibrationError: round(bins.reduce((sum, { claims, meanScore, shareRight }) => sum + (claims / Math.max(1, scored.length)) * Math.abs(meanScore - shareRight), 0)),
    bins,
  }
}

function claimsOf({ chains, triples }: Extraction): Claim[] {
  const said = (index: number): string[] => {
    const { name, literal, mentions } = chains[index]!
    return [...new Set([...(literal ? [literal.value] : [name]), ...mentions.filter(({ kind }) => kind === 'name' || kind === 'literal').map(({ text }) => text)])]
  }
  return triples.map(({ relation, score, status, head, tail }) => ({ relation, score, accepted: status === 'accepted', head: said(head), tail: said(tail) })).sort((a, b) => b.score - a.score)
}

/** The gold triple that each claim stands for; each is given once. */
function match(claims: readonly Claim[], triples: readonly GoldTriple[], { ontology }: CompiledOntology, agrees: Agreement): (GoldTriple | undefined)[] {
  const free = new Set(triples)
  return claims.map((claim) => {
    for (const triple of free) {
      if (triple.relation !== claim.relation) continue
      const straight = agrees(claim.head, triple.head) && agrees(claim.tail, triple.tail)
      const crossed = ontology.relations[claim.relation]!.symmetric && agrees(claim.head, triple.tail) && agrees(claim.tail, triple.head)
      if (!straight && !crossed) continue
      free.delete(triple)
      return triple
    }
    return undefined
  })
}

function count(tallies: Map<string, Tally>, claims: readonly Claim[], triples: readonly GoldTriple[], ontology: CompiledOntology, agrees: Agreement): void {
  const tally = (relation: string): Tally => tallies.get(relation) ?? tallies.set(relation, { right: 0, wrong: 0, missed: 0 }).get(relation)!
  const found = match(claims, triples, ontology, agrees)
  claims.forEach(({ relation }, k) => { tally(relation)[found[k] ? 'right' : 'wrong'] += 1 })
  const given = new Set(found)
  for (const triple of triples) if (!given.has(triple)) tally(triple.relation).missed += 1
}

const equal: Agreement = (said, { names }) => said.some((a) => names.some((b) => plain(a) === plain(b)))
const within: Agreement = (said, { names }) => said.some((a) => names.some((b) => contains(plain(a), plain(b)) || contains(plain(b), plain(a))))

function contains(long: string, short: string): boolean {
  return short !== '' && ` ${long} `.includes(` ${short} `)
}

function plain(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim().replace(/^(?:the|an?) /u, '')
}

function total(tallies: ReadonlyMap<string, Tally>): Quality {
  const all = { right: 0, wrong: 0, missed: 0 }
  for (const { right, wrong, missed } of tallies.values()) {
    all.right += right
    all.wrong += wrong
    all.missed += missed
  }
  return quality(all)
}

function quality({ right, wrong, missed }: Tally): Quality {
  const [precision, recall] = [share(right, right + wrong), share(right, right + missed)]
  return { right, wrong, missed, precision, recall, f1: share(2 * precision * recall, precision + recall) }
}

function binsOf(scored: readonly { readonly score: number; readonly right: boolean }[]): ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, k): ReliabilityBin => {
    const inside = scored.filter(({ score }) => Math.min(BINS - 1, Math.floor(score * BINS)) === k)
    return {
      from: k / BINS, to: (k + 1) / BINS, claims: inside.length,
      meanScore: share(inside.reduce((sum, { score }) => sum + score, 0), inside.length), shareRight: share(inside.filter(({ right }) => right).length, inside.length),
    }
  })
}

function share(part: number, whole: number): number {
  return whole > 0 ? round(part / whole) : 0
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
