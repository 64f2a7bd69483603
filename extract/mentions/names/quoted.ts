// Titles of works: quotation marks around words written as a title, or in another language.
import type { NameSpan } from '../name-span.ts'
import type { Scan } from '../scan.ts'
import { isCommonWord } from '../words/index.ts'

/** Titles in quotation marks, written with capitals. */
export function quotedTitles(scan: Scan, sentence: number): NameSpan[] {
  const units = scan.tokens[sentence]!
  const spans: NameSpan[] = []
  for (let open = 0; open < units.length; open++) {
    if (!/^["“]$/u.test(units[open]!.text)) continue
    const close = units.findIndex((token, index) => index > open && /^["”]$/u.test(token.text))
    if (close < 0) break
    const last = /^[,.;!?]$/u.test(units[close - 1]!.text) && !/^[!?]$/u.test(units[close - 1]!.text) ? close - 1 : close
    const words = units.slice(open + 1, last).filter(token => token.shape === 'word')
    const capitals = words.filter(token => token.capital).length
    const small = words.filter(token => !token.capital && token.text.length > 4).length
    if (words.length > 0 && words.length <= 12 && words[0]!.capital && ((words.at(-1)!.capital && capitals >= words.length * 0.5 && small === 0) || (words.length > 1 && words.length <= 8 && words.filter(token => !isCommonWord(token.lower)).length > words.length / 2))) spans.push({ sentence, from: open + 1, to: last, quoted: true })
    open = close
  }
  return spans
}
