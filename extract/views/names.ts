// Probabilities of pieces -> names: runs of one coarse type that never leave their sentence nor break a word.
import type { CoarseType } from '../../ontology/index.ts'
import type { SeenName } from './view.ts'
import type { Piece, Window } from './windows.ts'

const NAMED: ReadonlySet<string> = new Set(['PER', 'ORG', 'LOC', 'MISC'])

/** Names of a window; `tags` holds a row of probabilities for each piece: outside, then begin and inside of each coarse type. */
export function namesOf(window: Window, text: string, tags: readonly Float32Array[], coarse: readonly string[]): SeenName[] {
  const names: SeenName[] = []
  let open: { from: number; type: number } | undefined
  const close = (to: number): void => {
    if (open === undefined) return
    const { from, type } = open
    open = undefined
    if (!NAMED.has(coarse[type]!)) return
    const score = tags.slice(from, to).reduce((sum, row) => sum + row[1 + 2 * type]! + row[2 + 2 * type]!, 0) / (to - from)
    names.push({ start: window[from]!.start, end: window[to - 1]!.end, sentence: window[from]!.sentence, coarse: coarse[type] as CoarseType, score })
  }
  for (const [k, piece] of window.entries()) {
    const before = window[k - 1]
    // What a word began as, its other pieces are.
    if (before !== undefined && isOneWord(before, piece, text)) continue
    const best = tags[k]!.indexOf(Math.max(...tags[k]!))
    const type = best === 0 ? undefined : (best - 1) >> 1
    const goesOn = open !== undefined && type === open.type && best % 2 === 0 && before?.sentence === piece.sentence
    if (goesOn) continue
    close(k)
    if (type !== undefined) open = { from: k, type }
  }
  close(window.length)
  return names
}

function isOneWord(a: Piece, b: Piece, text: string): boolean {
  return a.end === b.start && a.sentence === b.sentence && /^[\p{L}\p{M}\p{N}]{2}$/u.test(text.slice(a.end - 1, b.start + 1))
}
