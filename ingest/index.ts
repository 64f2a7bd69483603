export type { Cell, Document, DocumentId, FailedDocument, OffsetMap, Page, ReadResult, Section, Sentence, SentenceKind, Span } from './document.ts'
