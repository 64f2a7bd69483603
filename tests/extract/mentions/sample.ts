// Small documents and ontologies for the tests of mentions and chains; sentences are given one by one.
import { compileFinders, findMentions } from '../../../extract/mentions/index.ts'
import { type Document, segment, type Sentence } from '../../../ingest/index.ts'
import { compileOntology, type CompiledOntology, type EntityType, parseOntology, type Relation } from '../../../ontology/index.ts'

export function documentOf(sentences: readonly string[], language = 'en', kind: Sentence['kind'] = 'prose'): Document {
  const text = sentences.join(' ')
  let start = 0
  const spans = sentences.map((sentence, index): Sentence => {
    const span = { start, end: start + sentence.length, index, kind, paragraph: 0 }
    start = span.end + 1
    return span
  })
  return { id: 'doc:sample', collection: 'tests', uri: 'sample.txt', title: '', mediaType: 'text/plain', language, sha256: '', text, charactersRead: text.length, pages: [], sections: [], sentences: spans, offsets: [[0, 0]], metadata: {} }
}

/** A text as a reader would hand it on: headings, items and sentences found in it. */
export function segmentedOf(text: string): Document {
  return { ...documentOf([]), text, charactersRead: text.length, ...segment(text) }
}

export function ontologyOf(types: Readonly<Record<string, Partial<EntityType>>>, relations: Readonly<Record<string, Relation>> = {}, disjoint: readonly (readonly [string, string])[] = []): CompiledOntology {
  return compileOntology({
    name: 'sample', version: '1.0.0', namespace: 'https://example.org/sample#', disjoint, relations,
    types: Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { name, description: '', parents: [], ner: [], gazetteer: [], patterns: [], ...type }])),
  })
}

export const COARSE = ontologyOf({ Person: { ner: ['PER'] }, Organization: { ner: ['ORG'] }, Place: { ner: ['LOC'] }, Work: { ner: ['MISC'] } })

/** `mention: type` of all that is found in a text under an ontology written as a user does. */
export async function mentionsOf(text: string, ontologyText: string): Promise<string[]> {
  const { ontology } = await parseOntology(ontologyText, 'o.yaml', async () => '')
  return findMentions(segmentedOf(text), compileFinders(compileOntology(ontology!))).map(({ text: said, types: [type] }) => `${said}: ${type}`)
}
