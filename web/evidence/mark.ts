// Text with ranges that may overlap -> pieces that do not, each with the marks that cover it.
import type { Span } from '../server/index.ts'

export type Mark = 'quote' | 'head' | 'tail'

export interface MarkedRange extends Span {
  readonly mark: Mark
}
export interface Piece {
  readonly text: string
  /** Widest first. */
  readonly marks: readonly Mark[]
  /** Marks whose range begins with this piece. */
  readonly begins: readonly Mark[]
}

/** A range that the API gives as a pair. */
export const rangeOf = ([start = 0, end = 0]: readonly number[], mark: Mark): MarkedRange => ({ start, end, mark })

const ORDER: readonly Mark[] = ['quote', 'head', 'tail']

/** Cuts `text` at the ranges; joined, the pieces are the text again. Ranges count from `offset`, and are cut to the text. */
export function markText(text: string, ranges: readonly MarkedRange[], offset = 0): readonly Piece[] {
  const within = (position: number) => Math.max(0, Math.min(text.length, position - offset))
  const cut = ranges.map(({ start, end, mark }) => ({ start: within(start), end: within(end), mark })).filter(({ start, end }) => start < end)
  const edges = [...new Set([0, text.length, ...cut.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b)
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? text.length
    const over = cut.filter((range) => range.start <= start && end <= range.end)
    const named = (mark: Mark, among: readonly MarkedRange[]) => among.some((range) => range.mark === mark)
    return { text: text.slice(start, end), marks: ORDER.filter((mark) => named(mark, over)), begins: ORDER.filter((mark) => named(mark, over.filter((range) => range.start === start))) }
  })
}
