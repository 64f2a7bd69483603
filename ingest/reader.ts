// Port: bytes of one source in, raw documents out. A new format is one file in readers/ and one line in its map.
import type { Cell, Span } from './document.ts'
import type { ReadLimits } from './limits.ts'

export type Format = 'text' | 'markdown' | 'html' | 'pdf' | 'docx' | 'jsonl' | 'csv'

/** `free` text has no marked structure: its headings, items, rows and paragraphs are found by layout. */
export type BlockKind = 'prose' | 'heading' | 'item' | 'row' | 'free'

/** A part of the reader's text, in order; blocks do not overlap and cover all that is not blank. */
export interface Block extends Span {
  readonly kind: BlockKind
  /** Of a heading; 1 = top. */
  readonly level?: number
  readonly cells?: readonly Cell[]
}

/** What a reader delivers for one document; every offset counts in `text`, the original of the offset map. */
export interface RawDocument {
  readonly record?: string
  readonly title?: string
  readonly mediaType: string
  readonly text: string
  /** sha256 over the content that became this document. */
  readonly sha256: string
  readonly blocks: readonly Block[]
  /** Starts of the pages, ascending; empty where the source has no pages. */
  readonly pages: readonly { readonly number: number; readonly start: number }[]
  /** The language that the source itself states, if it does. */
  readonly language?: string
  readonly metadata: Readonly<Record<string, string>>
  /** Where a record's bytes stand in its source: what stands there, joined, reads as a source with this record alone. */
  readonly ranges?: readonly ByteRange[]
}

/** Half-open range of bytes. */
export type ByteRange = readonly [start: number, end: number]

/** A record that could not be read, while the rest of its source can. */
export interface RawFailure {
  readonly record?: string
  readonly code: string
  readonly reason: string
}

export type RawResult = { readonly document: RawDocument } | { readonly failure: RawFailure }

export interface ReaderInput {
  /** File name without folders, for a title where the content has none. */
  readonly name: string
  readonly limits: ReadLimits
  readonly fieldMap: Readonly<Record<string, string>>
  /** The whole content; throws `ingest.too-large` beyond `limits.fileBytes`. */
  bytes(): Promise<Uint8Array>
  /** The content in pieces, for readers that work in flat memory. Either this or `bytes`, once. */
  stream(): AsyncIterable<Uint8Array>
}

/** Throws `GraphloomError` when the whole source cannot be read; a single bad record is a `RawFailure`. */
export type Reader = (input: ReaderInput) => AsyncIterable<RawResult>
