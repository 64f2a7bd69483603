// Annotated documents (JSON Lines: text, sentences, chains) -> documents as ingest yields them, for measuring mentions and chains.
import { readFileSync } from 'node:fs'
import { compileOntology, type CompiledOntology, type Ontology } from '../../ontology/index.ts'
import type { Document } from '../../ingest/index.ts'

export interface Annotated {
  readonly document: Document
  readonly chains: readonly { readonly type?: string, readonly mentions: readonly (readonly [number, number])[], readonly kinds?: readonly string[] }[]
}

interface Line {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly sentences: readonly (readonly [number, number])[]
  readonly chains: Annotated['chains']
}

/** Reads a file of annotated documents. */
export function readAnnotated(file: string): Annotated[] {
  return readFileSync(file, 'utf8').trim().split('\n').map(line => {
    const { id, title, text, sentences, chains } = JSON.parse(line) as Line
    return { chains, document: {
      id: `doc:${id}`, collection: 'bench', uri: id, title, mediaType: 'text/plain', language: 'en', sha256: '', text, charactersRead: text.length, pages: [], sections: [], offsets: [[0, 0]], metadata: {},
      sentences: sentences.map(([start, end], index) => ({ start, end, index, kind: 'prose', paragraph: 0 })),
    } }
  })
}

/** Ontology of the four coarse types. */
export function coarseOntology(): CompiledOntology {
  const type = (name: string, ner: 'PER' | 'ORG' | 'LOC' | 'MISC'): Ontology['types'][string] => ({ name, description: '', parents: [], ner: [ner], gazetteer: [], patterns: [] })
  return compileOntology({ name: 'coarse', version: '1.0.0', namespace: 'https://example.org/coarse#', disjoint: [], relations: {},
    types: { Person: type('Person', 'PER'), Organization: type('Organization', 'ORG'), Place: type('Place', 'LOC'), Miscellaneous: type('Miscellaneous', 'MISC') } })
}
