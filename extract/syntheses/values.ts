// Literal kind -> a value as people write it; the form of a date follows the word before it.
import type { LiteralKind } from '../../ontology/index.ts'
import type { Choose } from './chance.ts'

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const UNITS = ['million euros', 'euros', 'dollars', 'kg', 'tonnes', 'km', 'metres', 'hours', 'days', 'percent', 'MW', 'litres', 'GB']

/** A value; `before` is the text in front of it, `like` a value of the same relation, whose unit is kept. */
export function literalValue(kind: LiteralKind, before: string, choose: Choose, key: string, like?: string): string {
  const number = (from: number, to: number, ...more: string[]): number => from + choose([...Array(to - from + 1).keys()], key, ...more)
  if (kind === 'date') return date(before, number, (items, part) => choose(items, key, part))
  if (kind === 'number') return choose([String(number(2, 99, 'a')), String(number(100, 999, 'b')), `${number(1, 90, 'c')},${number(100, 999, 'd')}`], key, 'form')
  if (kind === 'quantity') return `${choose([String(number(2, 99, 'a')), `${number(1, 90, 'b')}.${number(1, 9, 'c')}`, String(number(100, 999, 'd'))], key, 'form')} ${unitOf(like) ?? choose(UNITS, key, 'unit')}`
  if (kind === 'url') return `https://www.${choose(['harbour', 'northlight', 'alder', 'quartz', 'meridian', 'larkspur'], key, 'host')}.example/${choose(['about', 'news', 'team', 'products', 'reports/2024'], key, 'path')}`
  if (kind === 'boolean') return choose(['yes', 'no', 'true', 'false'], key)
  return choose([`v${number(1, 9, 'a')}.${number(0, 20, 'b')}`, `${choose(['AX', 'K', 'RT'], key, 'c')}-${number(10, 990, 'd')}`, `"${choose(['open', 'in review', 'second grade', 'amber', 'north wing'], key, 'e')}"`], key, 'form')
}

function date(before: string, number: (from: number, to: number, ...more: string[]) => number, choose: <Item>(items: readonly Item[], part: string) => Item): string {
  const [year, month, day] = [number(1950, 2026, 'year'), choose(MONTHS, 'month'), number(1, 28, 'day')]
  const days = [`${day} ${month} ${year}`, `${month} ${day}, ${year}`, `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`]
  const spans = [String(year), `${month} ${year}`]
  const word = /(\p{L}+)\W*$/u.exec(before)?.[1]?.toLowerCase()
  return choose(word === 'on' ? days : word === 'in' ? spans : [...days, ...spans], 'form')
}

function unitOf(like: string | undefined): string | undefined {
  return like === undefined ? undefined : /^[\d.,\s]+(\p{L}.*)$/u.exec(like)?.[1]
}
