// Port: a window of text in; for every piece, what it is part of, and the halves of the vectors that spans have. Adapters stand in encoders/.
import type { Tokenizer } from './tokenizer/index.ts'

/** Pieces of one window, `[CLS]` and `[SEP]` included. */
export interface EntityInput {
  readonly ids: Int32Array // (pieces)
  /** Letter case of each piece, which the vocabulary does not keep: 0 special, 1 lower, 2 Capital, 3 CAPITALS, 4 a single capital, 5 miXed, 6 digits, 7 digits with letters, 8 other. */
  readonly shapes: Int32Array // (pieces)
}

export interface EntityOutput {
  /** Logits of: outside, then begin and inside of each coarse type in the head's order. */
  readonly tags: Float32Array // (pieces, 1 + 2 * coarse types), row-major
  /** What a piece gives to a span that starts with it, then what it gives to one that ends with it. */
  readonly halves: Float32Array // (pieces, 2 * width), row-major
  /** The window as the description of a type, of unit length. */
  readonly label: Float32Array // (blocks.kind)
}

/** How spans are compared with types and with one another. */
export interface EntityHead {
  readonly coarse: readonly string[]
  /** Values of each block of a span's vector, in this order; `width` is their sum. */
  readonly blocks: { readonly kind: number; readonly mention: number; readonly antecedent: number; readonly anaphor: number }
  /** Logit that a span is of a type: gain * cosine of kind and label + bias, then slope * that + offset. */
  readonly kind: { readonly gain: number; readonly bias: number; readonly slope: number; readonly offset: number }
  /** Logit that a span goes on what an earlier one began; 0 is "nothing". Kinds: name, nominal, pronoun. */
  readonly link: {
    readonly sameGain: number
    readonly bias: number
    /** By kind of the later mention and sentences between: 0, 1, 2, 3, 4 to 5, more. */
    readonly distance: readonly (readonly number[])[]
    /** By kind of the later and of the earlier mention. */
    readonly kinds: readonly (readonly number[])[]
    /** Added where both are the same words, by kind of the later mention. */
    readonly equal: readonly number[]
  }
}

export interface EntityEncoder {
  /** `name@version+numeric`, e.g. `entity-encoder@1.0.0+int8`: goes into provenance. */
  readonly model: string
  readonly width: number
  /** Most pieces of a window. */
  readonly maxLength: number
  readonly tokenizer: Tokenizer
  readonly head: EntityHead
  /** Same input, same output, whatever else is in the batch. Never blocks the event loop. */
  encode(inputs: readonly EntityInput[]): Promise<readonly EntityOutput[]>
}
