// Names in several parts that examples show as one: `Alien: Covenant`, `Austin, Texas`.
import { COMMA, type Conventions, jointOf } from './conventions.ts'
import type { NameSpan } from './name-span.ts'
import type { Phrase } from './phrases.ts'
import type { Scan } from './scan.ts'
import type { Token } from './token.ts'

/** How like a thing of its type a name in parts has to be: `Japanese: …`, in brackets, is less. */
const JOINED_LIKE = 0.25
/** Words that titles write small. */
const SMALL = /^(?:of|in|the|and|to|for|on|at|a|with)$/u

const ARTICLE = /^(?:The|An?)$/u

/** Neighbouring names that are parts of one. */
export function findJoinedNames(seen: Scan, sentence: number, names: readonly NameSpan[], { joints }: Conventions): Phrase[] {
  if (joints.size === 0) return []
  const units = seen.tokens[sentence]!
  const { text } = seen.document
  const between = names.slice(1).map((name, at) => jointOf(text.slice(units[names[at]!.to - 1]!.end, units[name.from]!.start), text.slice(units[name.from]!.start, units[name.to - 1]!.end)))
  // What a comma parts may be a list: `Izmir, Ankara and Bursa`, `Izmir, Ankara, Bursa`.
  const goesOn = names.map(({ to }) => /^(?:,|and|or)$/u.test(units[to]?.lower ?? '') && units[to + 1]?.capital === true)
  const isListed = (at: number): boolean => goesOn[at + 1]! || (at > 0 && names[at - 1]!.to === names[at]!.from - 1 && units[names[at]!.from - 1]!.text === COMMA)
  const typesAt = (at: number): readonly string[] => {
    const joint = between[at] ?? ''
    return [...new Set([...(joints.get(joint) ?? []), ...(joint.startsWith(COMMA) && !isListed(at) ? joints.get(COMMA) ?? [] : [])])]
  }
  const phrases: Phrase[] = []
  for (let first = 0; first < names.length; first += 1) {
    let types = typesAt(first)
    let last = first
    while (types.length > 0) {
      last += 1
      const both = types.filter((type) => typesAt(last).includes(type))
      if (both.length === 0) break
      types = both
    }
    const titled = joints.get(':') ?? []
    const to = titled.length > 0 ? subtitleEnd(units, names[last]!.to) : 0
    const from = titled.length > 0 ? numberBefore(units, names[first]!.from) : names[first]!.from
    if (last === first && to === 0 && from === names[first]!.from) continue
    const all = last > first ? types : titled
    phrases.push({ start: units[from]!.start, end: units[Math.max(to, names[last]!.to) - 1]!.end, types: all, sure: all, least: JOINED_LIKE })
    first = last
  }
  return phrases
}

/** Begin of a title that a number and a colon open, `2001: A Space Odyssey`; that of the name itself where none do. */
function numberBefore(units: readonly Token[], name: number): number {
  const colon = name - (ARTICLE.test(units[name - 1]?.text ?? '') ? 2 : 1)
  return units[colon]?.text === ':' && !units[colon]!.spaced && units[colon - 1]?.shape === 'number' ? colon - 1 : name
}

/** End of what a colon adds to a title, in words written as such: `: Back in Action`; 0 where it adds nothing. */
function subtitleEnd(units: readonly Token[], colon: number): number {
  const isPart = (at: number): boolean => units[at]?.shape === 'word' && units[at].capital && units[at].spaced
  if (units[colon]?.text !== ':' || !isPart(colon + 1)) return 0
  let to = colon + 2
  for (;;) {
    const isSmall = (at: number): boolean => SMALL.test(units[at]?.text ?? '')
    const skip = isPart(to) ? 0 : isSmall(to) && isPart(to + 1) ? 1 : isSmall(to) && isSmall(to + 1) && isPart(to + 2) ? 2 : -1
    if (skip < 0) return to
    to += skip + 1
  }
}
