// Numbers, money, percentages, quantities and durations of a sentence -> decimal strings and `value unit`.
import type { Span } from '../../../ingest/index.ts'
import type { LiteralSpan } from './literal.ts'

const SMALL: Readonly<Record<string, number>> = {
  zero: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12, thirteen: 13, fourteen: 14, fifteen: 15,
  sixteen: 16, seventeen: 17, eighteen: 18, nineteen: 19, twenty: 20, thirty: 30, forty: 40, fifty: 50, sixty: 60, seventy: 70, eighty: 80, ninety: 90,
}
const SCALES: Readonly<Record<string, number>> = { hundred: 1e2, thousand: 1e3, million: 1e6, m: 1e6, mn: 1e6, billion: 1e9, bn: 1e9, trillion: 1e12, dozen: 12, k: 1e3 }

const UNITS: readonly (readonly [unit: string, writings: string])[] = [
  ['%', '%|percent|per cent|pct'], ['km', 'km|kilometres?|kilometers?'], ['m', 'm|metres?|meters?'], ['cm', 'cm|centimetres?|centimeters?'], ['mm', 'mm|millimetres?|millimeters?'],
  ['mi', 'mi|miles?'], ['ft', 'ft|feet|foot'], ['in', 'inch(?:es)?'], ['yd', 'yards?'], ['nmi', 'nautical miles?'], ['km2', 'km²|km2|sq km|square (?:kilometres?|kilometers?)'], ['m2', 'm²|m2|sq m|square (?:metres?|meters?)'],
  ['sq mi', 'sq mi|square miles?'], ['sq ft', 'sq ft|square feet'], ['ha', 'ha|hectares?'], ['acre', 'acres?'], ['m3', 'm³|m3|cubic (?:metres?|meters?)'], ['L', 'litres?|liters?'], ['mL', 'ml|mL|millilitres?|milliliters?'],
  ['kg', 'kg|kilograms?|kilos?'], ['g', 'g|grams?'], ['mg', 'mg|milligrams?'], ['t', 'tonnes?|metric tons?'], ['ton', 'tons?'], ['lb', 'lbs?|pounds?'], ['oz', 'oz|ounces?'],
  ['s', 'seconds?|secs?'], ['min', 'minutes?|mins?'], ['h', 'h|hours?|hrs?'], ['day', 'days?'], ['week', 'weeks?'], ['month', 'months?'], ['year', 'years?'], ['ms', 'ms|milliseconds?'],
  ['km/h', 'km/h|kph|kilometres per hour|kilometers per hour'], ['mph', 'mph|miles per hour'], ['m/s', 'm/s'], ['kn', 'knots?'], ['W', 'watts?'], ['kW', 'kW|kilowatts?'], ['MW', 'MW|megawatts?'], ['GW', 'GW'], ['hp', 'hp|horsepower'],
  ['V', 'volts?'], ['kV', 'kV'], ['Hz', 'Hz|hertz'], ['kHz', 'kHz'], ['MHz', 'MHz'], ['GHz', 'GHz'], ['B', 'bytes?'], ['kB', 'kB|KB|kilobytes?'], ['MB', 'MB|megabytes?'], ['GB', 'GB|gigabytes?'], ['TB', 'TB|terabytes?'],
  ['°C', '°\\s?C|degrees Celsius'], ['°F', '°\\s?F|degrees Fahrenheit'], ['bar', 'bar'], ['kPa', 'kPa'], ['psi', 'psi'], ['dB', 'dB'], ['kcal', 'kcal|calories'], ['rpm', 'rpm'],
  ['USD', 'US dollars?|dollars?|USD'], ['EUR', 'euros?|EUR'], ['GBP', 'pounds sterling|GBP'], ['JPY', 'yen|JPY'], ['INR', 'rupees?|INR'], ['CHF', 'Swiss francs?|CHF'],
]
const SIGNS: Readonly<Record<string, string>> = { 'US$': 'USD', $: 'USD', '€': 'EUR', '£': 'GBP', '¥': 'JPY', '₹': 'INR', 'A$': 'AUD', 'C$': 'CAD', 'HK$': 'HKD', USD: 'USD', EUR: 'EUR', GBP: 'GBP', CHF: 'CHF', Rs: 'INR' }

