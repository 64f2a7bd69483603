// Types of an ontology -> vectors of their descriptions and lines that things of known types draw, and how far a span is like one.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { EntityEncoder, EntityHead } from '../entity-encoder.ts'
import { type Exemplar, type Exemplified, lookAtExemplars } from './exemplars.ts'
import { fitLine, type Line } from './line.ts'
import { inputOf } from './windows.ts'

export interface Kind {
  /** Vector of its name and description, of unit length. */
  readonly described: Float32Array
  /** Divides things that are of this type or below it from those that are not; what may be either counts for neither. */
  readonly line: Line
}

/** Every type of the ontology, by name. */
export type Kinds = ReadonlyMap<string, Kind>

/** Reads every type's name and description, and every text with things of known types, once. */
export async function describeKinds({ ontology, isA }: CompiledOntology, encoder: EntityEncoder, texts: readonly Exemplified[] = []): Promise<Kinds> {
  const { head, maxLength, tokenizer } = encoder
  const types = Object.values(ontology.types).sort((a, b) => (a.name < b.name ? -1 : 1))
  const inputs = types.map(({ name, description }) => {
    const said = name.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|_/gu, ' ')
    const text = description ? `${said} : ${description}` : said
    const { ids, starts, ends } = tokenizer.tokenize(text)
    return inputOf(Array.from(ids.subarray(0, maxLength - 2), (id, k) => ({ id, start: starts[k]!, end: ends[k]! })), text, tokenizer)
  })
  const [outputs, shown] = [await encoder.encode(inputs), await lookAtExemplars(texts, encoder)]
  const sides = sidesOf(shown, isA)
  return new Map(types.map(({ name }, k) => {
    const described = outputs[k]!.label
    const { things, holds } = sides(name)
    const line = fitLine({ rows: things.map(({ vector }) => vector), holds, prior: things.map(({ vector }) => describedLogit(vector, described, head)) })
    return [name, { described, line }]
  }))
}

/** Share of a type's names that are shown as another as well, from which on its things may all be of both: a `City` is a `Place`, whatever the ontology says. */
const SHARED = 0.1
/** Names shown as both that make it no slip. */
const NO_SLIP = 2

/** Of a type, the things that are and those that are not of it; what may be either is left out. */
function sidesOf(shown: readonly Exemplar[], isA: CompiledOntology['isA']): (type: string) => { readonly things: readonly Exemplar[]; readonly holds: readonly boolean[] } {
  const shownAs = new Map<string, Set<string>>()
  const namesOf = new Map<string, Set<string>>()
  for (const { words, types: [only, ...others] } of shown) {
    if (only === undefined || others.length > 0) continue
    shownAs.set(words, (shownAs.get(words) ?? new Set()).add(only))
    namesOf.set(only, (namesOf.get(only) ?? new Set()).add(words))
  }
  const all = [...new Set(shown.flatMap(({ types }) => types))]
  return (type) => {
    const isShown = (words: string): boolean => [...(shownAs.get(words) ?? [])].some((other) => isA(other, type))
    const mayBe = (other: string): boolean => {
      const names = [...(namesOf.get(other) ?? [])]
      const both = names.filter(isShown).length
      return isA(other, type) || isA(type, other) || (both >= NO_SLIP && both >= SHARED * names.length)
    }
    const open = new Set(all.filter(mayBe))
    const is = ({ types, words }: Exemplar): boolean => types.every((other) => isA(other, type)) || isShown(words)
    const things = shown.filter((thing) => is(thing) || !thing.types.some((other) => open.has(other)))
    return { things, holds: things.map(is) }
  }
}

/** Probability that a span of vector `span` is of each type: by its description, and by the things of known types. */
export function kindBeliefs(span: Float32Array, kinds: Kinds, head: EntityHead): ReadonlyMap<string, number> {
  return new Map([...kinds].map(([type, { described, line: { weights, constant } }]) => {
    const logit = describedLogit(span, described, head) + inner(span, weights, weights.length) + constant
    return [type, 1 / (1 + Math.exp(-logit))]
  }))
}

function describedLogit(span: Float32Array, described: Float32Array, { blocks, kind: { gain, bias, slope, offset } }: EntityHead): number {
  return slope * (gain * inner(span, described, blocks.kind) + bias) + offset
}

function inner(a: Float32Array, b: ArrayLike<number>, length: number): number {
  let sum = 0
  for (let k = 0; k < length; k += 1) sum += a[k]! * b[k]!
  return sum
}
