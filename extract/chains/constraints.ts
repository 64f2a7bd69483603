// What forbids that two clusters are one thing: keys, gender, number, first names, coarse types, disjoint types, lists, nesting.
import type { CompiledOntology } from '../../ontology/index.ts'
import { firstName, type Mention } from '../mentions/index.ts'
import { personWords, type Reading } from './reading.ts'

/** Members looked at in large clusters: the earliest say what the thing is; looking at all would be quadratic. */
const LOOKED_AT = 12

/** Whether some member of one cluster cannot be the same thing as some member of the other. */
export function contradicts(left: readonly number[], right: readonly number[], mentions: readonly Mention[], readings: readonly Reading[], ontology: CompiledOntology): boolean {
  for (const a of left.slice(0, LOOKED_AT)) for (const b of right.slice(0, LOOKED_AT)) {
    if (pairContradicts(a, b, mentions, readings, ontology)) return true
  }
  return otherPeople(left, right, mentions, readings)
}

/** Full names on both sides and no two of them can be one person's: an alias that the text declared is as good as the first name. */
function otherPeople(left: readonly number[], right: readonly number[], mentions: readonly Mention[], readings: readonly Reading[]): boolean {
  const people = (members: readonly number[]): number[] => {
    const named = members.filter(member => mentions[member]!.kind === 'name' && mentions[member]!.coarse === 'PER').slice(0, LOOKED_AT)
    const full = named.filter(member => personWords(readings[member]!.words).length > 1)
    return full.length > 0 ? full : named
  }
  const [a, b] = [people(left), people(right)]
  return a.length > 0 && b.length > 0 && a.every(one => b.every(other => differentPeople(readings[one]!.words, readings[other]!.words)))
}

/** What not even a declared alias can join. */
export function forbids(left: readonly number[], right: readonly number[], mentions: readonly Mention[]): boolean {
  return left.slice(0, LOOKED_AT).some(a => right.slice(0, LOOKED_AT).some(b => differentKeys(mentions[a]!, mentions[b]!)))
}

function differentKeys(a: Mention, b: Mention): boolean {
  return (a.masterId !== undefined && b.masterId !== undefined && a.masterId !== b.masterId) || (a.start < b.end && b.start < a.end)
}

function pairContradicts(a: number, b: number, mentions: readonly Mention[], readings: readonly Reading[], ontology: CompiledOntology): boolean {
  const first = mentions[a]!
  const second = mentions[b]!
  if (differentKeys(first, second)) return true
  if (readings[a]!.listedWith === b || readings[b]!.listedWith === a) return true
  if (genders(first, second) || numbers(first, second) || persons(first, second)) return true
  if (coarse(first, second)) return true
  const [x, y] = [first.types[0], second.types[0]]
  return x !== undefined && y !== undefined && ontology.disjoint(x, y) && !first.types.some(type => second.types.includes(type))
}

function genders(a: Mention, b: Mention): boolean {
  return a.agreement.gender !== undefined && b.agreement.gender !== undefined && a.agreement.gender !== b.agreement.gender
}

function numbers(a: Mention, b: Mention): boolean {
  // An organization may be `they`.
  return a.agreement.number !== undefined && b.agreement.number !== undefined && a.agreement.number !== b.agreement.number && a.coarse !== 'ORG' && b.coarse !== 'ORG'
}

function persons(a: Mention, b: Mention): boolean {
  if (a.kind !== 'pronoun' || b.kind !== 'pronoun') return false
  return (a.agreement.person ?? 3) !== (b.agreement.person ?? 3)
}

/** Coarse types differ and both are known: nominals and pronouns know theirs; a name's guess counts when its gender was settled with it. */
function coarse(a: Mention, b: Mention): boolean {
  if (a.coarse === undefined || b.coarse === undefined || a.coarse === b.coarse) return false
  const sure = (mention: Mention): boolean => mention.kind !== 'name' || mention.agreement.number === 'singular' || mention.agreement.gender !== undefined
  if (!sure(a) || !sure(b)) return false
  return a.coarse === 'PER' || b.coarse === 'PER' || (a.kind === 'name' && b.kind === 'name' && a.coarse !== 'MISC' && b.coarse !== 'MISC' && a.text !== b.text)
}

/** `John Smith` and `Mary Smith`, `J. Smith` and `Mary Smith`. */
function differentPeople(a: readonly string[], b: readonly string[]): boolean {
  const left = personWords(a)
  const right = personWords(b)
  if (left.length < 2 || right.length < 2) {
    // A lone first name beside a full name with another first name.
    const [lone, full] = left.length < 2 ? [left[0], right] : [right[0], left]
    return lone !== undefined && full.length > 1 && firstName(lone) !== undefined && !full.includes(lone)
  }
  if (left.at(-1) !== right.at(-1)) return !left.includes(right.at(-1)!) && !right.includes(left.at(-1)!)
  const [x, y] = [left[0]!, right[0]!]
  return x.length === 1 || y.length === 1 ? x[0] !== y[0] : x !== y && !left.includes(y) && !right.includes(x)
}
