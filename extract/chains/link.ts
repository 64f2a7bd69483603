// Mentions -> chains, by a sieve: passes from the surest to the least sure, each as data. After Lee et al. 2013 (deterministic, entity-centric coreference).
import type { Document } from '../../ingest/index.ts'
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Mention } from '../mentions/index.ts'
import { NO_VIEW, type View } from '../views/index.ts'
import type { Chain } from './chain.ts'
import { openClusters, type Clusters } from './clusters.ts'
import { linkBeside, linkRelative, linkAcronyms, linkExact, linkPeople, linkShortened, linkNominals, linkPronouns, linkSpeakers } from './passes/index.ts'
import { findShortForms } from './short-forms.ts'
import { summarize } from './summary.ts'

/** The passes in order. */
export const PASSES: readonly { readonly name: string, readonly link: (clusters: Clusters) => void }[] = [
  { name: 'exact', link: linkExact }, { name: 'values', link: linkValues }, { name: 'beside', link: linkBeside }, { name: 'acronyms', link: linkAcronyms },
  { name: 'people', link: linkPeople }, { name: 'shortened', link: linkShortened }, { name: 'relative', link: linkRelative },
  { name: 'nominals', link: linkNominals }, { name: 'pronouns', link: linkPronouns }, { name: 'speakers', link: linkSpeakers },
]

/** Chains of a document, sorted by first mention; every mention is in exactly one. */
export function linkChains(document: Document, found: readonly Mention[], ontology: CompiledOntology, view: View = NO_VIEW): readonly Chain[] {
  const { mentions, forms } = findShortForms(found, view)
  const clusters = openClusters(document, mentions, ontology, view)
  for (const { from, to, score } of forms) clusters.declare(from, to, 'short form', score)
  for (const pass of PASSES) pass.link(clusters)
  const linksOf = new Map<number, typeof clusters.links[number][]>()
  for (const link of clusters.links) {
    const first = clusters.members(link.from)[0]!
    linksOf.set(first, [...(linksOf.get(first) ?? []), link])
  }
  return mentions.flatMap((_, index) => (clusters.members(index)[0] === index ? [index] : []))
    .map((first, index) => summarize(index, clusters.members(first), linksOf.get(first) ?? [], clusters))
}

/** Equal values are one chain. */
function linkValues(clusters: Clusters): void {
  const first = new Map<string, number>()
  clusters.mentions.forEach((mention, index) => {
    if (mention.literal === undefined) return
    const key = `${mention.literal.kind}\n${mention.literal.value}`
    const head = first.get(key)
    if (head === undefined) first.set(key, index)
    else clusters.join(index, head, 'equal value', 1)
  })
}
