// Examples of a relation, those first whose words are most like those of a quote.
import { markText, rangeOf } from '../evidence/index.ts'
import type { RelationExample } from '../server/index.ts'

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/\p{L}+/gu) ?? [])

/** The words of an example outside its two ends: they say the relation. */
const outside = ({ text, head, tail }: RelationExample): ReadonlySet<string> =>
  wordsOf(markText(text, [rangeOf(head, 'head'), rangeOf(tail, 'tail')]).map((piece) => (piece.marks.length === 0 ? piece.text : ' ')).join(''))

/** At most `most` examples, by the share of words they have in common with the quote. */
export function nearestExamples(examples: readonly RelationExample[], quote: string, most: number): readonly RelationExample[] {
  const asked = wordsOf(quote)
  const likeness = (example: RelationExample) => {
    const words = outside(example)
    return [...words].filter((word) => asked.has(word)).length / Math.max(1, words.size)
  }
  return examples.map((example, index) => ({ example, index, like: likeness(example) })).sort((a, b) => b.like - a.like || a.index - b.index).slice(0, most).map(({ example }) => example)
}
