// The export in the formats of other tools; JSON Lines, the native one, stands in `read.ts`.
import type { GraphStore } from '../store.ts'
import { type Contents, contentsOf, type ExportFilter, type Part } from './contents.ts'
import { nquads, turtle } from './rdf.ts'
import { csv, neo4jAdmin } from './tables.ts'
import { gexf, graphml } from './xml.ts'

const WRITERS = { turtle, nquads, graphml, gexf, csv, 'neo4j-admin': neo4jAdmin } as const satisfies Readonly<Record<string, (all: readonly Contents[]) => AsyncIterable<Part>>>

export type ExportFormat = keyof typeof WRITERS
export const EXPORT_FORMATS = Object.keys(WRITERS) as readonly ExportFormat[]
/** Formats that are a folder of files. */
export const FOLDER_FORMATS: readonly ExportFormat[] = ['csv', 'neo4j-admin']

/** The graph in a format, as pieces of its files in the order of writing. */
export async function* exportAs(store: GraphStore, format: ExportFormat, filter: ExportFilter = {}): AsyncIterable<Part> {
  yield* WRITERS[format](await contentsOf(store, filter))
}

export type { ExportFilter, Part }
