// The relation encoder: its bundle, a vocabulary and what runs its windows -> Encoder.
import { type ComparisonHead, type Encoder, type EncoderInput, SLOT_PIECES } from '../encoder.ts'
import type { Tokenizer } from '../tokenizer/index.ts'
import type { Bundle } from './bundle.ts'
import type { Window, WindowOutput } from './onnx.ts'

export function relationEncoder({ model, width, maxLength, head }: Bundle<ComparisonHead>, tokenizer: Tokenizer, run: (windows: readonly Window[]) => Promise<readonly WindowOutput[]>): Encoder {
  return {
    model, width, maxLength, tokenizer, head,
    async encode(inputs) {
      const outputs = await run(inputs.map((input, k) => windowOf(input, k, maxLength)))
      return outputs.map(({ vectors, verdicts }) => ({ vectors: vectors!, verdicts: verdicts! }))
    },
  }
}

function windowOf({ ids, positions, types, slots, starts }: EncoderInput, k: number, maxLength: number): Window {
  const text = ids.length - SLOT_PIECES * starts.length
  if (starts.length === 0 || text < 2 || text > maxLength) {
    throw new RangeError(`window ${k} has ${text} pieces of text and ${starts.length} pairs; expected 2 to ${maxLength} pieces and at least one pair`)
  }
  return { input_ids: ids, position_ids: positions, token_type_ids: types, slot_ids: slots, slot_starts: starts }
}