const DIGITS = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?'
const WORD = `(?:${Object.keys(SMALL).join('|')})`
const WORDS = `(?:(?:${WORD}|a)(?:[- ](?:and )?(?:${WORD}|hundred|thousand|million|billion|trillion|dozen))*)`
const SCALE = '(?:\\s?-?(?:hundred|thousand|million|billion|trillion|dozen|bn|mn)\\b|(?:k|m|bn|M|K|B)\\b)'
const UNIT = `(?:${UNITS.map(([, writings]) => writings).join('|')})`
const MONEY = new RegExp(`(?<![\\p{L}\\p{N}])(?<sign>US\\$|HK\\$|A\\$|C\\$|[$€£¥₹]|USD|EUR|GBP|CHF|Rs)\\.?\\s?(?<n>${DIGITS})(?<s>${SCALE})?(?![\\p{L}\\p{N}])`, 'giu')
const QUANTITY = new RegExp(`(?<![\\p{L}\\p{N}.,$€£-])(?<n>[-−]?(?:${DIGITS})|${WORDS})(?<s>${SCALE})?(?:\\s?|-)(?<u>${UNIT})(?![\\p{L}\\p{N}])`, 'gu')
const NUMBER = new RegExp(`(?<![\\p{L}\\p{N}.,$€£#/:_-])(?<n>[-−]?(?:${DIGITS}))(?<s>\\s?(?:hundred|thousand|million|billion|trillion|dozen)\\b)?(?![\\p{L}\\p{N}%/:_]|[-.,]\\d|-\\p{L})`, 'gu')
const SPELLED = new RegExp(`(?<![\\p{L}\\p{N}-])(?<n>${WORDS})(?![\\p{L}\\p{N}-])`, 'giu')
const QUICK = new RegExp(`\\d|\\b(?:${Object.keys(SMALL).join('|')}|hundred|thousand|million|billion|dozen)\\b`, 'iu')
const EXACT_UNITS: readonly (readonly [unit: string, pattern: RegExp])[] = UNITS.map(([unit, writings]) => [unit, new RegExp(`^(?:${writings})$`, 'u')])

/** Money, quantities and numbers of a sentence, in this order of precedence, without overlaps. */
export function findNumbers(text: string, sentence: Span): LiteralSpan[] {
  const part = text.slice(sentence.start, sentence.end)
  if (!QUICK.test(part)) return []
  const found: LiteralSpan[] = []
  const add = (match: RegExpExecArray, kind: 'quantity' | 'number', value: string | undefined): void => {
    const start = sentence.start + match.index
    const end = start + match[0].length
    if (value !== undefined && !found.some(other => other.start < end && start < other.end)) found.push({ kind, value, start, end })
  }
  for (const match of part.matchAll(MONEY)) {
    const { sign, n, s } = match.groups!
    add(match, 'quantity', withUnit(amount(n!, s), SIGNS[sign!] ?? SIGNS[sign!.toUpperCase()]))
  }
  for (const match of part.matchAll(QUANTITY)) {
    const { n, s, u } = match.groups!
    add(match, 'quantity', withUnit(amount(n!, s), EXACT_UNITS.find(([, pattern]) => pattern.test(u!))?.[0]))
  }
  for (const match of part.matchAll(NUMBER)) add(match, 'number', amount(match.groups!.n!, match.groups!.s))
  for (const match of part.matchAll(SPELLED)) {
    // `one` alone is mostly a pronoun, `a` alone an article.
    if (!/^(?:a|one)$/iu.test(match[0])) add(match, 'number', amount(match.groups!.n!, undefined))
  }
  return found.sort((a, b) => a.start - b.start)
}

function withUnit(value: string | undefined, unit: string | undefined): string | undefined {
  return value === undefined || unit === undefined ? undefined : `${value} ${unit}`
}

function amount(written: string, scale: string | undefined): string | undefined {
  const digits = /^[-−]?[\d.,]+$/u.test(written) ? Number(written.replaceAll(',', '').replace('−', '-')) : spelled(written.toLowerCase())
  if (digits === undefined || !Number.isFinite(digits)) return undefined
  const factor = scale === undefined ? 1 : SCALES[scale.trim().replace(/^-/u, '').toLowerCase()] ?? (scale.trim() === 'B' ? 1e9 : 1)
  return decimal(digits * factor)
}

/** Value of spelled numbers: `twenty-five thousand`; undefined where the words make none. */
function spelled(written: string): number | undefined {
  let total = 0
  let current: number | undefined
  for (const word of written.split(/[\s-]+/u)) {
    if (word === 'and') continue
    const small = word === 'a' ? 1 : SMALL[word]
    const scale = SCALES[word]
    if (small !== undefined) current = (current ?? 0) + small
    else if (scale === 100 || scale === 12) current = (current ?? 1) * scale
    else if (scale !== undefined) { total += (current ?? 1) * scale; current = undefined }
    else return undefined
  }
  return total + (current ?? 0)
}

/** Decimal notation without the noise of binary fractions and without exponents. */
function decimal(value: number): string {
  return Number(value.toPrecision(15)).toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 12 })
}
