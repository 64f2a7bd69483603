// Paths -> references to their documents, in source order, without reading more than that needs: records are parsed to know their ids, files are hashed.
import { createHash } from 'node:crypto'
import { basename, resolve } from 'node:path'
import { GraphloomError } from '../errors.ts'
import { decodeStream, isUtf16 } from './decode.ts'
import { detect, HEAD_BYTES } from './detect.ts'
import type { FailedDocument } from './document.ts'
import { documentId, Seen } from './identity.ts'
import { contestedRecords, duplicate, failed, rawResults, type ReadOptions, toDocument } from './read.ts'
import type { Format, RawDocument } from './reader.ts'
import { type DocumentReference, formatRanges } from './reference.ts'
import type { Source } from './source.ts'
import { fileBytes, peek, sources } from './sources/index.ts'
import type { Spool } from './spool.ts'

export type Surveyed =
  | { readonly status: 'found'; readonly reference: DocumentReference }
  | { readonly status: 'failed'; readonly failure: FailedDocument }

export interface SurveyOptions extends ReadOptions {
  /** Takes what stands in no file of its own. */
  readonly spool: Spool
}

/** References to all documents that the paths name; what cannot be read, or comes twice, is told as `read` would tell it. */
export async function* survey(paths: readonly string[], options: SurveyOptions): AsyncIterable<Surveyed> {
  const seen = new Seen()
  for await (const source of sources(paths, options)) {
    let count = 0
    for await (const found of surveySource(source, options)) {
      count++
      const kept = found.status === 'failed' ? found : once(found, options, seen)
      if (kept !== undefined) yield kept
    }
    if (count === 0) yield failed(source.uri, 'ingest.empty', 'the file holds no records')
  }
}

async function* surveySource(source: Source, options: SurveyOptions): AsyncIterable<Surveyed> {
  try {
    const { head, whole } = await peek(source.open(), HEAD_BYTES)
    const format = await detect(head, basename(source.uri))
    if (format === 'jsonl' || format === 'csv') yield* surveyRecords(source, format, head, whole, options)
    else if (source.path === undefined) yield { status: 'found', reference: { uri: source.uri, ...(await options.spool.keep(whole)) } }
    else yield { status: 'found', reference: { uri: source.uri, path: resolve(source.path), sha256: await hashOf(whole) } }
  } catch (error) {
    if (!(error instanceof GraphloomError)) throw error
    yield failed(source.uri, error.code, error.message)
  }
}

/** Records are found where they stand if their reader counts bytes as they are there; otherwise in a copy. */
async function* surveyRecords(source: Source, format: Format, head: Uint8Array, whole: AsyncIterable<Uint8Array>, options: SurveyOptions): AsyncIterable<Surveyed> {
  // Lines of JSON are decoded one by one, so that only UTF-16 must be re-coded whole; rows of CSV are found in decoded text.
  const plain = format === 'jsonl' ? !isUtf16(head) : source.path !== undefined && (await isPlain(source.path))
  const inPlace = plain && source.path !== undefined
  let broken: unknown
  const copied = plain ? whole : inUtf8(whole, (error) => { broken = error })
  const path = inPlace ? resolve(source.path as string) : (await options.spool.keep(copied)).path
  const open = async function* () {
    yield* inPlace ? whole : fileBytes(path)
    if (broken !== undefined) throw broken
  }
  const contested = await contestedRecords(source.uri, path, options, format)
  for await (const raw of rawResults({ uri: source.uri, open }, options, format)) {
    if ('failure' in raw) yield failed(source.uri, raw.failure.code, raw.failure.reason, raw.failure.record)
    else if ((contested.get(documentId(options.collection, source.uri, raw.document.record)) ?? raw.document.sha256) !== raw.document.sha256) yield duplicate(source.uri, raw.document.record)
    else yield await surveyRecord(raw.document, source.uri, path, format, options)
  }
}

async function surveyRecord(document: RawDocument, uri: string, path: string, format: Format, { collection }: SurveyOptions): Promise<Surveyed> {
  const { record, sha256, ranges = [] } = document
  // A letter or digit makes a sentence; only what has none must be segmented to know that it is empty.
  const empty = /[\p{L}\p{N}]/u.test(document.text) ? undefined : await toDocument({ document }, uri, collection)
  if (empty?.status === 'failed') return empty
  return { status: 'found', reference: { path, uri, ...(record === undefined ? {} : { record }), sha256, format, ranges: formatRanges(ranges) } }
}

function once(found: Surveyed & { status: 'found' }, { collection, repeated }: SurveyOptions, seen: Seen): Surveyed | undefined {
  const { uri, record, sha256 } = found.reference
  const repeat = seen.note(documentId(collection, uri, record), sha256)
  if (repeat === 'new') return found
  if (repeat === 'different') return duplicate(uri, record)
  repeated?.({ uri, ...(record === undefined ? {} : { record }) })
  return undefined
}

async function hashOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of bytes) hash.update(piece)
  return hash.digest('hex')
}

/** Whether the file is UTF-8 without a byte order mark, from beginning to end. */
async function isPlain(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let first = true
  try {
    for await (const piece of fileBytes(path)) {
      if (decoder.decode(piece, { stream: true }).startsWith('\uFEFF') && first) return false
      first = false
    }
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof GraphloomError) throw error
    return false
  }
}

/** Re-coded as far as it can be decoded; why it ends early is told, so that the records before can still be read. */
async function* inUtf8(bytes: AsyncIterable<Uint8Array>, broken: (error: unknown) => void): AsyncIterable<Uint8Array> {
  try {
    for await (const text of decodeStream(bytes)) if (text !== '') yield Buffer.from(text)
  } catch (error) {
    if (!(error instanceof GraphloomError)) throw error
    broken(error)
  }
}
