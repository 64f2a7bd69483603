// Things that examples show inside longer noun phrases: a genre in `a comedy film`, an occupation in `a former tennis player`, and names in several parts, `Alien: Covenant`.
import { type Conventions, isRoleNoun, jointOf } from './conventions.ts'
import type { NameSpan } from './name-span.ts'
import type { Phrase } from './phrases.ts'
import { has, TAG, type Scan } from './scan.ts'
import type { Token } from './token.ts'

/** Words before a role that say how or when somebody is it. */
const STATUS = /^(?:former|formerly|retired|ex|late|current|active|aspiring|professional|amateur|famous|noted|renowned|prolific|successful|well-known|best-known|award-winning|international|national|male|female|young|old|veteran|first|leading|notable|popular|prominent|self-taught|semi-professional)$/u
const LONGEST = 4
/** How like a thing of its type a role has to be (the encoder knows few of them) and a name in parts (`Japanese: …`, in brackets, is less). */
const ROLE_LIKE = 0
const JOINED_LIKE = 0.25
/** Words that titles write small. */
const SMALL = /^(?:of|in|the|and|to|for|on|at|a|with)$/u

/** Modifiers and roles of a sentence that some type is written as. */
export function findInsidePhrases(seen: Scan, sentence: number, { modifiers, roles }: Conventions): Phrase[] {
  if (modifiers.length === 0 && roles.length === 0) return []
  const units = seen.tokens[sentence]!
  const small = (at: number, bits: number): boolean => units[at]?.shape === 'word' && !units[at].capital && has(seen, sentence, at, bits) && !has(seen, sentence, at, TAG.function | TAG.value)
  const spaced = (at: number): boolean => units[at]?.spaced === true
  return units.flatMap((unit, head): Phrase[] => {
    if (!small(head, TAG.noun) || (small(head + 1, TAG.noun) && spaced(head + 1))) return []
    const before = (from: number, bits: number): number => {
      let first = from
      while (from - first < LONGEST && spaced(first) && small(first - 1, bits)) first -= 1
      return first
    }
    const isRole = roles.length > 0 && isRoleNoun(unit.lower)
    let role = isRole ? before(head, TAG.noun | TAG.adjective | TAG.gerund) : head
    while (role < head && STATUS.test(units[role]!.lower)) role += 1
    const nouns = before(head, TAG.noun | TAG.gerund)
    let modifier = nouns < head ? nouns : before(head, TAG.adjective) < head ? head - 1 : head
    while (modifier < head && STATUS.test(units[modifier]!.lower)) modifier += 1
    return [
      ...(isRole ? [{ start: units[role]!.start, end: unit.end, types: roles, sure: roles, beside: 'phrase' as const, least: ROLE_LIKE }] : []),
      ...(modifiers.length > 0 && modifier < head ? [{ start: units[modifier]!.start, end: units[head - 1]!.end, types: modifiers, sure: modifiers, beside: 'phrase' as const }] : []),
    ]
  })
}

/** Neighbouring names that are parts of one. */
export function findJoinedNames(seen: Scan, sentence: number, names: readonly NameSpan[], { joints }: Conventions): Phrase[] {
  if (joints.size === 0) return []
  const units = seen.tokens[sentence]!
  const { text } = seen.document
  const between = names.slice(1).map((name, at) => jointOf(text.slice(units[names[at]!.to - 1]!.end, units[name.from]!.start), text.slice(units[name.from]!.start, units[name.to - 1]!.end)))
  const phrases: Phrase[] = []
  for (let first = 0; first < names.length; first += 1) {
    let types = joints.get(between[first] ?? '') ?? []
    let last = first
    while (types.length > 0) {
      last += 1
      const both = types.filter((type) => joints.get(between[last] ?? '')?.includes(type))
      if (both.length === 0) break
      types = both
    }
    const titled = joints.get(':') ?? []
    const to = titled.length > 0 ? subtitleEnd(units, names[last]!.to) : 0
    if (last === first && to === 0) continue
    const all = last > first ? types : titled
    phrases.push({ start: units[names[first]!.from]!.start, end: units[Math.max(to, names[last]!.to) - 1]!.end, types: all, sure: all, least: JOINED_LIKE })
    first = last
  }
  return phrases
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
