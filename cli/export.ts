// graphloom export: the graph as JSON Lines, or in the format of other tools; streamed.
import { createWriteStream } from 'node:fs'
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GraphloomError } from '../errors.ts'
import { exportAs, type ExportFormat, exportEntities, exportFacts, FOLDER_FORMATS, type FactStatus, type GraphStore } from '../graph/index.ts'
import { openExistingGraph } from './wire.ts'

export interface ExportOptions {
  readonly store: string
  readonly collection?: string
  readonly format: 'jsonl' | ExportFormat
  readonly what: 'facts' | 'entities'
  readonly status: string
  readonly out?: string
}

interface Filter {
  readonly collection?: string
  readonly statuses: readonly FactStatus[]
}

const STATUSES = ['accepted', 'review', 'rejected'] as const satisfies readonly FactStatus[]

export async function exportGraph(options: ExportOptions): Promise<void> {
  const statuses = options.status.split(',').map((given) => {
    const status = STATUSES.find((known) => known === given.trim())
    if (!status) throw new GraphloomError('usage.status', `--status has "${given}"; expected any of ${STATUSES.join(', ')}`)
    return status
  })
  const { format, out } = options
  const isFolder = format !== 'jsonl' && FOLDER_FORMATS.includes(format)
  if (isFolder && out === undefined) throw new GraphloomError('usage.out', `--format ${format} is a folder of files; name it with --out FOLDER`)
  if (format !== 'jsonl' && options.what !== 'facts') throw new GraphloomError('usage.format', `--what ${options.what} is for --format jsonl; ${format} holds entities and facts`)
  const store = await openExistingGraph(options.store)
  const filter: Filter = { statuses, ...(options.collection === undefined ? {} : { collection: options.collection }) }
  try {
    if (isFolder) await writeFolder(store, format, filter, out as string)
    else await writeText(texts(store, options, filter), out)
  } finally {
    await store.close()
  }
}

async function* texts(store: GraphStore, { format, what }: ExportOptions, filter: Filter): AsyncIterable<string> {
  if (format !== 'jsonl') for await (const { text } of exportAs(store, format, filter)) yield text
  else for await (const record of what === 'facts' ? exportFacts(store, filter) : exportEntities(store, filter)) yield `${JSON.stringify(record)}\n`
}

async function writeText(text: AsyncIterable<string>, out: string | undefined): Promise<void> {
  const stream = Readable.from(text)
  if (out === undefined) await pipeline(stream, process.stdout, { end: false })
  else await pipeline(stream, createWriteStream(out))
}

async function writeFolder(store: GraphStore, format: ExportFormat, filter: Filter, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const files = new Map<string, FileHandle>()
  try {
    for await (const { file, text } of exportAs(store, format, filter)) {
      const handle = files.get(file) ?? (await open(join(folder, file), 'w', file.endsWith('.sh') ? 0o755 : 0o644))
      files.set(file, handle)
      await handle.write(text)
    }
  } finally {
    await Promise.all([...files.values()].map((handle) => handle.close()))
  }
}
