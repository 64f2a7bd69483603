// What a pair (or an example) says: a text and its two ends.
import type { Span } from '../../ingest/index.ts'
import type { Marked } from './pack.ts'

export interface Statement {
  readonly text: string
  /** Whole sentences that hold both ends. */
  readonly window: Span
  readonly head: Span
  readonly tail: Span
  /** Heading of the tail's (or head's) column, where the pair stands in a table row. */
  readonly header?: string
}

/** Words read before and behind the ends; farther words more often belong to other statements. */
const WORDS_BEFORE = 6
const WORDS_AFTER = 7

/** The window as the encoder reads it: a column's heading before the cell, as people write "CEO: Ada"; an end that stands above a line of a form before that line. */
export function markedOf({ text, window, head, tail, header }: Statement): Marked {
  const outside = [head, tail].find((end) => !within(end, window))
  const topic = outside ? `${text.slice(outside.start, outside.end)}. ` : ''
  const at = header && within(tail, window) ? tail.start - window.start : 0
  const label = header ? `${header}: ` : ''
  const shown = text.slice(window.start, window.end)
  const place = ({ start, end }: Span): Span => {
    if (outside && start === outside.start && end === outside.end) return { start: 0, end: end - start }
    const by = topic.length - window.start + (start - window.start >= at ? label.length : 0)
    return { start: start + by, end: end + by }
  }
  return { text: `${topic}${shown.slice(0, at)}${label}${shown.slice(at)}`, head: place(head), tail: place(tail) }
}

/** An end inside the window; one that stands outside begins where the window begins. */
export function clipped(end: Span, window: Span): Span {
  return within(end, window) ? end : { start: window.start, end: window.start }
}

function within({ start, end }: Span, window: Span): boolean {
  return start >= window.start && end <= window.end
}

/** The stretch around and between the ends, cut at clause ends that do not lie between them. */
export function localSpan({ text, window, ...ends }: Statement): Span {
  const [head, tail] = [clipped(ends.head, window), clipped(ends.tail, window)]
  const [from, to] = [Math.min(head.start, tail.start), Math.max(head.end, tail.end)]
  const before = text.slice(window.start, from).match(new RegExp(`(?:[^\\s;]+\\s+){0,${WORDS_BEFORE}}[^\\s;]*$`, 'u'))?.[0] ?? ''
  const after = text.slice(to, window.end).match(new RegExp(`^[^\\s;]*(?:\\s+[^\\s;]+){0,${WORDS_AFTER}}`, 'u'))?.[0] ?? ''
  return { start: from - before.length, end: to + after.length }
}
