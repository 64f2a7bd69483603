// Port: word pieces in, one vector per piece out. Adapters stand in encoders/; batching hides behind this port.
import type { Tokenizer } from './tokenizer/index.ts'

/** One sequence; `[CLS]` and `[SEP]` included, at most `maxLength` pieces. */
export interface EncoderInput {
  readonly ids: Int32Array // (pieces)
}

export interface EncoderOutput {
  readonly states: Float32Array // (pieces, width), row-major
}

export interface Encoder {
  /** `name@version+numeric`, e.g. `minilm-l6@base+int8`: goes into provenance. */
  readonly model: string
  readonly width: number
  readonly maxLength: number
  /** The vocabulary that the ids belong to. */
  readonly tokenizer: Tokenizer
  /** `cpu`, `cuda` or `webgpu`: what runs, and why. */
  readonly device: { readonly name: 'cpu' | 'cuda' | 'webgpu'; readonly why: string }
  /** Same input, same output, whatever else is in the batch. Never blocks the event loop. */
  encode(inputs: readonly EncoderInput[]): Promise<readonly EncoderOutput[]>
  close(): Promise<void>
}
