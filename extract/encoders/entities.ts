// The entity encoder: its bundle, a vocabulary and what runs its windows -> EntityEncoder.
import type { EntityEncoder, EntityHead, EntityInput } from '../entity-encoder.ts'
import type { Tokenizer } from '../tokenizer/index.ts'
import type { Bundle } from './bundle.ts'
import type { Window, WindowOutput } from './onnx.ts'

export function entityEncoder({ model, width, maxLength, head }: Bundle<EntityHead>, tokenizer: Tokenizer, run: (windows: readonly Window[]) => Promise<readonly WindowOutput[]>): EntityEncoder {
  return {
    model, width, maxLength, tokenizer, head,
    async encode(inputs) {
      const outputs = await run(inputs.map((input, k) => windowOf(input, k, maxLength)))
      return outputs.map(({ tags, halves, label }) => ({ tags: tags!, halves: halves!, label: label! }))
    },
  }
}

function windowOf({ ids, shapes }: EntityInput, k: number, maxLength: number): Window {
  if (ids.length < 2 || ids.length > maxLength || shapes.length !== ids.length) {
    throw new RangeError(`window ${k} has ${ids.length} pieces and ${shapes.length} shapes; expected 2 to ${maxLength} pieces with a shape each`)
  }
  return { input_ids: ids, shape_ids: shapes }
}
