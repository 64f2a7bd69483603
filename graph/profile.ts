// Chains -> what they have in common: a profile for all chains that resolution cannot tell apart, and chains as groups of one.
import type { ChainClaim, ChainGroup, ChainRow, Profile } from './claim.ts'
import { digest } from './identity.ts'

/** The profile of a chain; what stands around a surname is its chain's own. */
export function profileOf(collection: string, { name, type, masterId, keys, traits }: Pick<ChainClaim, 'name' | 'type' | 'masterId' | 'keys' | 'traits'>): Profile {
  const { family, form, others, acronym, local, qualifier } = traits
  const kept = { family, form, others, acronym, ...(local === undefined ? {} : { local }), ...(qualifier === undefined ? {} : { qualifier }) }
  const id = `profile:${digest(collection, JSON.stringify([name, type, masterId ?? null, keys, family, form, others, acronym, local ?? null, qualifier ?? null]))}`
  return { id, name, type, ...(masterId === undefined ? {} : { masterId }), keys, traits: kept }
}

/** A chain by itself, as a group. */
export function groupOf(collection: string, chain: ChainRow): ChainGroup {
  const { id, document, index, mentions, unit, entity, aliases } = chain
  const { id: profile, ...shared } = profileOf(collection, chain)
  return {
    id, document, index, profile, ...shared, count: 1, mentions, ...(unit === undefined ? {} : { unit }), ...(entity === undefined ? {} : { entity }),
    single: { aliases, context: chain.traits.context },
  }
}
