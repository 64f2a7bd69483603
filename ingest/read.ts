// Paths -> documents: every source is detected, read, normalized and segmented; what fails is a value with its reason.
import { basename } from 'node:path'
import { GraphloomError } from '../errors.ts'
import { detect, HEAD_BYTES } from './detect.ts'
import type { Document, DocumentId, FailedDocument, Page, ReadResult } from './document.ts'
import { documentId, Seen } from './identity.ts'
import { DEFAULT_LIMITS, type ReadLimits } from './limits.ts'
import { normalize, toNormalized } from './normalize.ts'
import type { Format, RawDocument, RawResult } from './reader.ts'
import { READERS } from './readers/index.ts'
import { segment } from './segment.ts'
import { languageOf } from './sentences/index.ts'
import type { Source } from './source.ts'
import { collect, fileBytes, peek, sources } from './sources/index.ts'

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
    const contested = source.path === undefined ? undefined : await contestedRecords(source.uri, source.path, options)
    for await (const raw of rawResults(source, options)) {
      count++
      yield* await resultsOf(raw, source.uri, options, seen, contested)
    }
    if (count === 0) yield failed(source.uri, 'ingest.empty', 'the file holds no records')
  }
}

/** What the reader of the source's format delivers; a source that cannot be read is one failure. */
export async function* rawResults(source: Source, options: ReadOptions, known?: Format): AsyncIterable<RawResult> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const name = basename(source.uri)
  try {
    const { head, whole } = await peek(source.open(), HEAD_BYTES)
    const reader = READERS[known ?? (await detect(head, name))]
    yield* reader({ name, limits, fieldMap: options.fieldMap ?? {}, stream: () => whole, bytes: () => collect(whole, limits.fileBytes) })
  } catch (error) {
    if (!(error instanceof GraphloomError)) throw error
    yield { failure: { code: error.code, reason: error.message } }
  }
}

async function resultsOf(raw: RawResult, uri: string, options: ReadOptions, seen: Seen, contested: ReadonlyMap<DocumentId, string> | undefined): Promise<readonly ReadResult[]> {
  const result = await toDocument(raw, uri, options.collection)
  if (result.status === 'failed') return [result]
  const { id, record, sha256 } = result.document
  if ((contested?.get(id) ?? sha256) !== sha256) return [duplicate(uri, record)]
  const repeat = seen.note(id, sha256)
  if (repeat === 'new') return [result]
  // What is read once, as it streams by, cannot be looked through first: the content that counts then takes the place of the one before.
  if (repeat === 'different') return seen.prefer(id, sha256) ? [duplicate(uri, record), result] : [duplicate(uri, record)]
  options.repeated?.({ uri, ...(record === undefined ? {} : { record }) })
  return []
}

/**
 * Ids that a file of records holds with several contents, each with the version that counts: the one whose hash comes first, so that the order of lines plays no part.
 * The file is read for this alone: next to what is done with a record later, that costs nothing.
 */
export async function contestedRecords(uri: string, path: string, options: ReadOptions, known?: Format): Promise<ReadonlyMap<DocumentId, string>> {
  const first = new Map<DocumentId, string>()
  const versions = async (visit: (id: DocumentId, sha256: string) => void) => {
    const { head, whole } = await peek(fileBytes(path), HEAD_BYTES)
    const format = known ?? (await detect(head, basename(uri)))
    if (format !== 'jsonl' && format !== 'csv') return void (await whole[Symbol.asyncIterator]().return?.())
    for await (const raw of rawResults({ uri, open: () => whole }, options, format)) {
      if ('failure' in raw || (await isEmpty(raw.document, uri, options.collection))) continue
      visit(documentId(options.collection, uri, raw.document.record), raw.document.sha256)
    }
  }
  try {
    const seen = new Seen()
    const several = new Set<DocumentId>()
    await versions((id, sha256) => { if (seen.note(id, sha256) === 'different') several.add(id) })
    if (several.size > 0) await versions((id, sha256) => { if (several.has(id) && sha256 < (first.get(id) ?? 'g')) first.set(id, sha256) })
  } catch (error) {
    if (!(error instanceof GraphloomError)) throw error // told when the file is read for good
  }
  return first
}

/** Whether it is a failure for want of text; what has a letter or digit needs not be segmented to know. */
async function isEmpty(document: RawDocument, uri: string, collection: string): Promise<boolean> {
  return !/[\p{L}\p{N}]/u.test(document.text) && (await toDocument({ document }, uri, collection)).status === 'failed'
}

/** The document of what a reader delivered, or why there is none. */
export async function toDocument(raw: RawResult, uri: string, collection: string): Promise<ReadResult> {
  if ('failure' in raw) return failed(uri, raw.failure.code, raw.failure.reason, raw.failure.record)
  const { record } = raw.document
  if (raw.document.text.trim() === '') return failed(uri, 'ingest.empty', 'the document holds no text', record)
  const document = await documentOf(raw.document, uri, collection)
  if (document.sentences.length === 0) return failed(uri, 'ingest.empty', 'the document holds no visible text', record)
  return { status: 'read', document }
}

/** What becomes of a record whose id comes with other content too, and that does not count. */
export function duplicate(uri: string, record: string | undefined): { status: 'failed'; failure: FailedDocument } {
  return failed(uri, 'ingest.duplicate-record', `the record id ${record ?? ''} comes with several contents; the one whose hash is first counts, whatever the order of the records: give each an id of its own`, record)
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

export function failed(uri: string, code: string, reason: string, record?: string): { status: 'failed'; failure: FailedDocument } {
  return { status: 'failed', failure: { uri, ...(record === undefined ? {} : { record }), code, reason } }
}
