// graphloom retract: take back what documents said.
import { retract } from '../graph/index.ts'
import { EXIT } from './exit.ts'
import { openExistingGraph, readOntology } from './wire.ts'

export interface RetractOptions {
  readonly ontology: string
  readonly collection: string
  readonly store: string
  readonly json?: boolean
}

export async function retractDocuments(documents: readonly string[], options: RetractOptions): Promise<void> {
  const ontology = await readOntology(options.ontology)
  const store = await openExistingGraph(options.store)
  try {
    const { retracted, unknown } = await retract(store, ontology, options.collection, [...documents], new Date().toISOString())
    if (options.json) process.stdout.write(`${JSON.stringify({ retracted, unknown })}\n`)
    else {
      process.stdout.write(`Retracted ${retracted.length} documents\n`)
      for (const document of unknown) process.stdout.write(`Not in collection ${options.collection}: ${document}\n`)
    }
    if (unknown.length) process.exitCode = EXIT.someFailed
  } finally {
    await store.close()
  }
}
