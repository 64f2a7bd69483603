// Types of an ontology -> vectors of their descriptions, and how far a span is like one.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { EntityEncoder, EntityHead } from '../entity-encoder.ts'
import { inputOf } from './windows.ts'

/** Vector of each type's description, of unit length. */
export type Kinds = ReadonlyMap<string, Float32Array>

/** Reads every type's name and description once. */
export async function describeKinds({ ontology }: CompiledOntology, encoder: EntityEncoder): Promise<Kinds> {
  const types = Object.values(ontology.types).sort((a, b) => (a.name < b.name ? -1 : 1))
  const inputs = types.map(({ name, description }) => {
    const said = name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' ')
    const text = description ? `${said} : ${description}` : said
    const { ids, starts, ends } = encoder.tokenizer.tokenize(text)
    return inputOf(Array.from(ids.subarray(0, encoder.maxLength - 2), (id, k) => ({ id, start: starts[k]!, end: ends[k]! })), text, encoder.tokenizer)
  })
  const outputs = await encoder.encode(inputs)
  return new Map(types.map(({ name }, k) => [name, outputs[k]!.label]))
}

/** Probability that a span of vector `span` is of `type`; undefined for a type that nobody described. */
export function kindBelief(span: Float32Array, type: string, kinds: Kinds, { blocks, kind: { gain, bias, slope, offset } }: EntityHead): number | undefined {
  const label = kinds.get(type)
  if (label === undefined) return undefined
  let cosine = 0
  for (let k = 0; k < blocks.kind; k += 1) cosine += span[k]! * label[k]!
  return 1 / (1 + Math.exp(-(slope * (gain * cosine + bias) + offset)))
}
