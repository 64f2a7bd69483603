// What a run did, in counts: the content of `--report` and `--json`.
import type { WriteCounts } from '../graph/index.ts'
import { addYields, type FailedDocument, type JobYield, NO_YIELD } from '../ingest/index.ts'

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
  /** Per stage, summed over all who worked at it; `total` is what the run took. */
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
  add(given: JobYield): void
  /** Lists a failure; it is counted by what is added. */
  list(failure: FailedDocument): void
  /** The report as of now, with what else is known beside what was added. */
  snapshot(beside?: JobYield): RunReport
}

export function createReport(clock: () => number): MutableReport {
  const started = clock()
  const failures: FailedDocument[] = []
  let all = NO_YIELD
  return {
    add(given) { all = addYields(all, given) },
    list(failure) { if (failures.length < MOST_LISTED) failures.push(failure) },
    snapshot: (beside = NO_YIELD) => reportOf(addYields(all, beside), failures, (clock() - started) / 1000),
  }
}

/** `total` is in seconds. */
function reportOf({ sums, notes }: JobYield, failures: readonly FailedDocument[], total: number): RunReport {
  const sum = (name: string) => sums[name] ?? 0
  const group = (name: string) => sorted(Object.entries(sums).flatMap(([key, number]) => (key.startsWith(`${name}.`) ? [[key.slice(name.length + 1), number] as const] : [])))
  const per = (number: number) => (total > 0 ? round(number / total) : 0)
  const failed = sum('documents.failed')
  const seconds = Object.entries(group('milliseconds')).map(([stage, time]) => [stage, round(time / 1000)] as const)
  return {
    documents: { read: sum('documents.read'), done: sum('documents.done'), unchanged: sum('documents.unchanged'), failed },
    characters: { in: sum('characters.in'), seen: sum('characters.seen') },
    counts: {
      mentions: sum('counts.mentions'), chains: sum('counts.chains'), pairs: sum('counts.pairs'), scored: sum('counts.scored'),
      accepted: sum('counts.accepted'), review: sum('counts.review'), rejected: group('rejected'),
    },
    writes: { created: sum('writes.created'), updated: sum('writes.updated'), deleted: sum('writes.deleted') },
    seconds: { ...Object.fromEntries(seconds), total: round(total) },
    rates: { documentsPerSecond: per(sum('documents.read')), charactersPerSecond: per(sum('characters.in')), pagesPerMinute: per((sum('characters.in') * 60) / PAGE_CHARACTERS) },
    languages: group('languages'),
    failures: [...failures],
    failuresLeftOut: Math.max(0, failed - failures.length),
    warnings: notes.slice(0, MOST_LISTED).map((note) => JSON.parse(note) as { uri: string; warning: string }),
  }
}

const round = (number: number) => Math.round(number * 1000) / 1000
const sorted = (entries: readonly (readonly [string, number])[]) => Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
