// Types of an ontology -> vectors of their descriptions and of things of theirs, and how far a span is like one.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { EntityEncoder, EntityHead } from '../entity-encoder.ts'
import { type Exemplars, type Exemplified, lookAtExemplars } from './exemplars.ts'
import { inputOf } from './windows.ts'

export interface Kind {
  /** Vector of its name and description, of unit length. */
  readonly described: Float32Array
  /** Types of which things are shown: this and those below it, and those that are neither above nor below it. */
  readonly own: readonly string[]
  readonly others: readonly string[]
}

export interface Kinds {
  /** Every type of the ontology, by name. */
  readonly types: ReadonlyMap<string, Kind>
  readonly shown: Exemplars
}

/** Reads every type's name and description, and every text with things of known types, once. */
export async function describeKinds({ ontology, isA }: CompiledOntology, encoder: EntityEncoder, texts: readonly Exemplified[] = []): Promise<Kinds> {
  const types = Object.values(ontology.types).sort((a, b) => (a.name < b.name ? -1 : 1))
  const inputs = types.map(({ name, description }) => {
    const said = name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' ')
    const text = description ? `${said} : ${description}` : said
    const { ids, starts, ends } = encoder.tokenizer.tokenize(text)
    return inputOf(Array.from(ids.subarray(0, encoder.maxLength - 2), (id, k) => ({ id, start: starts[k]!, end: ends[k]! })), text, encoder.tokenizer)
  })
  const [outputs, shown] = [await encoder.encode(inputs), await lookAtExemplars(texts, encoder)]
  const kindOf = (name: string, described: Float32Array): Kind => ({
    described, own: [...shown.keys()].filter((type) => isA(type, name)), others: [...shown.keys()].filter((type) => !isA(type, name) && !isA(name, type)),
  })
  return { types: new Map(types.map(({ name }, k) => [name, kindOf(name, outputs[k]!.label)])), shown }
}

/** Probability that a span of vector `span` is of each type: by its description, and by whether the nearest thing of known type is of this type. */
export function kindBeliefs(span: Float32Array, { types, shown }: Kinds, { blocks, kind: { gain, bias, slope, offset, taught } }: EntityHead): ReadonlyMap<string, number> {
  const near = new Map([...shown].map(([type, vectors]) => [type, vectors.reduce((best, vector) => Math.max(best, inner(span, vector, blocks.kind)), 0)]))
  const nearest = (some: readonly string[]): number => some.reduce((best, type) => Math.max(best, near.get(type)!), 0)
  return new Map([...types].map(([type, { described, own, others }]) => {
    const logit = gain * inner(span, described, blocks.kind) + bias
    const line = shown.size === 0 ? slope * logit + offset
      : taught.slope * logit + taught.offset + (own.length > 0 ? taught.shown + taught.nearer * (nearest(own) - nearest(others)) : taught.elsewhere * nearest(others))
    return [type, 1 / (1 + Math.exp(-line))]
  }))
}

function inner(a: Float32Array, b: Float32Array, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k += 1) sum += a[k]! * b[k]!
  return sum
}
