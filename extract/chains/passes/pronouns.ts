// Personal and possessive pronouns -> the most salient cluster that agrees. Salience is a weighted sum of signs (subject, nearness, parallel role, topic), the weights fitted on annotated passages.
import type { Clusters } from '../clusters.ts'

const SENTENCES = 3
const MENTIONS = 80
/** Least probability, against the other candidates, at which a link is made. */
const LEAST = 0.35

/** Signs of one candidate for one pronoun. */
export interface Signs {
  readonly distance: number
  readonly subject: number
  readonly oblique: number
  readonly possessor: number
  readonly parallel: number
  readonly nearest: number
  readonly firstInSentence: number
  readonly frequency: number
  readonly genderKnown: number
  readonly viaPronoun: number
  readonly topic: number
  readonly sameClauseSubject: number
  readonly nameless: number
  readonly fullName: number
  readonly person: number
  readonly rank: number
  readonly subjectHere: number
}

export const WEIGHTS: Readonly<Record<keyof Signs, number>> = {
  distance: -1.99, subject: 0.52, oblique: -0.77, possessor: -0.04, parallel: 0.4, nearest: 0.41, firstInSentence: 0.31, frequency: 0.78, genderKnown: 0.64,
  viaPronoun: -0.03, topic: 1.35, sameClauseSubject: 0.19, nameless: -1.82, fullName: -0.29, person: 0.61, rank: -0.28, subjectHere: -0.49,
}

/** What the encoder's logit counts beside the signs. */
const LINK = 0.5
/** The latest members of a cluster that the encoder is asked about. */
const ASKED = 4

/** How much the encoder thinks that the pronoun goes on what the cluster began; 0 where it did not look. */
function seenLink(clusters: Clusters, index: number, at: number): number {
  const { before, near } = nearMembers(clusters, at, index)
  const asked = (before > 0 ? near.filter(member => member < index) : near).slice(-ASKED)
  const logits = asked.flatMap(member => clusters.view.link(clusters.mentions[index]!, clusters.mentions[member]!) ?? [])
  return logits.length === 0 ? 0 : Math.max(...logits)
}

/** Links pronouns from left to right, so that each may lean on those before it. */
export function linkPronouns(clusters: Clusters): void {
  for (let index = 0; index < clusters.mentions.length; index++) linkPronoun(clusters, index)
}

