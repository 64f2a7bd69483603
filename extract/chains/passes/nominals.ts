// Definite noun phrases: `the company`, `this river`, back to the nearest thing that was called so.
import { nounCoarse, sameGroup, singular } from '../../mentions/index.ts'
import type { Clusters } from '../clusters.ts'

/** Sentences looked back, and mentions at most: the cost stays linear. */
const SENTENCES = 4
const MENTIONS = 60
/** Probability from which the encoder's antecedent is taken. */
const SEEN = 0.85

/** Links definite phrases to the nearest earlier mention that their head noun fits. */
export function linkNominals(clusters: Clusters): void {
  clusters.mentions.forEach((mention, index) => {
    const reading = clusters.readings[index]!
    if (mention.kind !== 'nominal' || !reading.definite || clusters.members(index)[0]! < index) return
    const target = sameHead(clusters, index) ?? byType(clusters, index) ?? byView(clusters, index)
    if (target !== undefined) clusters.join(index, target.at, target.reason, target.score)
  })
}

interface Target {
  readonly at: number
  readonly reason: string
  readonly score: number
}

/** The same noun before (`a pump … the pump`), also as the last word of a name (`Logan Airport … the airport`). */
function sameHead(clusters: Clusters, index: number): Target | undefined {
  const reading = clusters.readings[index]!
  const head = reading.head!
  const modifiers = reading.words.slice(0, -1)
  for (const at of back(clusters, index, 8)) {
    const other = clusters.mentions[at]!
    const words = clusters.readings[at]!.words
    const same = other.kind === 'nominal' ? clusters.readings[at]!.head === head && other.agreement.number === clusters.mentions[index]!.agreement.number : other.kind === 'name' && words.length > 1 && (singular(words.at(-1)!) === head || (words.includes('of') && singular(words[words.indexOf('of') - 1] ?? '') === head))
    // Words that the earlier phrase lacks make it another thing: `the old pump`, `the new pump`.
    if (!same || (other.kind === 'nominal' && (!modifiers.every(word => words.includes(word)) || /^(?:his|her|its|their|our|my|your)\b/iu.test(other.text)))) continue
    if (other.kind === 'name' && modifiers.some(word => !words.includes(word))) continue
    if (clusters.compatible(index, at)) return { at, reason: 'same head noun', score: other.kind === 'name' ? 0.9 : 0.85 }
  }
  return undefined
}

/** The one name nearby of which the noun can be said: by a type of the ontology or by the class of the noun. */
function byType(clusters: Clusters, index: number): Target | undefined {
  const mention = clusters.mentions[index]!
  const { head, words } = clusters.readings[index]!
  if (mention.agreement.number === 'plural' || words.length > 2 || mention.coarse === undefined || nounCoarse(head!) === undefined) return undefined
  const seen: number[] = []
  for (const at of back(clusters, index, SENTENCES)) {
    const other = clusters.mentions[at]!
    if (other.kind !== 'name' || other.coarse !== mention.coarse || !clusters.compatible(index, at) || seen.some(before => clusters.together(before, at))) continue
    if (clusters.members(at).some(member => { const said = clusters.readings[member]!.head; return said !== undefined && sameGroup(said, head!) })) return { at, reason: 'called so before', score: 0.85 }
    seen.push(at)
  }
  // Without such a word only a single candidate is safe, and not for persons: `the man` may be anybody.
  const [only] = seen
  const near = only !== undefined && mention.sentence - clusters.mentions[only]!.sentence <= 2
  return seen.length === 1 && near && (mention.coarse === 'ORG' || mention.coarse === 'LOC' || (mention.coarse === 'MISC' && clusters.mentions[only]!.types[0] !== undefined && mention.types.includes(clusters.mentions[only]!.types[0]!))) ? { at: only, reason: 'only one of its kind', score: 0.7 } : undefined
}

/** What the encoder takes the phrase for, against all others within reach and against something new. */
function byView(clusters: Clusters, index: number): Target | undefined {
  const mention = clusters.mentions[index]!
  if (mention.agreement.number === 'plural') return undefined
  let [total, best, target] = [1, 0, -1]
  for (const at of back(clusters, index, SENTENCES)) {
    const logit = clusters.view.link(mention, clusters.mentions[at]!)
    if (logit === undefined) continue
    const weight = Math.exp(logit)
    total += weight
    if (weight > best && clusters.compatible(index, at)) [best, target] = [weight, at]
  }
  const score = best / total
  return target >= 0 && score >= SEEN ? { at: target, reason: 'encoder', score: Math.round(100 * score) / 100 } : undefined
}

/** Earlier mentions, nearest first, within the reach. */
function* back(clusters: Clusters, index: number, sentences: number): Generator<number> {
  const from = clusters.mentions[index]!
  for (let at = index - 1; at >= 0 && at > index - MENTIONS; at--) {
    const other = clusters.mentions[at]!
    if (from.sentence - other.sentence > sentences) return
    if (other.kind !== 'literal' && other.kind !== 'pronoun' && other.end <= from.start) yield at
  }
}
