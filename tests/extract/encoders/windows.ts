// Texts -> windows of both encoders.
import type { Encoder, EncoderInput } from '../../../extract/encoder.ts'
import type { EntityEncoder, EntityInput } from '../../../extract/entity-encoder.ts'
import type { Tokenizer } from '../../../extract/tokenizer/index.ts'

function piecesOf({ startId, endId, tokenize }: Tokenizer, text: string): number[] {
  return [startId, ...tokenize(text).ids, endId]
}

/** A window with one slot that marks its first and last piece. */
export function pairWindow({ tokenizer }: Encoder, text: string): EncoderInput {
  const pieces = piecesOf(tokenizer, text)
  const last = pieces.length - 2
  return {
    ids: Int32Array.from([...pieces, 1, 2, 3, 4, 103]), positions: Int32Array.from([...pieces.keys(), 1, 1, last, last, 511]),
    types: Int32Array.from([...pieces.map(() => 0), 1, 1, 1, 1, 1]), slots: Int32Array.from([...pieces.map(() => 0), 1, 1, 1, 1, 1]), starts: Int32Array.from([pieces.length]),
  }
}

/** A window whose pieces all have `shape`. */
export function spanWindow({ tokenizer }: EntityEncoder, text: string, shape = 1): EntityInput {
  const ids = Int32Array.from(piecesOf(tokenizer, text))
  return { ids, shapes: ids.map((_, k) => (k === 0 || k === ids.length - 1 ? 0 : shape)) }
}

/** The window with an id outside the vocabulary, which makes the runtime throw inside the worker. */
export function crashing<Input extends { readonly ids: Int32Array }>(input: Input): Input {
  return { ...input, ids: input.ids.map((id, k) => (k === 1 ? 9_999_999 : id)) }
}
