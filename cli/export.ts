// graphloom export: the graph as JSON Lines, streamed.
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GraphloomError } from '../errors.ts'
import { exportEntities, exportFacts, type FactStatus } from '../graph/index.ts'
import { openExistingGraph } from './wire.ts'

export interface ExportOptions {
  readonly store: string
  readonly collection?: string
  readonly what: 'facts' | 'entities'
  readonly status: string
  readonly out?: string
}

const STATUSES = ['accepted', 'review', 'rejected'] as const satisfies readonly FactStatus[]

export async function exportGraph(options: ExportOptions): Promise<void> {
  const statuses = options.status.split(',').map((given) => {
    const status = STATUSES.find((known) => known === given.trim())
    if (!status) throw new GraphloomError('usage.status', `--status has "${given}"; expected any of ${STATUSES.join(', ')}`)
    return status
  })
  const store = await openExistingGraph(options.store)
  const where = options.collection === undefined ? {} : { collection: options.collection }
  try {
    const records: AsyncIterable<unknown> = options.what === 'facts' ? exportFacts(store, { ...where, statuses }) : exportEntities(store, where)
    const lines = Readable.from((async function* () { for await (const record of records) yield `${JSON.stringify(record)}\n` })())
    if (options.out === undefined) await pipeline(lines, process.stdout, { end: false })
    else await pipeline(lines, createWriteStream(options.out))
  } finally {
    await store.close()
  }
}
