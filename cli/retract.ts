// graphloom retract: take back what documents said.
import { GraphloomError } from '../errors.ts'
import { type GraphStore, retract } from '../graph/index.ts'
import { documentId } from '../ingest/index.ts'
import { EXIT } from './exit.ts'
import { openExistingGraph, readOntology } from './wire.ts'

export interface RetractOptions {
  readonly ontology: string
  readonly collection: string
  readonly store: string
  readonly all?: boolean
  readonly json?: boolean
}

const PAGE = 500

export async function retractDocuments(documents: readonly string[], options: RetractOptions): Promise<void> {
  if ((documents.length === 0) === !options.all) throw new GraphloomError('usage.retract', `Given: ${documents.length} documents${options.all ? ' and --all' : ''}. Expected: documents (id, URI or URI#RECORD), or --all for the whole collection.`)
  const ontology = await readOntology(options.ontology)
  const store = await openExistingGraph(options.store)
  try {
    const given = new Map((options.all ? await everyDocument(store, options.collection) : documents).map((name) => [idOf(name, options.collection), name]))
    const { retracted, unknown } = await retract(store, ontology, options.collection, [...given.keys()], new Date().toISOString())
    const missing = unknown.map((id) => given.get(id) ?? id)
    if (options.json) process.stdout.write(`${JSON.stringify({ retracted, unknown: missing })}\n`)
    else {
      process.stdout.write(`Retracted ${retracted.length} documents\n`)
      for (const document of missing) process.stdout.write(`Not in collection ${options.collection}: ${document}\n`)
    }
    if (missing.length) process.exitCode = EXIT.someFailed
  } finally {
    await store.close()
  }
}

/** `URI#RECORD` names one record of a source; anything else is an id or a URI as it stands. */
function idOf(name: string, collection: string): string {
  const at = name.lastIndexOf('#')
  return at < 0 ? name : documentId(collection, name.slice(0, at), name.slice(at + 1))
}

async function everyDocument(store: GraphStore, collection: string): Promise<string[]> {
  const ids: string[] = []
  for (let page = await store.claims(collection, { limit: PAGE }); page.length > 0; page = await store.claims(collection, { after: ids.at(-1) ?? '', limit: PAGE })) {
    ids.push(...page.map(({ id }) => id))
  }
  return ids
}
