// Progress for people: one line that renews itself on a terminal, a plain line now and then elsewhere.
import type { RunReport } from '../runs/index.ts'

const TERMINAL_EVERY = 100 // milliseconds
const PLAIN_EVERY = 10_000

export interface Progress {
  update(report: RunReport): void
  finish(): void
}

export function createProgress(stream: NodeJS.WriteStream, clock: () => number): Progress {
  let last = clock()
  let dirty = false
  return {
    update(report) {
      const now = clock()
      if (now - last < (stream.isTTY ? TERMINAL_EVERY : PLAIN_EVERY)) return
      last = now
      const line = describe(report)
      if (stream.isTTY) stream.write(`\r\x1b[2K${line.slice(0, (stream.columns ?? 80) - 1)}`)
      else stream.write(`${line}\n`)
      dirty = true
    },
    finish() {
      if (stream.isTTY && dirty) stream.write('\r\x1b[2K')
    },
  }
}

const describe = ({ documents, counts, rates }: RunReport) =>
  `${documents.read} documents read, ${documents.unchanged} unchanged, ${documents.failed} failed, ${counts.accepted} facts stated, ${counts.review} to review, ${rates.pagesPerMinute.toFixed(0)} pages/min`
