// Port: text -> pieces of a model's vocabulary, each with its place in the original text.

/** Pieces without the special ones; offsets are half-open UTF-16 code units of the text given. */
export interface Pieces {
  readonly ids: Int32Array // (pieces)
  readonly starts: Int32Array // (pieces)
  readonly ends: Int32Array // (pieces)
}

export interface Tokenizer {
  readonly startId: number
  readonly endId: number
  readonly unknownId: number
  tokenize(text: string): Pieces
}
