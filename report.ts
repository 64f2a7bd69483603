// What a run did, in counts: the content of `--report` and `--json`.
import type { Extraction } from './extract/index.ts'
import type { WriteCounts } from './graph/index.ts'
import type { Document, FailedDocument } from './ingest/index.ts'

export interface RunReport {
  readonly documents: { readonly read: number; readonly done: number; readonly unchanged: number; readonly failed: number }
  /** `in`: characters that readers delivered; `seen`: characters of them that extraction covered, unchanged documents counted as seen before. */
  readonly characters: { readonly in: number; readonly seen: number }
  readonly counts: {
    readonly mentions: number
    readonly chains: number
    readonly pairs: number
    readonly scored: number
    readonly accepted: number
    readonly review: number
    readonly rejected: Readonly<Record<string, number>>
  }
  readonly writes: WriteCounts
  readonly seconds: Readonly<Record<string, number>>
  readonly rates: { readonly documentsPerSecond: number; readonly charactersPerSecond: number; readonly pagesPerMinute: number }
  readonly languages: Readonly<Record<string, number>>
  readonly failures: readonly FailedDocument[]
  /** More failures than are listed. */
  readonly failuresLeftOut: number
  readonly warnings: readonly { readonly uri: string; readonly warning: string }[]
}

/** Characters of a page, for pages per minute. */
export const PAGE_CHARACTERS = 1800
const MOST_LISTED = 1000

export interface MutableReport {
  read(document: Document): void
  unchanged(document: Document): void
  failed(failure: FailedDocument): void
  extracted(document: Document, extraction: Extraction): void
  wrote(counts: WriteCounts): void
  time<Result>(stage: string, work: () => Promise<Result>): Promise<Result>
  timeEach<Item>(stage: string, items: AsyncIterable<Item>): AsyncGenerator<Item>
  snapshot(): RunReport
}

export function createReport(clock: () => number): MutableReport {
  const started = clock()
  const documents = { read: 0, done: 0, unchanged: 0, failed: 0 }
  const characters = { in: 0, seen: 0 }
  const counts = { mentions: 0, chains: 0, pairs: 0, scored: 0, accepted: 0, review: 0 }
  const rejected: Record<string, number> = {}
  const writes = { created: 0, updated: 0, deleted: 0 }
  const milliseconds: Record<string, number> = {}
  const languages: Record<string, number> = {}
  const failures: FailedDocument[] = []
  const warnings: { uri: string; warning: string }[] = []

  const spend = (stage: string, since: number) => { milliseconds[stage] = (milliseconds[stage] ?? 0) + clock() - since }
  return {
    read(document) {
      documents.read++
      characters.in += document.text.length
      languages[document.language] = (languages[document.language] ?? 0) + 1
    },
    unchanged(document) {
      documents.unchanged++
      characters.seen += document.text.length
    },
    failed(failure) {
      documents.failed++
      if (failures.length < MOST_LISTED) failures.push(failure)
    },
    extracted(document, { counts: found, triples, warnings: told }) {
      documents.done++
      characters.seen += found.charactersSeen
      for (const key of ['mentions', 'chains', 'pairs', 'scored'] as const) counts[key] += found[key]
      for (const { status } of triples) if (status !== 'rejected') counts[status]++
      for (const [reason, number] of Object.entries(found.rejected)) rejected[reason] = (rejected[reason] ?? 0) + (number ?? 0)
      for (const [stage, time] of Object.entries(found.milliseconds)) milliseconds[stage] = (milliseconds[stage] ?? 0) + time
      for (const warning of told) if (warnings.length < MOST_LISTED) warnings.push({ uri: document.record === undefined ? document.uri : `${document.uri}#${document.record}`, warning })
    },
    wrote(more) {
      for (const key of ['created', 'updated', 'deleted'] as const) writes[key] += more[key]
    },
    async time(stage, work) {
      const since = clock()
      try { return await work() } finally { spend(stage, since) }
    },
    async *timeEach(stage, items) {
      const iterator = items[Symbol.asyncIterator]()
      try {
        for (;;) {
          const since = clock()
          const { done, value } = await iterator.next()
          spend(stage, since)
          if (done) return
          yield value
        }
      } finally { await iterator.return?.() }
    },
    snapshot() {
      const total = (clock() - started) / 1000
      const per = (number: number) => (total > 0 ? round(number / total) : 0)
      return {
        documents: { ...documents },
        characters: { ...characters },
        counts: { ...counts, rejected: sorted(rejected) },
        writes: { ...writes },
        seconds: { ...sorted(Object.fromEntries(Object.entries(milliseconds).map(([stage, time]) => [stage, round(time / 1000)]))), total: round(total) },
        rates: { documentsPerSecond: per(documents.read), charactersPerSecond: per(characters.in), pagesPerMinute: per((characters.in * 60) / PAGE_CHARACTERS) },
        languages: sorted(languages),
        failures: [...failures],
        failuresLeftOut: documents.failed - failures.length,
        warnings: [...warnings],
      }
    },
  }
}

const round = (number: number) => Math.round(number * 1000) / 1000
const sorted = (record: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
