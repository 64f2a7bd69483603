// Dates, months, years, decades and durations of a sentence -> ISO 8601, as partial as the text is. An own grammar: relative dates would need a clock, and a wrong year is worse than none.
import type { Span } from '../../../ingest/index.ts'
import type { LiteralSpan } from './literal.ts'

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december']
const MONTH = '(?:Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|Jun(?:e|\\.)?|Jul(?:y|\\.)?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)'
const ROMAN = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII']
const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const YEAR = '(?:1\\d{3}|20\\d{2})'
const ERA = '(?:\\s?(?:BCE|BC|B\\.C\\.|CE|AD|A\\.D\\.))'

interface Grammar {
  readonly pattern: RegExp
  /** Value from the named groups; undefined = no date after all. */
  readonly value: (groups: Readonly<Record<string, string | undefined>>) => string | undefined
}

const GRAMMARS: readonly Grammar[] = [
  { pattern: new RegExp(`(?<![\\w-])(?<y>${YEAR})-(?<m>0[1-9]|1[0-2])(?:-(?<d>0[1-9]|[12]\\d|3[01]))?(?:T\\d{2}:\\d{2}(?::\\d{2})?(?:Z|[+-]\\d{2}:?\\d{2})?)?(?![\\w-])`, 'gu'), value: g => iso(g.y, g.m, g.d) },
  { pattern: new RegExp(`(?<![\\w/.])(?<d>${DAY})(?:st|nd|rd|th)?(?:\\s+day)?(?:\\s+of)?\\s+(?<m>${MONTH}),?(?:\\s+(?<y>${YEAR}|\\d{3}(?!\\d)))?(?<e>${ERA})?(?![\\w])`, 'gu'), value: g => dayOf(g) },
  { pattern: new RegExp(`(?<!\\w)(?<m>${MONTH})\\s+(?:the\\s+)?(?<d>${DAY})(?:st|nd|rd|th)?(?![\\d:])(?:\\s*,?\\s*(?:of\\s+)?(?<y>${YEAR}))?(?!\\w)`, 'gu'), value: g => dayOf(g) },
  { pattern: new RegExp(`(?<!\\w)(?<m>${MONTH})(?:,?\\s+|\\s+of\\s+)(?<y>${YEAR})(?!\\w)`, 'gu'), value: g => iso(g.y, monthOf(g.m)) },
  { pattern: new RegExp(`(?<![\\w/.-])(?<a>0?[1-9]|[12]\\d|3[01])(?<s>[./-])(?<b>0?[1-9]|[12]\\d|3[01])\\k<s>(?<y>${YEAR})(?![\\w/-])`, 'gu'), value: g => numeric(g) },
  // As plant labels and church books write them: `9.II.1999`; a year of two digits does not say its century.
  { pattern: new RegExp(`(?<![\\w/.])(?<d>${DAY})[.\\s/-]{1,2}(?<r>I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})[.\\s/-]{1,2}(?<y>${YEAR})(?![\\w/])`, 'gu'), value: g => iso(g.y, pad(ROMAN.indexOf(g.r!) + 1, 2), pad(Number(g.d), 2)) },
  { pattern: /(?<![\w/.])(?<d>0?[1-9]|[12]\d|3[01])\.(?<m>0[1-9]|1[0-2])\.\d{2}(?![\w/.])/gu, value: g => `--${g.m}-${pad(Number(g.d), 2)}` },
  { pattern: new RegExp(`(?<!\\w)(?:the\\s+)?(?:(?:early|mid|late)[- ])?(?<y>${YEAR.replace('\\d{3}', '\\d{2}0').replace('20\\d{2}', '20\\d0')})['’]?s(?!\\w)`, 'gu'), value: g => `${g.y!.slice(0, 3)}X` },
  { pattern: /(?<!\w)(?:the\s+)?(?:(?:early|mid|late)[- ])?(?<c>\d{1,2})(?:st|nd|rd|th)[ -]?centur(?:y|ies)(?:\s?(?<e>BCE|BC|CE|AD))?(?!\w)/giu, value: g => (g.e?.startsWith('BC') ? `-${pad(Number(g.c), 2)}XX` : `${pad(Number(g.c) - 1, 2)}XX`) },
  { pattern: /(?<![\w.,])(?<y>\d{1,4})\s?(?:BCE|BC|B\.C\.)(?!\w)/gu, value: g => `-${pad(Number(g.y), 4)}` },
  { pattern: new RegExp(`(?<!\\w)(?:spring|summer|autumn|fall|winter|Spring|Summer|Autumn|Fall|Winter)(?:\\s+of)?\\s+(?<y>${YEAR})(?!\\w)`, 'gu'), value: g => g.y },
]
const BARE_YEAR = new RegExp(`(?<![\\w$€£#.,:/-])(?<y>${YEAR})(?:(?=[-–]\\d{2,4}(?!\\d))|(?![\\w%:/]|-\\d|[.,]\\d|[-–]\\p{L}))`, 'gu')
const RANGE_END = new RegExp(`(?<=(?<![\\w-])(?<f>${YEAR})\\s?[-–—/]\\s?)(?<y>${YEAR}|\\d{2})(?![\\w%-]|[.,]\\d)`, 'gu')
const UNIT_AFTER = /^\s*(?:%|percent|people|men|women|students|employees|workers|metres|meters|km|miles|feet|ft|kg|m\b|votes|points|seats|copies|units|inhabitants|residents|dollars|euros|acres|hectares|tons|tonnes|troops|soldiers|items|rows|records|users|times|pages)\b/u
const WEEKDAY_MONTH = new RegExp(`(?<!\\w)(?<m>January|February|April|June|July|August|September|October|November|December)(?!\\w)`, 'gu')

