// Annotated document sets (ontology.yaml, corpus.jsonl, gold.jsonl, examples.jsonl) as the benchmarks read them.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readOntology } from '../cli/wire.ts'
import { type Document, segment } from '../ingest/index.ts'
import type { CompiledOntology } from '../ontology/index.ts'

interface End {
  readonly spans?: readonly (readonly [number, number])[]
}

export interface AnnotatedTriple {
  readonly relation: string
  readonly head: End
  readonly tail: End
}

export interface AnnotatedDocument {
  readonly id: string
  readonly document: Document
  /** Only these relations were looked for. */
  readonly annotated?: readonly string[]
  readonly triples: readonly AnnotatedTriple[]
}

export interface AnnotatedSet {
  readonly ontology: CompiledOntology
  readonly documents: readonly AnnotatedDocument[]
}

type Gold = Omit<AnnotatedDocument, 'document'>

export async function readAnnotated(folder: string): Promise<AnnotatedSet> {
  const lines = <Row>(name: string): Row[] => readFileSync(join(folder, `${name}.jsonl`), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Row)
  const gold = new Map(lines<Gold>('gold').map((row) => [row.id, row]))
  const documents = lines<{ readonly id: string; readonly text: string }>('corpus').map(({ id, text }): AnnotatedDocument => ({ ...gold.get(id)!, document: documentOf(id, text) }))
  return { ontology: await readOntology(join(folder, 'ontology.yaml'), [join(folder, 'examples.jsonl')].find(existsSync)), documents }
}

/** Whether a mention shares a character with one of the end's. */
export function meets(span: { readonly start: number; readonly end: number }, { spans = [] }: End): boolean {
  return spans.some(([start, end]) => span.start < end && start < span.end)
}

function documentOf(id: string, text: string): Document {
  return {
    id: `doc:${id}`, collection: 'bench', uri: id, title: '', mediaType: 'text/plain', language: 'en', sha256: '', text, charactersRead: text.length,
    pages: [], ...segment(text), offsets: [[0, 0]], metadata: {},
  }
}
