// Ontology -> how its things are written, as the types and the ends of the examples show: described or numbered, as offices, before a noun, as what people are, in several parts.
import type { CompiledOntology } from '../../ontology/index.ts'
import { isOffice } from './offices.ts'
import { nounCoarse, singular } from './words/index.ts'

/** Types by how their things are written, sorted. */
export interface Conventions {
  /** Nothing else finds them: no recognizer, list or pattern. */
  readonly described: readonly string[]
  /** Things of them may go without a name, as `the explosion` does: neither recognizer nor names find them, and not all that examples show are named. That some have a number, by a pattern, does not say that all have. */
  readonly unnamed: readonly string[]
  /** Those described that common nouns may stand for. */
  readonly common: readonly string[]
  /** `President of Kosovo`. */
  readonly offices: readonly string[]
  /** Before the noun that they describe: `comedy`, of `a comedy film`. */
  readonly modifiers: readonly string[]
  /** Behind words that say more than the thing is called: `fantasy film`, of `an animated fantasy film`. */
  readonly parts: readonly string[]
  /** In words that are written as names, small ones among them: `Journey to the Beginning of Time`. */
  readonly titles: readonly string[]
  /** What people are, without how they are it: `tennis player`, of `a former tennis player`. */
  readonly roles: readonly string[]
  /** What may stand between two parts of one name, with the types of such names: `: ` of `Alien: Covenant`. */
  readonly joints: ReadonlyMap<string, readonly string[]>
}

/** Where an example has an end. */
interface End {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Whether it is said of a person. */
  readonly ofPerson: boolean
}

/** Share of a type's ends from which on a way of writing is one of its ways. */
const OFTEN = 0.2
/** The same for a way that few names have the words for. */
const RARELY = 0.05
/** Share from which on it is the usual one. */
const MOSTLY = 0.5
/** Examples of a way of writing that make it no slip. */
const NO_SLIP = 2
const FUNCTION = '(?:and|or|but|for|from|who|that|which|with|the|was|are|were|is|has|had|have|can|in|into|of|on|at|by|to|as|than|where|when|while|because|also|there|here|now|then)'
const MODIFIED = new RegExp(String.raw`^[\s-](?!${FUNCTION}\b)\p{Ll}{3,}`, 'u')
/** A small word right before, that is none of those nor an article. */
const QUALIFIED = new RegExp(String.raw`(?<![\p{L}\p{N}-])(?!(?:${FUNCTION}|an|his|her|its|their|this)\s)\p{Ll}[\p{Ll}-]{2,}\s$`, 'u')
/** Two words or more that are written as a name, with a small one among them. */
const TITLED = /^[\p{Lu}\p{N}]\S*(?=.*\s\p{Ll})(?:\s(?:\p{Lu}|\p{N}|(?:of|in|the|and|to|for|on|at|an?|with|from|by)\s)\S*)+$/u
const ROLE = /(?:er|or|ist|man|woman|ian|ast|eur|nt|ete|ess)$/u
/** A mark or one or two small words between two parts that are written as names. */
const JOINT = /(?<=[\p{L}\p{N}])(?:\s?[:,–]\s|\s(?:(?:of|in|for|on|at|to|with)\s)(?:the\s)?)(?=[\p{Lu}\p{N}])/gu
/** It more often parts two things. */
export const COMMA = ','
/** Names with a comma inside, and their share of those with one inside or beside, from which on what follows it need not have been shown. */
const NO_LIST = 4
const MOST_INSIDE = 2 / 3
const PART = /^[\p{Lu}\p{N}][\p{L}\p{N}.'’-]*(?:\s\p{Lu}[\p{L}.'’-]*)*/u

