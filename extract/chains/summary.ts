// Cluster -> chain: name, aliases, type, key, links by position inside the chain.
import type { Mention } from '../mentions/index.ts'
import type { Chain } from './chain.ts'
import type { Clusters, MentionLink } from './clusters.ts'

/** Weights of a mention's best type; the k-th counts 1/k of it. */
const TYPE_WEIGHT: Readonly<Record<string, number>> = { gazetteer: 6, pattern: 4, nominal: 1.5, likeness: 0.5, pronoun: 0.2 }
/** Longest name of a chain: a longer one is a recognizer's slip. */
const LONGEST_NAME = 120

/** The chain of some mentions (ascending positions). */
export function summarize(index: number, members: readonly number[], links: readonly MentionLink[], clusters: Clusters): Chain {
  const mentions = members.map(member => clusters.mentions[member]!)
  const place = new Map(members.map((member, at) => [member, at] as const))
  const names = mentions.filter(mention => mention.kind === 'name')
  const name = bestName(mentions, names)
  const type = bestType(mentions, clusters)
  const masterId = mentions.find(mention => mention.masterId !== undefined)?.masterId
  const literal = mentions[0]!.literal
  return {
    index, name, aliases: [...new Set(names.map(mention => onOneLine(mention.text)))].filter(text => text !== name).sort(),
    ...(type === undefined ? {} : { type }), ...(literal === undefined ? {} : { literal }), ...(masterId === undefined ? {} : { masterId }),
    mentions, links: links.map(({ from, to, reason, score }) => ({ from: place.get(from)!, to: place.get(to)!, reason, score })),
  }
}

function bestName(mentions: readonly Mention[], names: readonly Mention[]): string {
  const pool = names.length > 0 ? names : mentions.filter(mention => mention.kind === 'nominal')
  const from = pool.length > 0 ? pool : mentions
  const fitting = from.filter(mention => mention.text.length <= LONGEST_NAME)
  const name = onOneLine((fitting.length > 0 ? fitting : from).reduce((best, mention) => (mention.text.length > best.text.length ? mention : best)).text)
  // The article of what is described says how it comes in here, not what it is.
  return names.length > 0 ? name : name.replace(/^(?:the|an?) (?=.)/iu, '')
}

/** A name that a line break runs through is one name. */
function onOneLine(text: string): string {
  return text.replace(/\s+/gu, ' ')
}

/** Heaviest type over the mentions; pronouns alone have none: who is meant is not known. Equal weight: the mention that comes first decides. */
function bestType(mentions: readonly Mention[], clusters: Clusters): string | undefined {
  if (mentions.every(mention => mention.kind === 'pronoun' || mention.kind === 'literal')) return undefined
  const weights = new Map<string, number>()
  for (const mention of mentions) mention.types.forEach((type, at) => weights.set(type, (weights.get(type) ?? 0) + (TYPE_WEIGHT[mention.finder] ?? 1) / (at + 1)))
  // What is said of a type is said of the more general type too, but the more specific one is worth more: it stands unless the general one is clearly heavier.
  let best: string | undefined
  for (const [type, weight] of weights) {
    if (best === undefined || weight > weights.get(best)! + 1e-9 || (Math.abs(weight - weights.get(best)!) < 1e-9 && clusters.ontology.isA(type, best))) best = type
  }
  return best
}
