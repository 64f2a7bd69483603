// A literal value found in text, before it becomes a mention.
import type { Span } from '../../../ingest/index.ts'
import type { LiteralKind } from '../../../ontology/index.ts'

export interface LiteralSpan extends Span {
  readonly kind: LiteralKind
  readonly value: string
}
