// Ontology's regular expressions -> spans of a type. A pattern that matches nothing readable (empty text) is passed over.
import type { Ontology } from '../../ontology/index.ts'
import type { Span } from '../../ingest/index.ts'

export interface Pattern {
  readonly type: string
  readonly source: string
}

export interface PatternMatch extends Span {
  readonly type: string
}

/** All patterns of the ontology, sorted by type. */
export function compilePatterns(ontology: Ontology): readonly Pattern[] {
  return Object.values(ontology.types).flatMap(type => type.patterns.map(source => ({ type: type.name, source })))
    .sort((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : a.source < b.source ? -1 : a.source > b.source ? 1 : 0))
}

/** Matches of all patterns inside one sentence, so that none crosses its end. */
export function matchPatterns(text: string, sentence: Span, patterns: readonly Pattern[]): PatternMatch[] {
  const part = text.slice(sentence.start, sentence.end)
  return patterns.flatMap(pattern => [...part.matchAll(new RegExp(pattern.source, 'gu'))].flatMap(match => {
    const trimmed = match[0].trim()
    if (trimmed === '') return []
    const start = sentence.start + match.index + match[0].indexOf(trimmed)
    return [{ type: pattern.type, start, end: start + trimmed.length }]
  }))
}
