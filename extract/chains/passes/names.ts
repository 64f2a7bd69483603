// Names that are written alike, shortened, or spelled by their initials.
import { knownClass } from '../../mentions/index.ts'
import type { Clusters } from '../clusters.ts'
import { personWords } from '../reading.ts'

/** Equal compared forms. What already is the short form of a longer name is no other's; others like it go with it where nothing else has the name. */
export function linkExact(clusters: Clusters): void {
  const first = new Map<string, number[]>()
  const short = new Set(clusters.links.map(({ from }) => from))
  const shortened = new Map<string, number>()
  eachName(clusters, index => {
    const { key } = clusters.readings[index]!
    if (short.has(index)) return void shortened.set(key, index)
    const heads = first.get(key) ?? first.set(key, []).get(key)!
    // Homonyms with different keys or types keep their own heads; the latest that fits is meant.
    for (let at = heads.length - 1; at >= 0; at--) if (clusters.join(index, heads[at]!, 'exact name', 1)) return
    const form = shortened.get(key)
    const goesOn = form !== undefined && (clusters.view.link(clusters.mentions[index]!, clusters.mentions[form]!) ?? 0) >= 0
    if (heads.length === 0 && goesOn && clusters.join(index, form, 'exact name', 0.85)) return
    heads.push(index)
  })
}

/** First or last names of people named in full elsewhere; a family name that two people share links to neither, unless gender decides. */
export function linkPeople(clusters: Clusters): void {
  const full = new Map<string, number[]>()
  eachName(clusters, index => {
    const words = personWords(clusters.readings[index]!.words)
    if (words.length < 2 || clusters.mentions[index]!.coarse !== 'PER') return
    for (const word of new Set([words[0]!, words.at(-1)!, `${words[0]!.slice(0, 1)} ${words.at(-1)!}`, words.at(-2)! + ' ' + words.at(-1)!])) {
      const list = full.get(word) ?? full.set(word, []).get(word)!
      if (!list.some(other => clusters.together(other, index))) list.push(index)
    }
  })
  eachName(clusters, index => {
    if (clusters.mentions[index]!.coarse !== 'PER') return
    const words = personWords(clusters.readings[index]!.words)
    const key = words.length === 1 ? words[0]! : `${words[0]!.slice(0, 1)} ${words.at(-1)!}`
    const candidates = (full.get(key) ?? []).filter(other => !clusters.together(other, index) && clusters.compatible(other, index))
    const distinct = candidates.filter((other, at) => !candidates.slice(0, at).some(before => clusters.together(before, other)))
    const before = distinct.filter(other => other < index)
    const target = distinct.length === 1 ? distinct[0] : before.length === 1 ? before[0] : undefined
    if (target !== undefined) clusters.join(index, target, words.length === 1 ? 'part of a full name' : 'initials and family name', 0.95)
  })
}

/** A name that begins a longer one: `Telkom` for `Telkom Kenya`; not for people, and only where one longer name begins so. */
export function linkShortened(clusters: Clusters): void {
  const longer = new Map<string, number[]>()
  eachName(clusters, index => {
    const { words } = clusters.readings[index]!
    if (clusters.mentions[index]!.coarse === 'PER') return
    for (let size = 1; size < words.length; size++) {
      const key = words.slice(0, size).join(' ')
      const list = longer.get(key) ?? longer.set(key, []).get(key)!
      if (list.length < 8 && !list.some(other => clusters.together(other, index))) list.push(index)
    }
  })
  eachName(clusters, index => {
    const mention = clusters.mentions[index]!
    const candidates = (longer.get(clusters.readings[index]!.key) ?? []).filter(other => other < index && clusters.mentions[other]!.coarse === mention.coarse)
    if (candidates.length === 1 && mention.coarse !== 'PER' && shortens(clusters, index, candidates[0]!)) clusters.join(index, candidates[0]!, 'shortened name', 0.85)
  })
}

/** A place or nation before a common noun is no short form: `Boston` is not `Boston University`, `German` not `German Army`. */
function shortens(clusters: Clusters, index: number, other: number): boolean {
  const mention = clusters.mentions[index]!
  if (knownClass(mention.text) !== undefined) return false
  const rest = clusters.readings[other]!.words.slice(clusters.readings[index]!.words.length)
  if (mention.coarse === 'LOC') return rest.length <= 2 && /^(?:city|town|county|river|island|di|de|del|upon|province|state|village|municipality)$/u.test(rest[0]!)
  return mention.coarse === 'ORG' && !/^(?:of|and|for)$/u.test(rest[0]!)
}

/** All-capitals names that spell a longer name by its initials. */
export function linkAcronyms(clusters: Clusters): void {
  const spelled = new Map<string, number[]>()
  eachName(clusters, index => {
    const words = clusters.mentions[index]!.text.split(/[\s-]+/u).filter(word => /^\p{L}/u.test(word))
    if (words.length < 2) return
    for (const initials of new Set([words.filter(word => /^\p{Lu}/u.test(word)), words.filter(word => !/^(?:of|and|the|for|in|on|de|la)$/u.test(word)), words].map(parts => parts.map(part => part[0]!.toUpperCase()).join('')))) {
      const list = spelled.get(initials) ?? spelled.set(initials, []).get(initials)!
      if (!list.some(other => clusters.together(other, index))) list.push(index)
    }
  })
  eachName(clusters, index => {
    const text = clusters.mentions[index]!.text.replaceAll('.', '')
    if (!/^\p{Lu}{2,8}$/u.test(text)) return
    const target = spelled.get(text)?.[0]
    if (target !== undefined && spelled.get(text)!.length === 1) clusters.join(index, target, 'acronym', 0.95)
  })
}

function eachName(clusters: Clusters, visit: (index: number) => void): void {
  clusters.mentions.forEach((mention, index) => { if (mention.kind === 'name' && clusters.readings[index]!.words.length > 0) visit(index) })
}
