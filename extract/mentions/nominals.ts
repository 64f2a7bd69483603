// Noun phrases that refer: `the company`, `our billing engine`, `his wife`, `a loose valve`; those whose head noun the ontology or the class nouns know, and those that point back.
import { has, TAG, type Scan } from './scan.ts'
import type { Typing } from './typing.ts'
import { isPlural, nounCoarse, nounGender, singular } from './words/index.ts'
import type { Agreement } from './mention.ts'
import type { CoarseType } from '../../ontology/index.ts'

export interface NominalSpan {
  readonly sentence: number
  readonly from: number
  readonly to: number
  readonly head: string
  readonly coarse?: CoarseType
  readonly types: readonly string[]
  readonly agreement: Agreement
}

const DETERMINERS = new Set(['the', 'this', 'that', 'these', 'those', 'a', 'an', 'his', 'her', 'its', 'their', 'our', 'my', 'your', 'another', 'each', 'every', 'both'])
const POINTING = new Set(['the', 'this'])
/** They begin a clause of their own: `the college he had founded`. */
const PRONOUNS = new Set(['i', 'he', 'she', 'it', 'we', 'you', 'they', 'who', 'which', 'that', 'whom', 'whose'])
/** Longest phrase in words, determiner included. */
const LONGEST = 7

/** Noun phrases of a sentence, in order; none inside another. */
export function findNominals(scan: Scan, sentence: number, typing: Typing): NominalSpan[] {
  const units = scan.tokens[sentence]!
  const spans: NominalSpan[] = []
  for (let from = 0; from < units.length; from++) {
    const possessor = /^['’]s$/u.test(units[from]!.text)
    if (!possessor && !DETERMINERS.has(units[from]!.lower)) continue
    const head = headAt(scan, sentence, from + 1)
    if (head === undefined) continue
    const noun = singular(units[head]!.lower)
    const types = typing.forNominal(noun)
    const coarse = nounCoarse(noun)
    // What nobody knows a type for may yet go on something known: `the engine`, said of a program.
    if (types.length === 0 && coarse === undefined && !POINTING.has(units[from]!.lower)) continue
    const gender = nounGender(noun)
    const plural = isPlural(units[head]!.lower)
    const agreement: Agreement = {
      ...(gender !== undefined ? { gender } : coarse !== undefined && coarse !== 'PER' ? { gender: 'neuter' as const } : {}),
      number: plural ? 'plural' : 'singular', person: 3,
    }
    spans.push({ sentence, from: possessor ? from + 1 : from, to: head + 1, head: noun, types, agreement, ...(coarse === undefined ? {} : { coarse }) })
    from = head
  }
  return spans
}

/** Index of the head: the last noun of an unbroken run of modifiers and nouns. */
function headAt(scan: Scan, sentence: number, start: number): number | undefined {
  const units = scan.tokens[sentence]!
  let head: number | undefined
  for (let index = start; index < Math.min(start + LONGEST, units.length); index++) {
    const unit = units[index]!
    if (unit.shape === 'mark' || !unit.spaced || unit.lower === 'of' || PRONOUNS.has(unit.lower)) break
    if (has(scan, sentence, index, TAG.function) && !has(scan, sentence, index, TAG.noun)) break
    const noun = has(scan, sentence, index, TAG.noun) || nounCoarse(singular(unit.lower)) !== undefined
    if (head !== undefined && unit.capital && !units[head]!.capital) break
    if (noun) { head = index; continue }
    if (head !== undefined && has(scan, sentence, index, TAG.verb | TAG.adverb)) break
    if (!has(scan, sentence, index, TAG.adjective | TAG.past | TAG.gerund | TAG.value | TAG.adverb | TAG.verb)) break
    if (head !== undefined) break
  }
  // A phrase that ends in a capitalised word is a name with an article.
  return head === undefined || units[head]!.capital ? undefined : head
}
