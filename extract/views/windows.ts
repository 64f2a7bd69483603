// Document -> windows of whole sentences, as many pieces as the encoder takes; a longer sentence goes on in the next window.
import type { Document } from '../../ingest/index.ts'
import type { EntityInput } from '../entity-encoder.ts'
import type { Tokenizer } from '../tokenizer/index.ts'

export interface Piece {
  readonly id: number
  readonly start: number
  readonly end: number
  readonly sentence: number
}

/** Pieces of the document, `[CLS]` and `[SEP]` not among them. */
export type Window = readonly Piece[]

/** Windows in order; every piece stands in exactly one. */
export function* windowsOf({ text, sentences }: Document, tokenizer: Tokenizer, maxLength: number): Generator<Window> {
  const most = maxLength - 2
  let window: Piece[] = []
  for (const { start, end, index } of sentences) {
    const { ids, starts, ends } = tokenizer.tokenize(text.slice(start, end))
    if (window.length > 0 && window.length + ids.length > most) {
      yield window
      window = []
    }
    for (let k = 0; k < ids.length; k += 1) {
      if (window.length === most) {
        yield window
        window = []
      }
      window.push({ id: ids[k]!, start: start + starts[k]!, end: start + ends[k]!, sentence: index })
    }
  }
  if (window.length > 0) yield window
}

/** The window as the encoder takes it. */
export function inputOf(window: readonly { readonly id: number; readonly start: number; readonly end: number }[], text: string, tokenizer: Tokenizer): EntityInput {
  const input = { ids: new Int32Array(window.length + 2), shapes: new Int32Array(window.length + 2) }
  input.ids[0] = tokenizer.startId
  window.forEach(({ id, start, end }, k) => {
    input.ids[k + 1] = id
    input.shapes[k + 1] = shapeOf(text.slice(start, end))
  })
  input.ids[window.length + 1] = tokenizer.endId
  return input
}

/** Letter case of a piece; the numbers stand at `EntityInput`. */
function shapeOf(piece: string): number {
  const letters = piece.match(/\p{L}/gu)
  const digits = /\p{Nd}/u.test(piece)
  if (letters === null) return digits ? 6 : 8
  if (digits) return 7
  const upper = letters.map((letter) => /\p{Lu}/u.test(letter))
  if (!upper.includes(true)) return 1
  if (!upper.includes(false)) return upper.length === 1 ? 4 : 3
  return upper[0] && !upper.slice(1).includes(true) ? 2 : 5
}
