// Two mentions side by side that the text itself declares one: alias, brackets, apposition, copula, relative pronoun.
import type { Clusters } from '../clusters.ts'
import type { Mention } from '../../mentions/index.ts'

const ALIAS = /^[\s,(“"]*(?:(?:who|which)\s+(?:is|was)\s+)?(?:also|better|formerly|previously|originally|commonly|popularly|sometimes|often|professionally|now|then|later|simply|widely|otherwise)?[\s,]*(?:(?:commonly|simply|better|popularly)\s+)?(?:known|called|named|nicknamed|titled|abbreviated|shortened|referred to|written|styled|dubbed|renamed|alias|a\.?k\.?a\.?|n[ée]e|short:|or simply|formerly|previously|originally)(?:\s+(?:simply|as|to|it|by|the name|mononymously|professionally|collectively))*[\s:,]*["“‘(]?\s*(?:the\s+)?$/u
const BRACKETS = /^\s*[,]?\s*\(\s*(?:the\s+)?["“‘']?\s*$/u
const COPULA = /^(?:\s*\([^()]{0,80}\))?,?\s+(?:is|was|are|were|became|becomes|remains|remained|has been|had been|served as|serves as|works as|worked as)\s+(?:also\s+|once\s+|now\s+|currently\s+|then\s+|formerly\s+|one of\s+)?$/u
/** `Spirited Away (Japanese: Sen to Chihiro, Hepburn: …)`: what stands behind a language is the same in it. */
const LANGUAGE = /^\s*\((?:[^()]*[,;])?\s*$/u
const TRANSLATION = /^\s*\((?:[^()]*[,;])?\s*\p{Lu}[\p{L}-]+:\s*["“‘']?$/u
/** `also known as the torchwood family or the incense tree family`: what joins a further alias to the last one; a comma or `and` alone joins only names of one kind in brackets. */
const FURTHER_ALIAS = /^["”’]?\s*,?\s*(?:or|(?:and|or)\s+(?:(?:later|sometimes|simply)\s+|in\s+(?:the\s+)?(?:\p{Lu}[\p{L}-]*\s+){1,2})?as)\s+(?:(?:simply|just|later)\s+)*(?:the\s+)?["“‘]?$/u
const LISTED_IN_BRACKETS = /^["”’]?\s*(?:[,;]|,?\s*and)\s+(?:the\s+)?["“‘]?$/u
/** `… and in England as Blind Boy`: the place is passed over. */
const ELSEWHERE = /^["”’]?\s*,?\s*(?:and|or)\s+in\s+(?:the\s+)?$/u
/** How far apart the two may stand. */
const REACH = 140

/** Links each mention with what directly follows it. */
export function linkBeside(clusters: Clusters): void {
  const { mentions, document } = clusters
  for (let index = 0; index < mentions.length; index++) {
    const mention = mentions[index]!
    if (mention.kind === 'literal' || mention.kind === 'pronoun' || mention.finder === 'inside') continue
    let alias: Mention | undefined
    for (let next = index + 1; next < mentions.length && next < index + 8; next++) {
      const other = mentions[next]!
      if (other.start < (alias ?? mention).end) continue
      if (other.sentence !== mention.sentence || other.start - mention.end > REACH) break
      if (other.kind === 'literal' || other.kind === 'pronoun' || other.finder === 'inside') continue
      const between = document.text.slice(mention.end, other.start)
      const after = document.text.slice(other.end, other.end + 12)
      const reason = alias ? furtherAlias(mention, alias, other, document.text) : reasonFor(mention, other, between, after, document.text.slice(Math.max(0, mention.start - 12), mention.start))
      const score = reason === 'copula' || reason === 'alias' || reason === 'translation' ? 0.95 : 0.9
      const isSaid = reason === 'alias' || reason === 'translation'
      const joined = reason !== undefined && (isSaid ? clusters.declare(next, index, reason, score) : clusters.join(next, index, reason, score))
      // What has another key than the name it is called an alias of is no name of it, so that no further alias hangs on it.
      if (reason === 'alias' && (joined || clusters.together(next, index))) alias = other
      const more = reason === 'alias' || (alias !== undefined && ELSEWHERE.test(document.text.slice(alias.end, other.start)))
      const goesOn = more || reason === 'translation' || (LANGUAGE.test(between) && after.startsWith(':'))
      if (other.kind === 'name' && !goesOn) break
    }
  }
}

function furtherAlias(name: Mention, alias: Mention, other: Mention, text: string): 'alias' | undefined {
  if (name.kind !== 'name' || other.kind !== 'name') return undefined
  const between = text.slice(alias.end, other.start)
  const listed = /^[\s"”’]*\(/u.test(text.slice(name.end, alias.start)) && other.coarse === alias.coarse && LISTED_IN_BRACKETS.test(between)
  return listed || FURTHER_ALIAS.test(between) ? 'alias' : undefined
}

function reasonFor(left: Mention, right: Mention, between: string, after: string, before: string): string | undefined {
  if (left.kind === 'name' && right.kind === 'name') {
    if (ALIAS.test(between)) return 'alias'
    if (TRANSLATION.test(between)) return 'translation'
    return BRACKETS.test(between) && /^["”’']?\s*[)]/u.test(after) && spelledBy(left.text, right.text) ? 'acronym in brackets' : undefined
  }
  if (!fits(left, right)) return undefined
  if (left.kind === 'name') {
    if (/^(?:\s*\([^()]{0,80}\))?\s*[,–—]\s*$/u.test(between) && /^(?:a|an|the|its|his|her|their|our|one)\b/iu.test(right.text) && !/^['’]s/u.test(after) && !/[,;]\s*$/u.test(before.trim() === '' ? '' : before.slice(-2)) ) return 'apposition'
    if (COPULA.test(between) && /^(?:a|an|the|our|its|his|her|their)\b/iu.test(right.text)) return 'copula'
    return undefined
  }
  if (right.kind !== 'name') return undefined
  if (/^\s+$/u.test(between)) return 'role before the name'
  if (/^\s*,\s*$/u.test(between) && /^\s*[,.;)]|^$/u.test(after) && !/^(?:a|an)\b/iu.test(left.text)) return 'apposition'
  return /^,?\s+(?:is|was)\s*$/u.test(between) && /^(?:the|his|her|its|their|our)\b/iu.test(left.text) ? 'copula' : ALIAS.test(between) ? 'named' : undefined
}

/** Name and noun phrase of one coarse type, or of one type of the ontology. */
function fits(left: Mention, right: Mention): boolean {
  const [name, nominal] = left.kind === 'name' ? [left, right] : [right, left]
  if (name.kind !== 'name' || nominal.kind !== 'nominal' || nominal.agreement.number === 'plural') return false
  if (nominal.coarse === undefined || name.coarse === undefined || nominal.coarse === name.coarse) return true
  if (nominal.coarse === 'PER' || name.coarse === 'PER' && name.agreement.number === 'singular') return false
  return nominal.types.some(type => name.types.includes(type)) || name.agreement.gender === undefined
}

/** `COMELEC` for `Commission on Elections`: the letters stand in the name in this order, from its first letter on. */
function spelledBy(name: string, short: string): boolean {
  const letters = short.replaceAll(/[^\p{L}]/gu, '').toLowerCase()
  const source = name.toLowerCase()
  if (letters.length < 2 || letters.length >= name.length) return false
  if (source.split(/\s+/u).includes(short.toLowerCase())) return true
  let at = 0
  for (const letter of letters) {
    at = source.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return source.startsWith(letters[0]!)
}

/** `who`, `which`, `whose`, `where` right after what they refer to. */
export function linkRelative(clusters: Clusters): void {
  const { mentions, document } = clusters
  mentions.forEach((mention, index) => {
    const form = mention.text.toLowerCase()
    if (mention.kind !== 'pronoun' || !/^(?:who|whom|whose|which|where)$/u.test(form)) return
    for (let at = index - 1; at >= 0 && at > index - 6; at--) {
      const other = mentions[at]!
      if (other.sentence !== mention.sentence) return
      if (other.kind === 'literal' || other.kind === 'pronoun' || other.finder === 'inside' || other.end > mention.start) continue
      const between = document.text.slice(other.end, mention.start)
      if (!/^(?:\s*\([^()]*\))?["”]?,?\s+(?:(?:in|of|for|with|by|to|from|at|on|under|through|both of|one of|some of|most of)\s+)?$/u.test(between)) return
      if ((form === 'who' || form === 'whom') && other.coarse !== 'PER' && other.coarse !== 'ORG' && other.coarse !== undefined) return
      if ((form === 'which' || form === 'where') && other.coarse === 'PER') return
      if (form === 'where' && other.coarse === 'MISC') return
      clusters.join(index, at, 'relative pronoun', 0.95)
      return
    }
  })
}

