// Things that examples show inside longer noun phrases: a genre in `a comedy film` or `an animated fantasy film`, an occupation in `a former tennis player`.
import { type Conventions, isRoleNoun } from './conventions.ts'
import type { Phrase } from './phrases.ts'
import { has, TAG, type Scan } from './scan.ts'

/** Words before a role that say how or when somebody is it. */
const STATUS = /^(?:former|formerly|retired|ex|late|current|active|aspiring|professional|amateur|famous|noted|renowned|prolific|successful|well-known|best-known|award-winning|international|national|male|female|young|old|veteran|first|leading|notable|popular|prominent|self-taught|semi-professional)$/u
const LONGEST = 4
/** How like a thing of its type a role has to be: the encoder knows few of them. */
const ROLE_LIKE = 0

/** Modifiers, roles and parts of noun phrases that some type is written as; which of several that begin in different places, the encoder says. */
export function findInsidePhrases(seen: Scan, sentence: number, { modifiers, parts, roles }: Conventions): Phrase[] {
  if (modifiers.length === 0 && parts.length === 0 && roles.length === 0) return []
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
    const whole = before(head, TAG.noun | TAG.adjective | TAG.gerund | TAG.past)
    const phrases = (from: number, to: number, types: readonly string[]): Phrase[] => types.length === 0 ? [] : Array.from({ length: Math.max(0, to - from) }, (_, k): Phrase =>
      ({ start: units[from + k]!.start, end: units[to - 1]!.end, types, sure: types, beside: 'phrase' }))
    return [
      ...(isRole ? [{ start: units[role]!.start, end: unit.end, types: roles, sure: roles, beside: 'phrase' as const, least: ROLE_LIKE }] : []),
      ...phrases(modifier, head, modifiers),
      ...phrases(whole, head + 1, parts).filter(({ start }) => start < unit.start),
    ]
  })
}
