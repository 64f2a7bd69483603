// Where a document's content stands, small enough for a queue: what `survey` finds, and `readReference` reads on any machine that sees the same files.
import { createReadStream } from 'node:fs'
import { GraphloomError } from '../errors.ts'
import type { ReadResult } from './document.ts'
import { failed, rawResults, toDocument, type ReadOptions } from './read.ts'
import type { ByteRange, Format } from './reader.ts'
import { fileBytes } from './sources/index.ts'

export type DocumentReference = {
  /** Absolute path of the file with its bytes. */
  readonly path: string
  readonly uri: string
  readonly record?: string
  /** Version of the content when it was surveyed. */
  readonly sha256: string
  /** Of a record: how to read it, and which bytes, as `0-57,1203-1500`. */
  readonly format?: Format
  readonly ranges?: string
}

/** Reads the document that a reference leads to, as it is now. */
export async function readReference(reference: DocumentReference, options: Pick<ReadOptions, 'collection' | 'fieldMap' | 'limits'>): Promise<ReadResult> {
  const { path, uri, record, format, ranges } = reference
  const open = () => (ranges === undefined ? fileBytes(path) : slices(path, parseRanges(ranges)))
  for await (const raw of rawResults({ uri, open }, options, format)) {
    const result = await toDocument(raw, uri, options.collection)
    const found = result.status === 'read' ? result.document.record : result.failure.record
    if (record === undefined || found === undefined || found === record) return result
    return failed(uri, 'ingest.changed', `the source was changed after it was surveyed: the record ${found} stands where ${record} did; ingest it again`, record)
  }
  return failed(uri, 'ingest.empty', 'the file holds no records', record)
}

export function formatRanges(ranges: readonly ByteRange[]): string {
  return ranges.map((range) => range.join('-')).join(',')
}

function parseRanges(ranges: string): readonly ByteRange[] {
  return ranges.split(',').map((range) => {
    const [start = 0, end = 0] = range.split('-').map(Number)
    return [start, end] as const
  })
}

async function* slices(path: string, ranges: readonly ByteRange[]): AsyncIterable<Uint8Array> {
  for (const [start, end] of ranges) {
    if (start === end) continue
    const stream = createReadStream(path, { start, end: end - 1 })
    try {
      yield* stream
    } catch (cause) {
      throw new GraphloomError('ingest.unreadable', `the file cannot be read: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`, { cause })
    } finally {
      stream.destroy()
    }
  }
}
