// What a line of a form or a list speaks of without saying so: the name in the heading above it, in the lead-in before the list, or in the form's first line.
import type { Document, Sentence } from '../../ingest/index.ts'

/** `Responsible: People Platforms`; a clock time or an address is no field. */
const FIELD = /^[^\p{L}\n]{0,4}\p{L}[^:\n]{1,40}:\s+\S/u
/** Longest line that can be a lead-in, in words. */
const LEAD_WORDS = 14

/** Index of each elliptical sentence -> indexes of the sentences that may name its topic, the nearest first. */
export function topicSentences({ sentences, text }: Document): ReadonlyMap<number, readonly number[]> {
  const topics = new Map<number, readonly number[]>()
  const said = ({ start, end }: Sentence): string => text.slice(start, end)
  let heading: number | undefined
  let lead: number | undefined
  let paragraph = -1
  let elliptical = false
  let previous: Sentence | undefined
  for (const sentence of sentences) {
    if (sentence.paragraph !== paragraph) {
      const line = sentence.kind === 'item' || (sentence.kind === 'prose' && FIELD.test(said(sentence)))
      // The run's first line, and a short line right before it, name what the others describe.
      if (line && !elliptical) lead = sentence.kind === 'item' ? leadIn(previous, said) : sentence.index
      elliptical = line
      paragraph = sentence.paragraph
    }
    if (sentence.kind === 'heading') {
      heading = sentence.index
      lead = undefined
    } else if (elliptical) {
      const first = sentences[0]!
      const title = first.kind === 'heading' || said(first).split(/\s+/u).length <= LEAD_WORDS ? first.index : undefined
      const before = [lead, heading, title].filter((index): index is number => index !== undefined && index < sentence.index)
      topics.set(sentence.index, [...new Set(before)])
    }
    previous = sentence
  }
  return topics
}

function leadIn(before: Sentence | undefined, said: (sentence: Sentence) => string): number | undefined {
  return before && before.kind !== 'row' && (said(before).endsWith(':') || said(before).split(/\s+/u).length <= LEAD_WORDS) ? before.index : undefined
}