/** Links one pronoun, unless nothing fits or two fit alike. */
export function linkPronoun(clusters: Clusters, index: number): void {
  const mention = clusters.mentions[index]!
  if (mention.kind !== 'pronoun' || mention.agreement.person !== 3 || clusters.members(index).length > 1 || /^(?:who|whom|whose|which|where)$/iu.test(mention.text)) return
  if (isEmptyIt(clusters, index)) return
  const found = candidates(clusters, index)
  const weights = found.map(at => Math.exp(salience(signs(clusters, index, at)) + LINK * seenLink(clusters, index, at)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  // Equal weights: the nearer candidate, which stands first.
  const best = weights.indexOf(Math.max(...weights))
  if (found.length === 0 || weights[best]! / total < LEAST) return
  clusters.join(index, found[best]!, 'pronoun', Math.round(100 * Math.min(0.95, weights[best]! / total)) / 100)
}

/** Members that matter for a pronoun: the first few, which name the thing, and those around it; large clusters would cost quadratic time. */
function nearMembers(clusters: Clusters, at: number, index: number): { readonly near: readonly number[], readonly before: number } {
  const members = clusters.members(at)
  let low = 0
  let high = members.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (members[middle]! < index) low = middle + 1
    else high = middle
  }
  return { near: members.length <= 40 ? members : [...members.slice(0, 8), ...members.slice(Math.max(8, low - 24), low + 4)], before: low }
}

/** Clusters that agree, each by its latest mention before the pronoun (or right after it in the same sentence for an opening possessive). */
export function candidates(clusters: Clusters, index: number): number[] {
  const pronoun = clusters.mentions[index]!
  const found: number[] = []
  for (let at = index - 1; at >= 0 && at > index - MENTIONS; at--) {
    const other = clusters.mentions[at]!
    if (pronoun.sentence - other.sentence > SENTENCES) break
    // A phrase that nobody knows a kind for is named by none: `the throat`.
    if (other.kind === 'literal' || isUnknown(clusters, at) || other.end > pronoun.start || found.some(before => clusters.together(before, at))) continue
    if (agrees(clusters, index, at) && clusters.compatible(index, at) && !bound(clusters, index, at)) found.push(at)
  }
  if (found.length === 0 || clusters.readings[index]!.role === 'possessor') {
    const cataphor = ahead(clusters, index)
    if (cataphor !== undefined && !found.some(before => clusters.together(before, cataphor))) found.push(cataphor)
  }
  return found
}

function isUnknown(clusters: Clusters, at: number): boolean {
  return clusters.members(at).every(member => { const { kind, types, coarse } = clusters.mentions[member]!; return kind === 'nominal' && types.length === 0 && coarse === undefined })
}

/** `In his youth, Smith …`: the subject after an opening phrase with the pronoun. */
function ahead(clusters: Clusters, index: number): number | undefined {
  const pronoun = clusters.mentions[index]!
  const { document, mentions, readings } = clusters
  const sentence = document.sentences[pronoun.sentence]!
  if (pronoun.start - sentence.start > 40) return undefined
  for (let at = index + 1; at < mentions.length && at < index + 8; at++) {
    const other = mentions[at]!
    if (other.sentence !== pronoun.sentence) return undefined
    if (other.kind !== 'name' || other.start < pronoun.end || readings[at]!.role !== 'subject' || !/,\s*$/u.test(document.text.slice(sentence.start, other.start))) continue
    return agrees(clusters, index, at) && clusters.compatible(index, at) ? at : undefined
  }
  return undefined
}

function agrees(clusters: Clusters, index: number, at: number): boolean {
  const pronoun = clusters.mentions[index]!
  const members = nearMembers(clusters, at, index).near.map(member => clusters.mentions[member]!)
  if (members.every(member => member.kind === 'pronoun' && member.agreement.person !== 3)) return false
  const coarse = members.find(member => member.kind !== 'pronoun' && member.coarse !== undefined)?.coarse
  const unsure = members.every(member => member.kind !== 'name' || member.agreement.gender === undefined)
  if (pronoun.agreement.gender === 'male' || pronoun.agreement.gender === 'female') return coarse === 'PER' || members.every(member => member.kind === 'name' ? member.agreement.gender === undefined && member.agreement.number === undefined && !/^(?:the|The) /u.test(member.text) : member.kind === 'pronoun') && members.some(member => member.kind === 'name') || (coarse === undefined && members.some(member => member.agreement.gender === pronoun.agreement.gender))
  if (pronoun.agreement.gender === 'neuter') return (coarse !== 'PER') && !members.some(member => member.agreement.number === 'plural')
  // they: plural phrases, organizations; a person alone only when nothing else is known of it.
  return members.some(member => member.agreement.number === 'plural') || coarse === 'ORG' || (coarse === undefined && unsure && members.every(member => member.kind === 'pronoun' && member.agreement.gender === undefined))
}

/** `John saw him`: subject and object of one clause are two; a possessive may be either. */
function bound(clusters: Clusters, index: number, at: number): boolean {
  const pronoun = clusters.mentions[index]!
  const role = clusters.readings[index]!.role
  if (role === 'possessor' || /sel(?:f|ves)$/iu.test(pronoun.text)) return false
  return nearMembers(clusters, at, index).near.some(member => {
    const other = clusters.mentions[member]!
    if (other.sentence !== pronoun.sentence || other.start > pronoun.start) return false
    const between = clusters.document.text.slice(other.end, pronoun.start)
    const oneClause = !/[,;:—]|\b(?:and|but|that|when|while|because|after|before|if|who|which|as|although|since|until|so|whether|where)\b/iu.test(between)
    return oneClause && (clusters.readings[member]!.role === 'subject' ? role !== 'subject' : between.length < 2)
  })
}

/** `It is clear that`, `it rains`: refers to nothing. */
function isEmptyIt(clusters: Clusters, index: number): boolean {
  const mention = clusters.mentions[index]!
  if (mention.text.toLowerCase() !== 'it') return false
  const after = clusters.document.text.slice(mention.end, mention.end + 70)
  return /^\s+(?:is|was|has been|would be|will be|may be|might be|became|seems|seemed|appears|appeared|turns|turned|takes|took|follows|rains|rained|snowed|snows)\b(?:\s+\p{L}+){0,3}\s+(?:that|to|for|whether|if|who|out|like|as if)\b/iu.test(after)
}

/** What speaks for a candidate. */
export function signs(clusters: Clusters, index: number, at: number): Signs {
  const { mentions, readings, document } = clusters
  const pronoun = mentions[index]!
  const { near: members, before: count } = nearMembers(clusters, at, index)
  const other = mentions[at]!
  const before = members.filter(member => member < index)
  const recent = before.filter(member => mentions[member]!.sentence === other.sentence)
  const role = readings[at]!.role
  const subject = role === 'subject' || recent.some(member => readings[member]!.role === 'subject')
  const named = members.map(member => mentions[member]!).filter(member => member.kind === 'name')
  const sentence = document.sentences[other.sentence]!
  const text = document.text.slice(Math.min(other.end, pronoun.start), pronoun.start)
  return {
    distance: pronoun.sentence - other.sentence, subject: Number(subject), oblique: Number(role === 'oblique'), possessor: Number(role === 'possessor'),
    parallel: Number(role === readings[index]!.role), nearest: 1 / (1 + text.length / 40), firstInSentence: Number(recent.some(member => mentions[member]!.start - sentence.start < 4)),
    frequency: Math.log2(1 + count) / 2, genderKnown: Number(members.some(member => mentions[member]!.agreement.gender === pronoun.agreement.gender && mentions[member]!.agreement.gender !== undefined)),
    viaPronoun: Number(other.kind === 'pronoun' && other.agreement.gender === pronoun.agreement.gender), topic: Number(named.some(name => document.title.includes(name.text)) || members[0]! < 2),
    sameClauseSubject: Number(subject && other.sentence === pronoun.sentence && readings[index]!.role === 'possessor'), nameless: Number(named.length === 0), fullName: Number(named.some(name => name.text.includes(' '))),
    person: Number(members.some(member => mentions[member]!.kind !== 'pronoun' && mentions[member]!.coarse === 'PER')), rank: mentions.slice(at + 1, index).filter(between => between.kind === 'name' && between.coarse === 'PER').length,
    subjectHere: Number(subject && other.sentence === pronoun.sentence),
  }
}

function salience(values: Signs): number {
  let sum = 0
  for (const key of Object.keys(WEIGHTS) as (keyof Signs)[]) sum += WEIGHTS[key] * values[key]
  return sum
}
