// Examples' texts as small documents: the pairs in them that nobody marked are the most lifelike negatives there are.
import { createHash } from 'node:crypto'
import type { Document } from '../ingest/index.ts'
import type { CompiledOntology, RelationExample } from '../ontology/index.ts'
import type { Chain } from './chains/index.ts'
import { isPronoun } from './mentions/index.ts'
import { enumeratePairs } from './pairs/index.ts'
import type { Bystander } from './prototypes/index.ts'
import { statementOfPair } from './triples/index.ts'
import { type Exemplified, isRest } from './views/index.ts'

/** The nearest unmarked pairs of a text; farther ones are easy and many. */
const MAX_BYSTANDERS = 6

/** Ends of the ontology's examples, each a thing of one of the types that its relation takes there; pronouns show nothing, nor do ends that may be of any type. Sorted by text. */
export function thingsOf({ ontology: { relations, types } }: CompiledOntology): readonly Exemplified[] {
  const byText = new Map<string, Map<string, Exemplified['things'][number]>>()
  for (const { examples, domain, range, literal } of Object.values(relations)) {
    for (const { text, head, tail } of examples) {
      const things = byText.get(text) ?? byText.set(text, new Map()).get(text)!
      for (const { allowed, at: [start, end] } of [{ allowed: domain, at: head }, { allowed: literal ? [] : range, at: tail }]) {
        const some = allowed.filter((type) => type in types).sort()
        if (some.length > 0 && !some.some(isRest) && !isPronoun(text.slice(start, end))) things.set(`${some.join()} ${start}-${end}`, { types: some, start, end })
      }
    }
  }
  return [...byText].filter(([, things]) => things.size > 0).sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, things]) => ({ document: toDocument(text), things: [...things.values()] }))
}

/**
 * Pairs that finders see in the ontology's examples and that overlap no marked pair of that text, sorted by text.
 * They speak only of relations that are marked there: whoever marked one did not look for the others.
 */
export async function bystandersOf(ontology: CompiledOntology, read: (document: Document) => Promise<readonly Chain[]>): Promise<Bystander[]> {
  const byText = new Map<string, RelationExample[]>()
  for (const { examples, negatives } of Object.values(ontology.ontology.relations)) {
    for (const example of [...examples, ...negatives]) byText.set(example.text, [...(byText.get(example.text) ?? []), example])
  }
  const texts = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([text, marked]) => ({ document: toDocument(text), marked }))
  const chainsOf = await Promise.all(texts.map(({ document }) => read(document)))
  return texts.flatMap(({ document, marked }, t) => {
    const chains = chainsOf[t]!
    const named = new Set(marked.map(({ relation }) => relation))
    return enumeratePairs(document, chains, ontology).pairs
      .map((pair): Bystander => ({ statement: statementOfPair(pair, document, chains), relations: pair.relations.filter((relation) => named.has(relation)) }))
      .filter(({ statement: { head, tail }, relations }) => relations.length > 0
        && !marked.some((example) => (touches(head, example.head) && touches(tail, example.tail)) || (touches(head, example.tail) && touches(tail, example.head))))
      .sort((a, b) => gap(a) - gap(b))
      .slice(0, MAX_BYSTANDERS)
  })
}

function toDocument(text: string): Document {
  const whole = { start: 0, end: text.length }
  return {
    id: `doc:${createHash('sha256').update(text).digest('hex')}`, collection: '', uri: 'example', title: '', mediaType: 'text/plain', language: 'en',
    sha256: '', text, charactersRead: text.length, pages: [], sections: [], offsets: [[0, 0]], metadata: {},
    sentences: [{ ...whole, index: 0, kind: 'prose', paragraph: 0 }],
  }
}

function touches({ start, end }: { readonly start: number; readonly end: number }, [from, to]: readonly [number, number]): boolean {
  return start < to && from < end
}

function gap({ statement: { head, tail } }: Bystander): number {
  return Math.max(head.start, tail.start) - Math.min(head.end, tail.end)
}
