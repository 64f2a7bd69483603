// What became of a document, and what that adds to the account of its run: numbers under dotted names, which sum up in any order and on any machine.
import type { Extraction } from '../extract/index.ts'
import type { WriteCounts } from '../graph/index.ts'
import type { Document, FailedDocument, JobYield } from '../ingest/index.ts'

export type Outcome =
  | { readonly status: 'done'; readonly document: Document; readonly extraction: Extraction }
  | { readonly status: 'unchanged'; readonly document: Document }
  /** `document` where it could be read, but no more. */
  | { readonly status: 'failed'; readonly failure: FailedDocument; readonly document?: Document }

/** Documents whose fate was sealed in one transaction, and what that cost. */
export interface Batch {
  readonly outcomes: readonly Outcome[]
  readonly cost: JobYield
}

/** The account of one document; its warnings are the notes. */
export function yieldOf(outcome: Outcome): JobYield {
  const { document } = outcome
  const read = document === undefined ? {} : { 'documents.read': 1, 'characters.in': document.text.length, [`languages.${document.language}`]: 1 }
  if (outcome.status === 'failed') return { sums: { ...read, 'documents.failed': 1 }, notes: [] }
  if (outcome.status === 'unchanged') return { sums: { ...read, 'documents.unchanged': 1, 'characters.seen': outcome.document.text.length }, notes: [] }
  const { counts, triples, warnings } = outcome.extraction
  const { uri, record } = outcome.document
  const of = (status: string) => triples.filter((triple) => triple.status === status).length
  return {
    sums: {
      ...read, 'documents.done': 1, 'characters.seen': counts.charactersSeen,
      'counts.mentions': counts.mentions, 'counts.chains': counts.chains, 'counts.pairs': counts.pairs, 'counts.scored': counts.scored,
      'counts.accepted': of('accepted'), 'counts.review': of('review'),
      ...under('rejected', counts.rejected), ...under('milliseconds', counts.milliseconds),
    },
    notes: warnings.map((warning) => JSON.stringify({ uri: record === undefined ? uri : `${uri}#${record}`, warning })),
  }
}

/** The account of writing. */
export function yieldOfWrites(counts: WriteCounts): JobYield {
  return { sums: under('writes', counts), notes: [] }
}

/** The account of time, in milliseconds a stage. */
export function yieldOfTime(milliseconds: Readonly<Record<string, number>>): JobYield {
  return { sums: under('milliseconds', milliseconds), notes: [] }
}

function under(group: string, numbers: object): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, number]) => [`${group}.${name}`, number as number]))
}
