// Ontologies -> the files that Neo4j Browser takes: style sheet, guide, saved queries.
import type { Ontology } from '../../ontology/index.ts'
import type { GraphStore } from '../store.ts'
import { zipOf } from './archive.ts'
import { type ExampleFact, exampleFact } from './example.ts'
import { guidePage } from './guide.ts'
import { type SavedQuery, savedQueries } from './queries.ts'
import { styleSheet } from './style.ts'

/** A file to write or to serve. */
export interface BrowserPage {
  readonly name: 'style.grass' | 'guide.html' | 'queries.cypher' | 'queries.zip'
  readonly mediaType: string
  readonly body: string | Uint8Array
}

/** Favourites of Browser stand in this folder. */
const FOLDER = 'Graphloom'

/** Makes every file; the same ontologies and example give the same bytes. */
export function browserPages(ontologies: readonly Ontology[], example?: ExampleFact): readonly BrowserPage[] {
  const queries = savedQueries(ontologies, example)
  const scripts = queries.map((query, index) => ({ name: `${FOLDER}/${fileName(query, index)}`, text: script(query) }))
  return [
    { name: 'guide.html', mediaType: 'text/html; charset=utf-8', body: guidePage(ontologies, queries) },
    { name: 'queries.cypher', mediaType: 'text/plain; charset=utf-8', body: scripts.map(({ text }) => text).join('\n') },
    { name: 'queries.zip', mediaType: 'application/zip', body: zipOf(scripts) },
    { name: 'style.grass', mediaType: 'text/plain; charset=utf-8', body: styleSheet(ontologies) },
  ]
}

/** The pages for what a store holds now. */
export async function pagesOf(store: GraphStore): Promise<readonly BrowserPage[]> {
  const collections = await store.collections()
  return browserPages(collections.map(({ ontology }) => ontology), await exampleFact(store))
}

/** Browser names a favourite by the comment in its first line. */
function script({ topic, title, cypher }: SavedQuery): string {
  return `// ${topic[0]?.toUpperCase()}${topic.slice(1)}: ${title.replace(/\s+/gu, ' ')}\n${cypher};\n`
}

function fileName({ topic, title }: SavedQuery, index: number): string {
  const words = `${topic} ${title}`.toLowerCase().replace(/[^a-z0-9]+/gu, '-').replace(/^-+|-+$/gu, '')
  return `${String(index + 1).padStart(3, '0')}-${words}.cypher`
}
