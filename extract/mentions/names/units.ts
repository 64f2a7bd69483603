// One word of a sentence -> whether it can be part of a name, by how it and the rest of the document are written.
import { fold, type Token } from '../token.ts'
import { has, opens, TAG, type Scan } from '../scan.ts'
import { isCommonWord, HYPHEN_HEADS, HYPHEN_TAILS, firstName, NAMING_TITLES, TITLES, knownClass } from '../words/index.ts'

const PERIODS = new Set(['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
/** Words that name nothing, however they are written. */
export const PRONOUNS: ReadonlySet<string> = new Set(['i', "i'm", "i've", "i'd", "i'll", 'he', 'she', 'it', 'we', 'they', 'you', 'the', 'a', 'an', 'this', 'that', 'these', 'those', 'his', 'her', 'its', 'their', 'my', 'our', 'your', 'and', 'but', 'or', 'in', 'on', 'at', 'for', 'of', 'to', 'from', 'by', 'with', 'as', 'if', 'when', 'while', 'after', 'before', 'since', 'however', 'although', 'though', 'there', 'here', 'who', 'what', 'which', 'where', 'why', 'how', 'not', 'no', 'yes', 'so', 'then', 'also', 'both', 'each', 'all', 'some', 'many', 'most', 'one', 'during', 'under', 'over', 'between', 'into', 'because', 'later', 'today', 'born', 'once', 'upon', 'until', 'despite', 'according', 'other', 'such', 'another', 'several', 'like', 'among', 'within', 'without', 'through', 'against', 'only', 'even', 'just', 'next', 'further', 'moreover', 'similarly', 'whether', 'unlike', 'along', 'upon', 'few', 'any', 'none', 'every', 'more', 'less', 'much', 'abstract', 'figure', 'table', 'introduction', 'conclusion', 'chapter', 'section'])

/** Can this unit, alone, be part of a name? */
export function isNameUnit(scan: Scan, sentence: number, index: number): boolean {
  const units = scan.tokens[sentence]!
  const token = units[index]!
  if (token.shape !== 'word') return false
  if (!token.capital) return isIdentifier(scan, sentence, index)
  if (PERIODS.has(token.lower) && !(token.lower === 'may' || token.lower === 'april' || token.lower === 'june' || token.lower === 'august')) return false
  if (/^\p{Lu}$/u.test(token.text) && !scan.flat[sentence]) return isLetter(units, index)
  if (PRONOUNS.has(token.lower) && !(token.text === token.text.toUpperCase() && token.text.length > 2)) return false
  if (scan.flat[sentence]) return scan.capitalised.has(token.lower) || has(scan, sentence, index, TAG.firstName) || knownClass(token.text) !== undefined || !isCommonWord(token.lower)
  if (!opens(units, index)) return true
  return opensName(scan, sentence, index)
}

/** A capital at the start of a sentence says nothing: other signs must. */
function opensName(scan: Scan, sentence: number, index: number): boolean {
  const units = scan.tokens[sentence]!
  const token = units[index]!
  const next = units[index + 1]
  const followed = next?.capital === true && next.shape === 'word' && !PRONOUNS.has(next.lower)
  if (/\p{Lu}/u.test(token.text.slice(1))) return !(scan.lower.has(token.lower) && isCommonWord(token.lower))
  if (!isCommonWord(token.lower)) return followed || scan.capitalised.has(token.lower) || !(scan.lower.has(token.lower) || (has(scan, sentence, index, TAG.plural) && !has(scan, sentence, index, TAG.proper | TAG.person | TAG.place | TAG.organization)))
  // `Marrow, our billing engine, …`: an apposition stands beside a name.
  if (next?.text === ',' && /^(?:a|an|our|its|his|her|their)$/u.test(units[index + 2]?.lower ?? '') && has(scan, sentence, index, TAG.noun) && !has(scan, sentence, index, TAG.plural | TAG.gerund) && !scan.lower.has(token.lower)) return true
  if (firstName(fold(token.lower)) !== undefined && (followed || !scan.lower.has(token.lower))) return !has(scan, sentence, index, TAG.verb) || followed
  if (scan.capitalised.has(token.lower) && !scan.lower.has(token.lower) && has(scan, sentence, index, TAG.noun | TAG.proper)) return true
  if (knownClass(token.text) !== undefined) return true
  if (!followed) return has(scan, sentence, index, TAG.person | TAG.place | TAG.organization) && scan.capitalised.has(token.lower)
  if (scan.capitalised.has(token.lower)) return !has(scan, sentence, index, TAG.function | TAG.adverb)
  if (TITLES.has(token.lower) || NAMING_TITLES.has(token.lower)) return true
  return has(scan, sentence, index, TAG.noun | TAG.adjective | TAG.proper) && !has(scan, sentence, index, TAG.function | TAG.adverb | TAG.verb | TAG.plural | TAG.value)
}

/** A letter in a name: an initial before its point; a grade or number behind a name (`Serie A`, `Malcolm X`), or before one (`A Coruña` is none, for an article is written so). */
function isLetter(units: readonly Token[], index: number): boolean {
  const [before, { text }, next] = [units[index - 1], units[index]!, units[index + 1]]
  const named = before?.capital === true && before.shape === 'word'
  if (next?.text === '.' && !next.spaced) return units[index + 2]?.capital === true || named
  const ends = named && !PRONOUNS.has(before.lower) && (text !== 'A' || next?.capital !== true)
  return text !== 'I' && (ends || (next?.capital === true && text !== 'A'))
}

/** Lower-case names of programs and machines: ledger-pg, tax_calc, node.js, db01. */
function isIdentifier(scan: Scan, sentence: number, index: number): boolean {
  const token = scan.tokens[sentence]![index]!
  const text = token.text
  if (/^\p{Ll}+\p{Lu}/u.test(text)) return true
  if (/^(?:al|el|bin|ibn|abu|d['’]|o['’]|l['’])[-]?\p{Lu}/u.test(text)) return true
  if (/^\d/u.test(text)) return /^\d+\p{Lu}{1,3}\d*$|^\d+\p{Lu}\p{Ll}+/u.test(text)
  if (/^\p{Ll}[\p{Ll}\d]*(?:[_.][\p{Ll}\d]+)+$/u.test(text)) return !/^(?:e\.g|i\.e|a\.m|p\.m|etc|vs)$/u.test(text)
  if (/^\p{Ll}+\d+$/u.test(text)) return text.length > 3 && !/(?:th|st|nd|rd)$/u.test(text)
  if (!/^\p{Ll}[\p{Ll}\d]*(?:-[\p{Ll}\d]+)+$/u.test(text)) return false
  return isHyphenName(scan, sentence, index)
}

function isHyphenName(scan: Scan, sentence: number, index: number): boolean {
  const units = scan.tokens[sentence]!
  const parts = units[index]!.text.split('-')
  if (HYPHEN_HEADS.has(parts[0]!) || HYPHEN_TAILS.has(parts.at(-1)!) || /(?:ed|ing|ly|ish)$/u.test(parts.at(-1)!)) return false
  if (parts.some(part => !isCommonWord(part) && part.length < 7)) return parts.every(part => part.length > 1) || /\d/u.test(units[index]!.text)
  // Two ordinary words: a name only where it stands as one: without article, and not before a noun.
  const before = units[index - 1]
  const bare = before === undefined || before.shape === 'mark' || has(scan, sentence, index - 1, TAG.verb) || /^(?:by|from|to|of|with|into|and|or|for|in|on|behind|via|through)$/u.test(before.lower)
  const after = units[index + 1]
  const free = after === undefined || after.shape === 'mark' || has(scan, sentence, index + 1, TAG.verb | TAG.function)
  return bare && free && (index === 0 || scan.hyphenated.get(units[index]!.text)! > 1) && has(scan, sentence, index, TAG.noun | TAG.proper)
}
