// Keys of blocks -> all that has to be resolved together: chains of these blocks, decisions about them, and whatever both lead to.
import type { ChainRow } from './claim.ts'
import { acronymKey } from './claims.ts'
import { type DecisionRow, decisionKeys } from './decision.ts'
import { byCodeUnit } from './identity.ts'
import type { GraphStore } from './store.ts'

export interface Blocks {
  readonly chains: readonly ChainRow[]
  readonly decisions: readonly DecisionRow[]
  /** All keys that were looked at. */
  readonly keys: ReadonlySet<string>
}

/** Chains and decisions of the blocks, and of all blocks that these lead to. */
export async function wholeBlocks(store: GraphStore, collection: string, keys: readonly string[], ruled: { readonly any: boolean }): Promise<Blocks> {
  const chains = new Map<string, ChainRow>()
  const decisions = new Map<string, DecisionRow>()
  const asked = new Set<string>()
  let next = [...new Set(keys.map(nameOf))]
  while (next.length > 0) {
    for (const key of next) asked.add(key)
    const found = (await store.chains(collection, next.sort(byCodeUnit))).filter((chain) => !chains.has(chain.id))
    for (const chain of found) chains.set(chain.id, chain)
    const decided = ruled.any ? await store.decisions(collection, { keys: next }) : []
    for (const row of decided) decisions.set(row.decision.id, row)
    const merges = decided.filter(({ decision }) => decision.kind === 'merge' && decision.undone === undefined)
    next = [...new Set([...found.flatMap(leadsTo), ...merges.flatMap(({ decision }) => decisionKeys(decision))])].filter((key) => !asked.has(key))
  }
  return { chains: [...chains.values()], decisions: [...decisions.values()], keys: asked }
}

/** A long name leads to its acronym's block; only who bears the acronym leads to all long names that have it. */
function leadsTo(chain: ChainRow): readonly string[] {
  const names = chain.keys.map(nameOf)
  return chain.traits.acronym && chain.traits.local === undefined ? [...names, acronymKey(chain.traits.family, chain.traits.form)] : names
}

function nameOf(key: string): string {
  return key.startsWith('a:') ? `n:${key.slice(2)}` : key
}
