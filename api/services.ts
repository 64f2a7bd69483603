// The ports that the API is built on; `cli/serve.ts` says which adapters stand behind them.
import { GraphloomError } from '../errors.ts'
import type { Extraction } from '../extract/index.ts'
import type { Decisions, GraphReader, GraphStore, QueryDoor } from '../graph/index.ts'
import type { Document, QueueCounts } from '../ingest/index.ts'
import { type CompiledOntology, compileOntology } from '../ontology/index.ts'
import type { Jobs } from './jobs.ts'

export interface Services {
  readonly reader: GraphReader
  readonly store: GraphStore
  readonly decisions: Decisions
  /** The ontology that the server was started with: needed for extraction. */
  readonly ontology?: CompiledOntology
  /** Absent on a server that only reads. */
  readonly jobs?: Jobs
  /** Counts of the queues behind the jobs, by name, for /metrics. */
  readonly queues?: Readonly<Record<string, () => Promise<QueueCounts>>>
  /** Folder for uploads. */
  readonly spool?: string
  /** Reads and extracts one text; writes nothing. */
  readonly extract?: (input: { readonly text: string; readonly name: string }) => Promise<{ readonly document: Document; readonly extraction: Extraction }>
  /** Absent unless asked for, and the store is Neo4j. */
  readonly cypher?: QueryDoor
}

/** The ontology that a collection was written under, else the server's. */
export async function writingOntology({ store, ontology }: Services, collection: string): Promise<CompiledOntology> {
  const held = (await store.collections()).find(({ name }) => name === collection)?.ontology
  if (ontology !== undefined && (held === undefined || (held.name === ontology.ontology.name && held.version === ontology.ontology.version))) return ontology
  if (held === undefined) throw new GraphloomError('api.off', 'This server has no ontology to write under; start it with --ontology FILE.')
  return compileOntology(held)
}
