// Examples in the words of a claim: what stands around two marked ends, each called by its side, so that a second reading sees what a description means.
// The wording is the one that the encoder was trained with (models/train/shown.py).
import type { Span } from '../../ingest/index.ts'
import type { Relation, RelationExample } from '../../ontology/index.ts'

/** One example as it is shown. */
export interface Shown {
  readonly words: string
  readonly head: string
  readonly tail: string
  /** Of the text without its ends. */
  readonly stems: ReadonlySet<string>
}

const WORDS_BEFORE = 6
const WORDS_AFTER = 7
/** Of a longer stretch between the ends its two halves are shown. */
const WORDS_BETWEEN = 24
/** Added to an example's number of words, so that short ones do not always win. */
const SMOOTH = 4
const PRONOUN = /^(?:i|he|she|it|they|we|you|him|her|them|us|this|that|which|who|whom|whose|his|hers|its|their|theirs|our|ours|my|mine|one|both|each)$/iu

/** The relation's positive examples; an end that is a pronoun shows nothing. Sorted by their words. */
export function showExamples({ examples }: Relation): readonly Shown[] {
  return examples.map(toShown).filter(({ head, tail }) => !PRONOUN.test(head) && !PRONOUN.test(tail)).sort((a, b) => (a.words < b.words ? -1 : a.words > b.words ? 1 : 0))
}

/** The `most` examples that share most words with a text; none that may have been taken from it. */
export function nearestShown(shown: readonly Shown[], text: string, most: number): readonly Shown[] {
  const own = stemsOf(text)
  const near = ({ stems }: Shown): number => [...stems].filter((stem) => own.has(stem)).length / (SMOOTH + stems.size)
  return shown.filter(({ head, tail }) => !(text.includes(head) && text.includes(tail)))
    .map((each) => ({ each, near: near(each) })).sort((a, b) => b.near - a.near).slice(0, most).map(({ each }) => each)
}

function toShown({ text, head: [headStart, headEnd], tail: [tailStart, tailEnd] }: RelationExample): Shown {
  const [head, tail] = [{ start: headStart, end: headEnd }, { start: tailStart, end: tailEnd }]
  return { words: excerpt(text, head, tail), head: text.slice(headStart, headEnd), tail: text.slice(tailStart, tailEnd), stems: stemsOf(text.slice(0, headStart) + text.slice(headEnd)) }
}

/** `In 1998 the head Ada joined the tail Acme.` */
function excerpt(text: string, head: Span, tail: Span): string {
  const [[first, called], [second, calledSecond]] = head.start < tail.start ? [[head, 'the head'], [tail, 'the tail']] as const : [[tail, 'the tail'], [head, 'the head']] as const
  const end = Math.max(first.end, second.end)
  const before = [...text.slice(0, first.start).matchAll(/\S+/gu)].slice(-WORDS_BEFORE)[0]
  const after = [...text.slice(end).matchAll(/\S+/gu)].slice(0, WORDS_AFTER).at(-1)
  return [
    text.slice(before?.index ?? first.start, first.start), `${called} `, text.slice(first.start, first.end), shorten(text.slice(first.end, second.start)),
    `${calledSecond} `, text.slice(second.start, second.end), after ? text.slice(end, end + after.index + after[0].length) : '',
  ].join('').replace(/\s+/gu, ' ')
}

function shorten(between: string): string {
  const words = [...between.matchAll(/\S+/gu)]
  if (words.length <= WORDS_BETWEEN) return between
  const [left, right] = [words[WORDS_BETWEEN / 2 - 1]!, words.at(-WORDS_BETWEEN / 2)!]
  return `${between.slice(0, left.index + left[0].length)} ... ${between.slice(right.index)}`
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set((text.toLowerCase().match(/[a-z]{3,}/gu) ?? []).map((word) => word.slice(0, 6)))
}
