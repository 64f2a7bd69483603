// Paths -> documents: every source is detected, read, normalized and segmented; what fails is a value with its reason.
import { basename } from 'node:path'
import { GraphloomError } from '../errors.ts'
import { detect, HEAD_BYTES } from './detect.ts'
import type { Document, FailedDocument, Page, ReadResult } from './document.ts'
import { documentId, Seen } from './identity.ts'
import { DEFAULT_LIMITS, type ReadLimits } from './limits.ts'
import { normalize, toNormalized } from './normalize.ts'
import type { RawDocument, RawResult } from './reader.ts'
import { READERS } from './readers/index.ts'
import { segment } from './segment.ts'
import { languageOf } from './sentences/index.ts'
import type { Source } from './source.ts'
import { collect, peek, sources } from './sources/index.ts'

export interface ReadOptions {
  readonly collection: string
  /** Names the fields of JSON Lines and CSV records: `id`, `text`, `title`. */
  readonly fieldMap?: Readonly<Record<string, string>>
  /** Read where a path is `-`. */
  readonly stdin?: AsyncIterable<Uint8Array>
  readonly limits?: Partial<ReadLimits>
  /** Told of every record that was left out because the same record with the same content came before. */
  readonly repeated?: (record: { readonly uri: string; readonly record?: string }) => void
}

/** Documents and failures of all that the paths name, in source order, one at a time. */
export async function* read(paths: readonly string[], options: ReadOptions): AsyncIterable<ReadResult> {
  const seen = new Seen()
  for await (const source of sources(paths, options)) {
    let count = 0
    for await (const raw of rawResults(source, options)) {
      count++
      const result = await resultOf(raw, source.uri, options, seen)
      if (result !== undefined) yield result
    }
    if (count === 0) yield failed(source.uri, 'ingest.empty', 'the file holds no records')
  }
}

/** What the reader of the source's format delivers; a source that cannot be read is one failure. */
async function* rawResults(source: Source, options: ReadOptions): AsyncIterable<RawResult> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const name = basename(source.uri)
  try {
    const { head, whole } = await peek(source.open(), HEAD_BYTES)
    const reader = READERS[await detect(head, name)]
    yield* reader({ name, limits, fieldMap: options.fieldMap ?? {}, stream: () => whole, bytes: () => collect(whole, limits.fileBytes) })
  } catch (error) {
    if (!(error instanceof GraphloomError)) throw error
    yield { failure: { code: error.code, reason: error.message } }
  }
}

async function resultOf(raw: RawResult, uri: string, options: ReadOptions, seen: Seen): Promise<ReadResult | undefined> {
  if ('failure' in raw) return failed(uri, raw.failure.code, raw.failure.reason, raw.failure.record)
  const { record } = raw.document
  if (raw.document.text.trim() === '') return failed(uri, 'ingest.empty', 'the document holds no text', record)
  const document = await documentOf(raw.document, uri, options.collection)
  if (document.sentences.length === 0) return failed(uri, 'ingest.empty', 'the document holds no visible text', record)
  const repeat = seen.note(document.id, document.sha256)
  if (repeat === 'different') return failed(uri, 'ingest.duplicate-record', `the record id ${record ?? ''} came before with other content; the first one counts`, record)
  if (repeat === 'new') return { status: 'read', document }
  options.repeated?.({ uri, ...(record === undefined ? {} : { record }) })
  return undefined
}

async function documentOf(raw: RawDocument, uri: string, collection: string): Promise<Document> {
  const { text, offsets } = normalize(raw.text)
  const blocks = raw.blocks.map(block => ({
    ...block,
    start: toNormalized(offsets, block.start),
    end: toNormalized(offsets, block.end),
    ...(block.cells === undefined ? {} : { cells: block.cells.map(cell => ({ ...cell, start: toNormalized(offsets, cell.start), end: toNormalized(offsets, cell.end) })) }),
  }))
  const { sections, sentences } = segment(text, blocks)
  const title = raw.title ?? (raw.record === undefined ? (sections[0]?.start === sentences[0]?.start ? sections[0]?.title : undefined) ?? basename(uri) : `${basename(uri)}#${raw.record}`)
  return {
    id: documentId(collection, uri, raw.record),
    collection,
    uri,
    ...(raw.record === undefined ? {} : { record: raw.record }),
    title: title.replace(/\s+/g, ' ').trim(),
    mediaType: raw.mediaType,
    language: await languageOf(text, raw.language),
    sha256: raw.sha256,
    text,
    charactersRead: raw.text.length,
    pages: raw.pages.map((page, at): Page => {
      const next = raw.pages[at + 1]
      return { number: page.number, start: toNormalized(offsets, page.start), end: next === undefined ? text.length : toNormalized(offsets, next.start) }
    }),
    sections,
    sentences,
    offsets,
    metadata: raw.metadata,
  }
}

function failed(uri: string, code: string, reason: string, record?: string): { status: 'failed'; failure: FailedDocument } {
  return { status: 'failed', failure: { uri, ...(record === undefined ? {} : { record }), code, reason } }
}
