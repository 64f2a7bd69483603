// Capitalised sequences, identifiers and quoted titles -> name spans. Compromise's tags are one voice; the writing of the whole document is the other.
import type { NameSpan } from './name-span.ts'
import { fold, type Token } from './token.ts'
import { has, opens, TAG, type Scan } from './scan.ts'
import { isCommonWord, FOR_HEADS, HYPHEN_HEADS, HYPHEN_TAILS, LEGAL_FORMS, LOC_WORDS, MISC_WORDS, NO_ACRONYMS, OF_HEADS, ORG_WORDS, PARTICLES, POSSESSIVE_HEADS, firstName, NAMING_TITLES, TITLES, isPlural, nounCoarse, singular, knownClass } from './words/index.ts'
import { quotedTitles } from './quoted.ts'

const PERIODS = new Set(['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
/** Words that name nothing, however they are written. */
export const PRONOUNS: ReadonlySet<string> = new Set(['i', "i'm", "i've", "i'd", "i'll", 'he', 'she', 'it', 'we', 'they', 'you', 'the', 'a', 'an', 'this', 'that', 'these', 'those', 'his', 'her', 'its', 'their', 'my', 'our', 'your', 'and', 'but', 'or', 'in', 'on', 'at', 'for', 'of', 'to', 'from', 'by', 'with', 'as', 'if', 'when', 'while', 'after', 'before', 'since', 'however', 'although', 'though', 'there', 'here', 'who', 'what', 'which', 'where', 'why', 'how', 'not', 'no', 'yes', 'so', 'then', 'also', 'both', 'each', 'all', 'some', 'many', 'most', 'one', 'during', 'under', 'over', 'between', 'into', 'because', 'later', 'today', 'born', 'once', 'upon', 'until', 'despite', 'according', 'other', 'such', 'another', 'several', 'like', 'among', 'within', 'without', 'through', 'against', 'only', 'even', 'just', 'next', 'further', 'moreover', 'similarly', 'whether', 'unlike', 'along', 'upon', 'few', 'any', 'none', 'every', 'more', 'less', 'much', 'abstract', 'figure', 'table', 'introduction', 'conclusion', 'chapter', 'section'])

/** Names of one sentence, in order, without overlaps. */
export function findNames(scan: Scan, sentence: number, blocked: (token: Token) => boolean): NameSpan[] {
  const units = scan.tokens[sentence]!
  const spans: NameSpan[] = quotedTitles(scan, sentence)
  const quoted = (index: number): boolean => spans.some(span => span.quoted && span.from <= index && index < span.to)
  const fits = (index: number): boolean => units[index] !== undefined && !quoted(index) && !blocked(units[index]) && isNameUnit(scan, sentence, index)
  for (let from = 0; from < units.length; from++) {
    if (!fits(from) && !opensWithNumber(units, from, fits)) continue
    const to = extend(scan, sentence, from, fits)
    spans.push(...cut(scan, sentence, from, to))
    from = to - 1
  }
  return spans.sort((a, b) => a.from - b.from)
}

/** Can this unit, alone, be part of a name? */
function isNameUnit(scan: Scan, sentence: number, index: number): boolean {
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

/** Words that begin a letter, before the name of whom it greets. */
const GREETINGS = new Set(['dear', 'hello', 'hi', 'hey'])

/** What a number with a name before it may stand in: `250 Delaware Avenue`, `11 Diagonal Street`. */
const ADDRESSES = new Set(['street', 'avenue', 'road', 'terrace', 'square', 'lane', 'drive', 'boulevard', 'court', 'plaza', 'crescent', 'quay', 'building', 'tower', 'row', 'embankment', 'parade'])

/** `2008 Summer Olympics`, `48th Academy Awards`, `1st Infantry Division`, `250 Delaware Avenue`. */
function opensWithNumber(units: readonly Token[], index: number, fits: (index: number) => boolean): boolean {
  const token = units[index]!
  if (opensAddress(units, index, fits)) return true
  const number = token.shape === 'number' ? /^\d{4}$/u.test(token.text) : /^\d+(?:st|nd|rd|th)$/u.test(token.text)
  if (!number || !fits(index + 1)) return false
  const last = units.slice(index + 1, index + 5).filter(unit => unit.capital).at(-1)
  const common = last !== undefined && isNameNoun(last.lower)
  return common && (token.shape !== 'number' || /^(?:the|a|his|her|their|its)$/iu.test(units[index - 1]?.text ?? ''))
}

/** A house's number, which no year looks like. */
function opensAddress(units: readonly Token[], index: number, fits: (index: number) => boolean): boolean {
  const token = units[index]!
  if (token.shape !== 'number' || !/^\d{1,4}$/u.test(token.text) || /^(?:1[5-9]|20)\d\d$/u.test(token.text)) return false
  let to = index + 1
  while (to < index + 5 && fits(to) && units[to]!.spaced) to++
  return to > index + 2 && ADDRESSES.has(units[to - 1]!.lower)
}

function isNameNoun(word: string): boolean {
  return ORG_WORDS.has(word) || MISC_WORDS.has(word) || LOC_WORDS.has(word)
}

/** End of the sequence that starts at `from`. */
function extend(scan: Scan, sentence: number, from: number, fits: (index: number) => boolean): number {
  let to = from + 1
  for (;;) {
    const jump = step(scan, sentence, from, to, fits)
    if (jump === 0) return to
    to += jump
  }
}

/** How many units further the name goes on after `at - 1`; 0 = it ends. */
function step(scan: Scan, sentence: number, from: number, at: number, fits: (index: number) => boolean): number {
  const units = scan.tokens[sentence]!
  const token = units[at]
  const last = units[at - 1]!
  if (token === undefined) return 0
  const second = units[at + 1]
  if (token.text === '.' && !token.spaced && (/^(?:\p{Lu}|St|Mt|Ft|Dr|Mr|Mrs|Ms|Prof|Jr|Sr|Sen|Gov|Gen|Col|Capt|Lt|Sgt|Rev|Hon|Rep|Inc|Ltd|Corp|Co|Bros|No|vs)$/u.test(last.text))) {
    if (/^(?:Jr|Sr|Inc|Ltd|Corp|Co|Bros)$/u.test(last.text)) return second !== undefined && fits(at + 1) && second.spaced && !opens(units, at + 1) && LEGAL_FORMS.has(second.lower) ? 2 : (second === undefined ? 0 : 1)
    return fits(at + 1) || (last.text === 'No' && second?.shape === 'number') ? 2 : /^\p{Lu}$/u.test(last.text) && at - from > 1 && second !== undefined ? 1 : 0
  }
  if (token.text === ',' && second !== undefined && /^(?:Inc|Ltd|LLC|Corp|Jr|Sr|L\.L\.C|S\.A)\.?$/u.test(second.text)) return 2
  if (token.text === '&' && fits(at + 1)) return at - from >= 2 && units[at + 2]?.capital === true && !isNameNoun(units[at + 2]!.lower) && !isNameNoun(last.lower) ? 0 : 2
  if (token.text === '+' && last.text.length > 1 && !token.spaced) return 1
  if (/^['’]s$/u.test(token.text) || (token.text === '’' || token.text === "'") && last.lower.endsWith('s') && !token.spaced) return possessive(units, at, fits) ? 2 : 0
  if (!token.spaced) return 0
  if (fits(at)) return PRONOUNS.has(token.lower) && token.text.length > 1 ? 0 : 1
  if (token.shape === 'number') return numberBelongs(units, at) ? 1 : 0
  if (token.text === 'I') return /^(?:War|Elizabeth|Charles|Francis|James|George|Napoleon|Nicholas|Alexander|Frederick|William|Henry|Wilhelm|Leopold|Peter|Phase|Type|Class|Stage|Volume)$/u.test(last.text) ? 1 : 0
  if (/^(?:II|III|IV|VI|VII|VIII|IX|XI|XII|XIV|XV|XVI)$/u.test(token.text)) return 1
  return connector(scan, sentence, from, at, fits)
}

function possessive(units: readonly Token[], at: number, fits: (index: number) => boolean): boolean {
  const next = units[at + 1]
  if (next === undefined || !fits(at + 1)) return false
  const run = units.slice(at + 1, at + 4)
  const stop = run.findIndex((_, index) => !fits(at + 1 + index))
  const head = (stop < 0 ? run : run.slice(0, stop)).at(-1)!.lower
  if (!POSSESSIVE_HEADS.has(head) && !ORG_WORDS.has(head)) return false
  const owner = units[at - 1]!.lower.replace(/['’]$/u, '')
  const saint = /^(?:st|saint)$/iu.test(units[at - 2]?.text ?? '') || (units[at - 2]?.text === '.' && /^St$/u.test(units[at - 3]?.text ?? ''))
  return saint || isCommonWord(owner) || /^(?:king|queen|girl|boy|women|men|people|children|trinity|christ|lloyd|sotheby|christie|mcdonald|macy)s?$/u.test(owner)
}

function numberBelongs(units: readonly Token[], at: number): boolean {
  const token = units[at]!
  const next = units[at + 1]
  if (!/^\d{1,4}$/u.test(token.text) || (next !== undefined && /^(?:%|percent|million|billion|thousand|°)$/u.test(next.text))) return false
  // A following plural noun makes it a count: `Tesla 500 employees`; a year after a name is a date.
  if (next !== undefined && next.shape === 'word' && !next.capital && isPlural(next.lower) && !/^(?:is|was|has|series|its|as)$/u.test(next.lower)) return false
  return !/^(?:1[0-9]\d\d|20\d\d)$/u.test(token.text)
}

/** Lower-case words inside a name: particles, of, for, and, the. */
function connector(scan: Scan, sentence: number, from: number, at: number, fits: (index: number) => boolean): number {
  const units = scan.tokens[sentence]!
  const token = units[at]!
  const last = units[at - 1]!
  if (PARTICLES.has(token.lower) && !/^(?:and|la|do|y|e|as)$/u.test(token.lower) || /^(?:la|y|e|do)$/u.test(token.lower)) {
    const run = /^(?:la|las|los|le|der|den)$/u.test(units[at + 1]?.lower ?? '') && fits(at + 2) ? 3 : fits(at + 1) ? 2 : 0
    if (run > 0) return run
  }
  const the = /^the$/u.test(units[at + 1]?.text ?? '') ? 1 : 0
  const head = last.lower
  if (token.lower === 'of' && fits(at + 1 + the)) {
    return OF_HEADS.has(head) && !TITLES.has(units[from]!.lower) ? 2 + the : 0
  }
  if ((token.lower === 'for' || token.lower === 'on') && fits(at + 1 + the)) return FOR_HEADS.has(head) ? 2 + the : 0
  if (token.lower === 'and' && fits(at + 1)) return andBelongs(units, from, at) ? 2 : 0
  if (token.lower === 'in' && the === 1 && fits(at + 2) && isCommonWord(head) && at - from > 1 && MISC_WORDS.has(units[from]!.lower)) return 3
  return 0
}

/** `Department of Health and Human Services`: both sides of `and` are ordinary words under one head. */
function andBelongs(units: readonly Token[], from: number, at: number): boolean {
  const left = units.slice(from, at)
  const right = units.slice(at + 1, at + 5)
  const stop = right.findIndex(unit => !unit.capital)
  const tail = stop < 0 ? right : right.slice(0, stop)
  const common = (token: Token): boolean => isCommonWord(token.lower) && knownClass(token.text) === undefined
  if (tail.length === 0 || !tail.every(common)) return LEGAL_FORMS.has(tail.at(-1)?.lower.replaceAll('.', '') ?? '') && left.length === 1
  if (left.some(unit => unit.lower === 'of' || unit.lower === 'for' || unit.lower === 'on')) return common(left.at(-1)!)
  return ORG_WORDS.has(tail.at(-1)!.lower) && left.every(unit => common(unit)) && !isNameNoun(left.at(-1)!.lower)
}

/** Sequence -> names: titles taken off, nationality before a person parted, an article at the start only where it belongs. */
function cut(scan: Scan, sentence: number, first: number, end: number): NameSpan[] {
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