/** Reads types and examples once. */
export function conventionsOf({ ontology, ancestors, isA, typesFor }: CompiledOntology): Conventions {
  const relations = Object.values(ontology.relations)
  const types = Object.keys(ontology.types).sort()
  const persons = new Set(typesFor('PER'))
  const used = (type: string): boolean => relations.some(({ domain, range }) => [...domain, ...range].some((end) => end in ontology.types && isA(type, end)))
  const unlisted = types.filter((type) => ancestors(type).every((name) => ontology.types[name]!.ner.length === 0 && ontology.types[name]!.gazetteer.length === 0))
  const described = unlisted.filter((type) => used(type) && ancestors(type).every((name) => ontology.types[name]!.patterns.length === 0))
  const shown = new Map(types.map((type): [string, readonly End[]] => [type, relations.flatMap(({ domain, range, examples }) => [
    ...(domain.length === 1 && isA(type, domain[0]!) ? examples.map(({ text, head: [start, end] }) => ({ text, start, end, ofPerson: false })) : []),
    ...(range.length === 1 && isA(type, range[0]!) ? examples.map(({ text, tail: [start, end] }) => ({ text, start, end, ofPerson: domain.some((head) => persons.has(head)) })) : []),
  ])]))
  const often = (some: readonly string[], is: (end: End) => boolean, share = OFTEN, least = 1): string[] => some.filter((type) => {
    const [all, such] = [shown.get(type)!.length, shown.get(type)!.filter(is).length]
    return such >= least && such >= all * share
  })
  const roles = often(types, isRole, MOSTLY, NO_SLIP)
  const mostly = new Set(often(types, isModifier, MOSTLY, NO_SLIP))
  // By the rule of succession: who has shown a few names has not said that all have one.
  const isNamed = (ends: readonly End[]): boolean => (ends.filter(isCommon).length + 1) / (ends.length + 2) < RARELY
  return {
    described, unnamed: unlisted.filter((type) => !isNamed(shown.get(type)!)), common: often(described, isCommon).filter((type) => !mostly.has(type)), offices: often(types, (end) => isOffice(wordsOf(end))),
    modifiers: often(types, isModifier, OFTEN, NO_SLIP), parts: often(types, isPart, OFTEN, NO_SLIP).filter((type) => !roles.includes(type)), roles,
    titles: often(described, (end) => TITLED.test(wordsOf(end)), RARELY, NO_SLIP), joints: jointsOf(types, shown),
  }
}

function wordsOf({ text, start, end }: End): string {
  return text.slice(start, end)
}

/** Whether an end is written in ordinary words: `olive oil`, not `ledger-pg`. */
function isCommon(end: End): boolean {
  const words = wordsOf(end).replace(/^(?:the|an?|his|her|its|their) /iu, '').split(/\s+/u)
  return words.every((word) => /^\p{Ll}+(?:-\p{Ll}+)*$/u.test(word)) && (words.length > 1 || !words[0]!.includes('-'))
}

function isModifier(end: End): boolean {
  return isCommon(end) && MODIFIED.test(end.text.slice(end.end))
}

function isPart(end: End): boolean {
  return isCommon(end) && QUALIFIED.test(end.text.slice(0, end.start))
}

function isRole(end: End): boolean {
  return end.ofPerson && isCommon(end) && !isModifier(end) && isRoleNoun(wordsOf(end).split(/\s+/u).at(-1)!)
}

/** Whether a common noun says what somebody is or does. */
export function isRoleNoun(noun: string): boolean {
  return nounCoarse(singular(noun)) === 'PER' || ROLE.test(singular(noun))
}

/** Joints that a type's names have inside more often than beside them; the comma alone where it mostly stands inside, whatever follows it. */
function jointsOf(types: readonly string[], shown: ReadonlyMap<string, readonly End[]>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const type of types) {
    const balance = new Map<string, { inside: number; beside: number }>()
    const count = (joint: string, side: 'inside' | 'beside'): void => {
      const at = balance.get(joint) ?? balance.set(joint, { inside: 0, beside: 0 }).get(joint)!
      at[side] += 1
    }
    for (const { text, start, end } of shown.get(type)!) {
      for (const match of text.matchAll(JOINT)) {
        const { index, 0: { length } } = match
        const side = start < index && index + length < end ? 'inside' : index === end || index + length === start ? 'beside' : undefined
        if (side === undefined) continue
        const joint = jointOf(match[0], PART.exec(text.slice(index + length))?.[0].replace(/[.'’-]+$/u, ''))
        count(joint, side)
        if (joint.startsWith(COMMA)) count(COMMA, side)
      }
    }
    const often = (joint: string, { inside, beside }: { inside: number; beside: number }): boolean => (joint === COMMA ? inside >= NO_LIST && inside >= MOST_INSIDE * (inside + beside) : inside >= NO_SLIP && inside > beside)
    for (const [joint, balanced] of [...balance].sort(([a], [b]) => (a < b ? -1 : 1))) if (often(joint, balanced)) found.set(joint, [...(found.get(joint) ?? []), type])
  }
  return found
}

/** What stands between two parts, however it is spaced; a comma with the part behind it: `, Texas`. */
export function jointOf(between: string, behind = ''): string {
  const joint = between.trim().replace(/\s+/gu, ' ')
  return joint === COMMA ? `${COMMA} ${behind}` : joint
}
