// Things whose type is known, where they stand in the ontology's examples -> their vectors, by type.
import type { Document, Span } from '../../ingest/index.ts'
import type { EntityEncoder } from '../entity-encoder.ts'
import { sweep } from './sweep.ts'
import { openWanted } from './wanted.ts'

/** A text with things of known types. */
export interface Exemplified {
  readonly document: Document
  readonly things: readonly (Span & OneOf)[]
}

interface OneOf {
  /** The types that it may be of, sorted; it is of one of them. */
  readonly types: readonly string[]
}

export interface Exemplar extends OneOf {
  /** What it is called, in lower case. */
  readonly words: string
  readonly vector: Float32Array // (values of the kind block), of unit length
}

/** Most things of the same types that are looked at. */
const MOST = 64

/** Looks at every text once, in whatever order they come; of many things of the same types, at some that are spread over all. */
export async function lookAtExemplars(texts: readonly Exemplified[], encoder: EntityEncoder): Promise<Exemplar[]> {
  const alike = new Map<string, Exemplar[]>()
  // Sums depend on the order of what is summed.
  const sorted = [...texts].sort((a, b) => (a.document.text < b.document.text ? -1 : 1))
  const looked = await Promise.all(sorted.map(async ({ document, things }) => {
    const wanted = openWanted(things, encoder.width)
    for await (const { window, output: { halves } } of sweep(document, encoder)) wanted.see(window, halves, [])
    const vectorOf = wanted.close(encoder.head)
    return things.map(({ types, ...span }): Exemplar => ({ types, words: document.text.slice(span.start, span.end).toLowerCase(), vector: vectorOf(span)!.slice(0, encoder.head.blocks.kind) }))
  }))
  for (const exemplar of looked.flat()) {
    const key = exemplar.types.join()
    alike.set(key, [...(alike.get(key) ?? []), exemplar])
  }
  return [...alike.values()].flatMap((all) => (all.length <= MOST ? all : Array.from({ length: MOST }, (_, k) => all[Math.ceil((k * all.length) / MOST)]!)))
}