/** Dates of a sentence, without overlaps, in order. */
export function findDates(text: string, sentence: Span): LiteralSpan[] {
  const part = text.slice(sentence.start, sentence.end)
  if (!/\d|January|February|March|April|June|July|August|September|October|November|December/u.test(part)) return []
  const found: LiteralSpan[] = []
  const add = (start: number, raw: string, value: string | undefined): void => {
    const lead = /^(?:the|The)\s+/u.exec(raw)?.[0].length ?? 0
    const end = start + raw.replace(/[\s,]+$/u, '').length
    if (value !== undefined && !found.some(other => other.start - sentence.start < end && start < other.end - sentence.start)) {
      found.push({ kind: 'date', value, start: sentence.start + start + lead, end: sentence.start + end })
    }
  }
  for (const grammar of GRAMMARS) for (const match of part.matchAll(grammar.pattern)) add(match.index, match[0], grammar.value(match.groups ?? {}))
  for (const match of part.matchAll(RANGE_END)) {
    const groups = match.groups!
    add(match.index, match[0], groups.y!.length === 4 ? groups.y : Number(groups.y) > Number(groups.f!.slice(2)) ? groups.f!.slice(0, 2) + groups.y! : undefined)
  }
  for (const match of part.matchAll(BARE_YEAR)) if (!UNIT_AFTER.test(part.slice(match.index + 4))) add(match.index, match[0], match[0])
  for (const match of part.matchAll(WEEKDAY_MONTH)) add(match.index, match[0], `--${monthOf(match[0])}`)
  return found.sort((a, b) => a.start - b.start)
}

function dayOf(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  const month = monthOf(groups.m)
  if (month === undefined || groups.d === undefined) return undefined
  const day = pad(Number(groups.d), 2)
  if (groups.y === undefined) return `--${month}-${day}`
  const year = pad(Number(groups.y), 4)
  return `${groups.e?.includes('B') ? '-' : ''}${year}-${month}-${day}`
}

/** `3/4/2001` is ambiguous: only read where one order alone is possible; otherwise the year is what is sure. */
function numeric(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  const a = Number(groups.a)
  const b = Number(groups.b)
  if (groups.s === '.' || (a > 12 && b <= 12)) return b <= 12 ? iso(groups.y, pad(b, 2), pad(a, 2)) : undefined
  if (b > 12 && a <= 12) return iso(groups.y, pad(a, 2), pad(b, 2))
  if (a > 12) return undefined
  return a === b ? iso(groups.y, pad(a, 2), pad(b, 2)) : groups.y
}

function iso(year: string | undefined, month?: string, day?: string): string | undefined {
  return year === undefined || (month === undefined && day !== undefined) ? undefined : [year, month, day].filter(part => part !== undefined).join('-')
}

function monthOf(name: string | undefined): string | undefined {
  const at = MONTHS.findIndex(month => month.startsWith((name ?? '?').toLowerCase().slice(0, 3)))
  return at < 0 ? undefined : pad(at + 1, 2)
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
