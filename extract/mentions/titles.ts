// Titles with small words in them: `Journey to the Beginning of Time`, `When Marnie Was There`. The writing ends a name at such a word as a rule; where examples show titles, the encoder says what is one.
import type { Span } from '../../ingest/index.ts'
import type { Conventions } from './conventions.ts'
import type { NameSpan } from './name-span.ts'
import type { Phrase } from './phrases.ts'
import type { Scan } from './scan.ts'
import type { Token } from './token.ts'

/** Words that titles write small; two of them may follow one another. */
const SMALL = /^(?:of|in|the|and|to|for|on|at|an?|with|from|by|['’]s)$/u
const MOST_SMALL = 2
const LONGEST = 12

/** Runs of words that are written as names, with the small ones between them, that are no single name already. */
export function findTitles({ tokens, flat }: Scan, sentence: number, names: readonly NameSpan[], { titles }: Conventions): Phrase[] {
  if (titles.length === 0 || flat[sentence]) return []
  const units = tokens[sentence]!
  const phrases: Phrase[] = []
  for (let from = 0; from < units.length; from += 1) {
    if (!isPart(units, from)) continue
    const to = runFrom(units, from)
    const inner = names.filter((name) => from <= name.from && name.to <= to)
    const isNew = !names.some((name) => name.from <= from && to <= name.to)
    if (isNew && inner.length > 0 && to - from > 1 && to - from <= LONGEST) {
      const spans = inner.map((name): Span => ({ start: units[name.from]!.start, end: units[name.to - 1]!.end }))
      phrases.push({ start: units[from]!.start, end: units[to - 1]!.end, types: titles, sure: [], instead: spans })
    }
    from = to - 1
  }
  return phrases
}

function isPart(units: readonly Token[], at: number): boolean {
  const unit = units[at]
  return unit !== undefined && ((unit.shape === 'word' && unit.capital) || (unit.shape === 'number' && units[at + 1]?.capital === true))
}

/** Behind the last part of the run that begins at `from`. */
function runFrom(units: readonly Token[], from: number): number {
  let to = from + 1
  for (;;) {
    let next = to
    while (next - to < MOST_SMALL && SMALL.test(units[next]?.text ?? '')) next += 1
    if (!isPart(units, next) || !units[next]!.spaced) return to
    to = next + 1
  }
}
