// Claims narrow the types of their ends: who is EMPLOYED_BY is a person. The better score speaks first; what no type is left for is refused.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Chain } from '../chains/index.ts'
import { candidateTypes } from '../pairs/index.ts'
import type { Claim } from './claim.ts'
import type { RejectionReason } from './triple.ts'

export interface Settled {
  /** In their given order, less the refused. */
  readonly claims: readonly Claim[]
  readonly chains: readonly Chain[]
  readonly refused: readonly RejectionReason[]
}

/** A claim that is likelier wrong than right does not make something else of its ends than they are taken for. */
const LIKELY = 0.5

/** Settles every chain's type by the claims about it. */
export function settleTypes(claims: readonly Claim[], chains: readonly Chain[], ontology: CompiledOntology): Settled {
  const open = chains.map((chain) => candidateTypes(chain, ontology))
  const kept = new Set<Claim>()
  const refused: RejectionReason[] = []
  const position = new Map(claims.map((claim, k) => [claim, k]))
  for (const claim of [...claims].sort((a, b) => b.score - a.score || position.get(a)! - position.get(b)!)) {
    const { domain, range, literal, symmetric } = ontology.ontology.relations[claim.relation]!
    const heads = within(open[claim.head]!, symmetric ? [...domain, ...range] : domain, ontology)
    const tails = within(open[claim.tail]!, symmetric ? [...domain, ...range] : range, ontology)
    const moves = (end: number, left: readonly string[]): boolean => claim.score < LIKELY && chains[end]!.type !== undefined && left[0] !== open[end]![0]
    if (heads.length === 0 || moves(claim.head, heads)) refused.push('domain')
    else if (!literal && (tails.length === 0 || moves(claim.tail, tails))) refused.push('range')
    else {
      kept.add(claim)
      open[claim.head] = heads
      if (!literal) open[claim.tail] = tails
    }
  }
  const involved = new Set([...kept].flatMap(({ head, tail }) => [head, tail]))
  return {
    claims: claims.filter((claim) => kept.has(claim)),
    chains: chains.map((chain, k) => {
      const type = involved.has(k) && !chain.literal ? open[k]![0] : chain.type
      return type === undefined || type === chain.type ? chain : { ...chain, type }
    }),
    refused,
  }
}

function within(types: readonly string[], allowed: readonly string[], ontology: CompiledOntology): readonly string[] {
  return types.filter((type) => allowed.some((ancestor) => ontology.isA(type, ancestor)))
}
