// All literal values of a sentence; links before dates before numbers where they overlap.
import type { Span } from '../../../ingest/index.ts'
import { findDates } from './dates.ts'
import { findLinks } from './links.ts'
import type { LiteralSpan } from './literal.ts'
import { findNumbers } from './numbers.ts'

/** Literals of a sentence without overlaps, in order. */
export function findLiterals(text: string, sentence: Span): LiteralSpan[] {
  const kept: LiteralSpan[] = []
  for (const literal of [...findLinks(text, sentence), ...findDates(text, sentence), ...findNumbers(text, sentence)]) {
    if (!kept.some(other => other.start < literal.end && literal.start < other.end)) kept.push(literal)
  }
  return kept.sort((a, b) => a.start - b.start)
}
