// Things whose type is known, where they stand in the ontology's examples -> their vectors, by type.
import type { Document, Span } from '../../ingest/index.ts'
import type { EntityEncoder } from '../entity-encoder.ts'
import { sweep } from './sweep.ts'
import { openWanted } from './wanted.ts'

/** A text with things of known types. */
export interface Exemplified {
  readonly document: Document
  readonly things: readonly (Span & { readonly type: string })[]
}

/** Vectors of things of each type, of unit length. */
export type Exemplars = ReadonlyMap<string, readonly Float32Array[]>

/** Most things of a type that others are held against. */
const MOST = 64

/** Looks at every text once; of a type with many things, some that are spread over all. */
export async function lookAtExemplars(texts: readonly Exemplified[], encoder: EntityEncoder): Promise<Exemplars> {
  const vectors = new Map<string, Float32Array[]>()
  const looked = await Promise.all(texts.map(async ({ document, things }) => {
    const wanted = openWanted(things, encoder.width)
    for await (const { window, output: { halves } } of sweep(document, encoder)) wanted.see(window, halves, [])
    const vectorOf = wanted.close(encoder.head)
    return things.map((thing) => ({ type: thing.type, vector: vectorOf(thing)!.slice(0, encoder.head.blocks.kind) }))
  }))
  for (const { type, vector } of looked.flat()) vectors.set(type, [...(vectors.get(type) ?? []), vector])
  return new Map([...vectors].map(([type, all]) => [type, all.length <= MOST ? all : Array.from({ length: MOST }, (_, k) => all[Math.ceil((k * all.length) / MOST)]!)]))
}
