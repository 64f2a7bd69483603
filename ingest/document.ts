// The record that ingest yields: normalized text with its parts, and the way back to the source.

export type DocumentId = `doc:${string}`

/** Half-open range of UTF-16 code units into `document.text`: `text.slice(start, end)`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A page of a paged source; `number` counts from 1. */
export interface Page extends Span {
  readonly number: number
}

/** A heading and what stands under it until the next heading of its level or a higher one. */
export interface Section extends Span {
  readonly title: string
  /** Titles from the top down, e.g. `["2 History", "2.1 Founding"]`. */
  readonly path: readonly string[]
  /** 1 = top. */
  readonly level: number
}

export type SentenceKind = 'prose' | 'heading' | 'item' | 'row'

/** A cell of a table row; `header` is its column's heading where the table has one. */
export interface Cell extends Span {
  readonly header?: string
}

export interface Sentence extends Span {
  /** Position in the document, from 0. */
  readonly index: number
  readonly kind: SentenceKind
  /** Index of the paragraph (block) that holds it; sentences of one paragraph share it. */
  readonly paragraph: number
  /** Present when `kind` is `row`. */
  readonly cells?: readonly Cell[]
}

/** Piecewise map from normalized to original offsets: pairs (normalized, original), ascending; between two pairs the distance is kept. */
export type OffsetMap = readonly (readonly [normalized: number, original: number])[]

export interface Document {
  /** `doc:` + hash of (collection, uri, record): identity, not version. */
  readonly id: DocumentId
  readonly collection: string
  /** Path relative to the ingested root, `/`-separated; archive members as `archive.zip!/member`. */
  readonly uri: string
  /** The record's own id, where the source is JSON Lines or CSV. */
  readonly record?: string
  readonly title: string
  readonly mediaType: string
  /** ISO 639-1, or `und`. English (`en`) is the tested path. */
  readonly language: string
  /** Of the content that was read (bytes of a file, mapped fields of a record): the version. */
  readonly sha256: string
  readonly text: string
  /** Characters that the reader delivered before normalization. */
  readonly charactersRead: number
  readonly pages: readonly Page[]
  readonly sections: readonly Section[]
  readonly sentences: readonly Sentence[]
  readonly offsets: OffsetMap
  readonly metadata: Readonly<Record<string, string>>
}

/** A source that could not become a document; counted and listed, never thrown. */
export interface FailedDocument {
  readonly uri: string
  readonly record?: string
  readonly code: string
  readonly reason: string
}

/** What `read` yields, in source order. */
export type ReadResult =
  | { readonly status: 'read'; readonly document: Document }
  | { readonly status: 'failed'; readonly failure: FailedDocument }
