// A store -> its collections one after another, each with its ontology: what every format of the export is written from.
import type { Ontology } from '../../ontology/index.ts'
import type { DocumentClaims } from '../claim.ts'
import type { Fact, FactStatus } from '../fact.ts'
import { EXPORTED_STATUSES, type ExportedEntity, exportEntities, exportFacts } from '../read.ts'
import type { GraphStore } from '../store.ts'

/** A piece of a file; formats of one file leave the name empty. */
export interface Part {
  readonly file: string
  readonly text: string
}

export interface ExportFilter {
  readonly collection?: string
  readonly statuses?: readonly FactStatus[]
}

export interface Contents {
  readonly collection: string
  readonly ontology: Ontology
  entities(): AsyncIterable<ExportedEntity>
  facts(): AsyncIterable<Fact>
  documents(): AsyncIterable<DocumentClaims>
}

const PAGE = 200

/** Collections that are asked for, sorted by name; their records are read again each time, a page in memory at once. */
export async function contentsOf(store: GraphStore, { collection, statuses = EXPORTED_STATUSES }: ExportFilter): Promise<readonly Contents[]> {
  return (await store.collections())
    .filter(({ name }) => collection === undefined || name === collection)
    .map(({ name, ontology }) => ({
      collection: name,
      ontology,
      entities: () => exportEntities(store, { collection: name }),
      facts: () => exportFacts(store, { collection: name, statuses }),
      documents: () => documentsOf(store, name),
    }))
}

async function* documentsOf(store: GraphStore, collection: string): AsyncIterable<DocumentClaims> {
  for (let after: string | undefined; ; ) {
    const page = await store.claims(collection, { limit: PAGE, ...(after === undefined ? {} : { after }) })
    yield* page
    after = page.at(-1)?.id
    if (page.length < PAGE) return
  }
}
