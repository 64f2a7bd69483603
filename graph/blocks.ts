// Keys of blocks -> all that has to be resolved together: chains of these blocks, decisions about them, and whatever both lead to.
import type { CompiledOntology } from '../ontology/index.ts'
import type { ChainGroup, Profile, Tally } from './claim.ts'
import { acronymKey } from './claims.ts'
import { type Decision, type DecisionRow, decisionKeys, referencesOf } from './decision.ts'
import { byCodeUnit } from './identity.ts'
import { groupOf } from './profile.ts'
import { type Resolution, resolve } from './resolve.ts'
import type { GraphStore } from './store.ts'

const PAGE = 1000

export interface Blocks {
  readonly groups: readonly ChainGroup[]
  readonly decisions: readonly DecisionRow[]
  /** All keys that were looked at. */
  readonly keys: ReadonlySet<string>
  /** Documents that decisions name: their chains are groups of one. */
  readonly apart: readonly string[]
}

/** Chains and decisions of the blocks, and of all blocks that these lead to. */
export async function wholeBlocks(store: GraphStore, collection: string, keys: readonly string[], ruled: { readonly any: boolean }): Promise<Blocks> {
  const profiles = new Map<string, Profile>()
  const decisions = new Map<string, DecisionRow>()
  const asked = new Set<string>()
  let next = [...new Set(keys.map(nameOf))]
  while (next.length > 0) {
    for (const key of next) asked.add(key)
    const found = (await store.profiles(collection, next.sort(byCodeUnit))).filter(({ id }) => !profiles.has(id))
    for (const profile of found) profiles.set(profile.id, profile)
    const decided = ruled.any ? await store.decisions(collection, { keys: next }) : []
    for (const row of decided) decisions.set(row.decision.id, row)
    const merges = decided.filter(({ decision }) => decision.kind === 'merge' && decision.undone === undefined)
    next = [...new Set([...found.flatMap(leadsTo), ...merges.flatMap(({ decision }) => decisionKeys(decision))])].filter((key) => !asked.has(key))
  }
  const apart = documentsNamed([...decisions.values()].map(({ decision }) => decision))
  return { groups: await groupsOf(store, collection, profiles, apart), decisions: [...decisions.values()], keys: asked, apart }
}

/** Chains of these blocks alone, with those of the documents that the decisions name by themselves. */
export async function blocksNamed(store: GraphStore, collection: string, decisions: readonly Decision[]): Promise<readonly ChainGroup[]> {
  const profiles = await store.profiles(collection, [...new Set(decisions.flatMap(decisionKeys))].sort(byCodeUnit))
  return groupsOf(store, collection, new Map(profiles.map((profile) => [profile.id, profile])), documentsNamed(decisions))
}

export interface Resolved extends Resolution {
  /** What was resolved, with the types that documents claim. */
  readonly claimed: readonly ChainGroup[]
}

/** Resolves blocks; chains of surnames are read one by one where they have to be compared, or `always`. */
export async function resolveBlocks(store: GraphStore, collection: string, blocks: Blocks, ontology: CompiledOntology, always = false): Promise<Resolved> {
  const decisions = blocks.decisions.map(({ decision }) => decision)
  for (let groups = blocks.groups; ; ) {
    const resolution = resolve(collection, groups, ontology, decisions)
    const wanted = new Set([...resolution.wanted, ...(always ? resolution.crowds.map(({ group }) => group.profile) : [])])
    if (wanted.size === 0) return { ...resolution, claimed: groups }
    const rest = groups.filter(({ profile }) => !wanted.has(profile))
    const single: ChainGroup[] = []
    for (const profile of wanted) for await (const page of chainsOf(store, collection, profile)) single.push(...page)
    groups = [...rest, ...single]
  }
}

/** All chains of a profile, one by one, in pages. */
export async function* chainsOf(store: GraphStore, collection: string, profile: string): AsyncIterable<readonly ChainGroup[]> {
  for (let after = ''; ; ) {
    const page = await store.chains(collection, profile, { after, limit: PAGE })
    yield page.map((chain) => groupOf(collection, chain))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = last.id
  }
}

async function groupsOf(store: GraphStore, collection: string, profiles: ReadonlyMap<string, Profile>, apart: readonly string[]): Promise<readonly ChainGroup[]> {
  // Of a surname, each chain may stand for an entity of its own; who needs to know reads them one by one.
  const surnames = [...profiles.values()].filter(({ traits }) => traits.local === 'surname').map(({ id }) => id)
  const others = [...profiles.keys()].filter((id) => profiles.get(id)?.traits.local !== 'surname')
  const tallies = [
    ...(await store.tallies(collection, others.sort(byCodeUnit), 'entity', apart)),
    ...(surnames.length === 0 ? [] : await store.tallies(collection, surnames.sort(byCodeUnit), 'profile', apart)),
  ]
  return tallies.map((tally: Tally): ChainGroup => {
    const { id: _id, ...shared } = profiles.get(tally.profile) as Profile
    return { ...tally, ...shared }
  })
}

function documentsNamed(decisions: readonly Decision[]): readonly string[] {
  const named = decisions.filter(({ undone }) => undone === undefined).flatMap(referencesOf)
  return [...new Set(named.flatMap(({ documents = [] }) => documents))].sort(byCodeUnit)
}

/** A long name leads to its acronym's block; only who bears the acronym leads to all long names that have it. */
function leadsTo({ keys, traits }: Profile): readonly string[] {
  const names = keys.map(nameOf)
  return traits.acronym && traits.local === undefined ? [...names, acronymKey(traits.family, traits.form)] : names
}

function nameOf(key: string): string {
  return key.startsWith('a:') ? `n:${key.slice(2)}` : key
}
