// Capitalised sequences, identifiers and quoted titles -> name spans. Compromise's tags are one voice; the writing of the whole document is the other.
import type { NameSpan } from '../name-span.ts'
import type { Scan } from '../scan.ts'
import type { Token } from '../token.ts'
import { cut } from './cut.ts'
import { extend, opensWithNumber } from './extent.ts'
import { quotedTitles } from './quoted.ts'
import { isNameUnit } from './units.ts'

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
