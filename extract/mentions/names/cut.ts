// A capitalised sequence -> the names in it: titles and nationalities part from persons, roles from who has them.
import type { NameSpan } from '../name-span.ts'
import { fold, type Token } from '../token.ts'
import { opens, type Scan } from '../scan.ts'
import { isCommonWord, GREETINGS, NO_ACRONYMS, OF_HEADS, PARTICLES, firstName, NAMING_TITLES, TITLES, nounCoarse, singular, knownClass } from '../words/index.ts'
import { isNameNoun } from './extent.ts'

/** Sequence -> names: titles taken off, nationality before a person parted, an article at the start only where it belongs. */
export function cut(scan: Scan, sentence: number, first: number, end: number): NameSpan[] {
  const units = scan.tokens[sentence]!
  let from = first
  let to = end
  let title: string | undefined
  const spans: NameSpan[] = []
  // Titles and nationalities in front of a person: `French President Emmanuel Macron`.
  for (; from < to - 1;) {
    const token = units[from]!
    const dotted = units[from + 1]?.text === '.' ? 2 : 1
    if (isTitle(units, from, to) && from + dotted < to) { title = token.lower; from += dotted; continue }
    if (units[from]!.text === '.' || (GREETINGS.has(token.lower) && opens(units, from))) { from++; continue }
    const nation = [2, 1].find(size => from + size < to && knownClass(units.slice(from, from + size).map(unit => unit.text).join(' ')) === 'nationality')
    const rest = nation === undefined ? undefined : units[from + nation]
    if (nation !== undefined && rest !== undefined && (TITLES.has(rest.lower) || NAMING_TITLES.has(rest.lower) || (firstName(fold(rest.lower)) !== undefined && to - from - nation > 1 && !isNameNoun(units[to - 1]!.lower)))) {
      spans.push({ sentence, from, to: from + nation })
      from += nation
      continue
    }
    break
  }
  const role = innerRole(units, from, to)
  if (role !== undefined) {
    let left = role
    while (left > from && (TITLES.has(units[left - 1]!.lower) || units[left - 1]!.shape === 'mark')) left--
    if (left > from && keeps(scan, sentence, from, left, undefined)) spans.push({ sentence, from: withArticle(scan, sentence, from, left), to: left })
    return [...spans, ...cut(scan, sentence, role, to)]
  }
  while (from < to && PARTICLES.has(units[to - 1]!.lower) && !units[to - 1]!.capital) to--
  if (title === undefined) title = titleBefore(units, from)
  if (from < to && keeps(scan, sentence, from, to, title)) spans.push({ sentence, from: withArticle(scan, sentence, from, to), to, ...(title === undefined ? {} : { title }) })
  return spans
}

/** A title or a capitalised role right before a person's name. */
function isTitle(units: readonly Token[], at: number, to: number): boolean {
  const token = units[at]!
  const next = units[units[at + 1]?.text === '.' ? at + 2 : at + 1]
  if (next === undefined || isNameNoun(units[to - 1]!.lower)) return false
  const role = TITLES.has(token.lower) ? firstName(token.lower) === undefined || units[at + 1]?.text === '.' : /^(?:CEO|CFO|CTO|COO|MP|MEP|VP)$/u.test(token.text) || (nounCoarse(singular(token.lower)) === 'PER' && !NAMING_TITLES.has(token.lower) && firstName(token.lower) === undefined && to - at > 2)
  const family = units[at + 2]
  const fits = !isCommonWord(next.lower) || (at + 3 === to && family !== undefined && family.capital && !isCommonWord(family.lower))
  return role && (fits || firstName(fold(next.lower)) !== undefined || TITLES.has(next.lower) || /^\p{Lu}\.?$/u.test(next.text))
}

/** Place of a role inside a sequence: `Zilker Media | CEO Rusty Shelton`. */
function innerRole(units: readonly Token[], from: number, to: number): number | undefined {
  for (let at = from + 1; at < to - 1; at++) {
    if (units[at]!.shape === 'word' && /^\p{Lu}/u.test(units[at]!.text) && isTitle(units, at, to) && !/^(?:of|for|and|&|the)$/u.test(units[at - 1]!.lower) && firstName(fold(units[from]!.lower)) === undefined) return at
  }
  return undefined
}

function titleBefore(units: readonly Token[], from: number): string | undefined {
  const before = units[from - 1]?.text === '.' ? units[from - 2] : units[from - 1]
  return before !== undefined && TITLES.has(before.lower) ? before.lower : undefined
}

/** `The` belongs to a name where it is capitalised inside a sentence: The New York Times. */
function withArticle(scan: Scan, sentence: number, from: number, to: number): number {
  const units = scan.tokens[sentence]!
  const before = units[from - 1]
  return before?.text === 'The' && !opens(units, from - 1) && !scan.flat[sentence] && to - from > 0 ? from - 1 : from
}

/** Sequences that name nothing: a role or a title alone, an acronym of everyday use, a stray capital. */
function keeps(scan: Scan, sentence: number, from: number, to: number, title: string | undefined): boolean {
  const units = scan.tokens[sentence]!
  if (to - from > 12) return false
  if (to - from > 1) return !units.slice(from, to).every(unit => unit.shape !== 'word' || TITLES.has(unit.lower))
  const token = units[from]!
  if (NO_ACRONYMS.has(token.lower.replace(/\.$/u, '')) && token.text !== 'Al' && token.text.length <= 4 && (token.text === token.text.toUpperCase())) return false
  if (!/\p{L}/u.test(token.text) || (token.text.length === 1)) return false
  if (TITLES.has(token.lower) && title === undefined) return false
  // A capitalised ordinary word inside a sentence: `the Committee`, `the Church`: no name of its own unless nothing in the text writes it small.
  if (TITLES.has(token.lower) && firstName(token.lower) === undefined) return false
  if (isCommonWord(token.lower) && token.text !== token.text.toUpperCase() && /^(?:the|a|an|this|that|its|his|her|their|our|my|said|such|any|each)$/iu.test(units[from - 1]?.text ?? '')) return !scan.lower.has(token.lower) && !isNameNoun(token.lower) && firstName(token.lower) === undefined && !OF_HEADS.has(token.lower)
  if (scan.lower.has(token.lower) && isCommonWord(token.lower) && firstName(token.lower) === undefined && token.text !== token.text.toUpperCase()) return knownClass(token.text) !== undefined
  return true
}
