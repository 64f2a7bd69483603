// What an archive may cost, counted while it is unpacked, because what it says about itself may be a lie.
import { GraphloomError } from '../../errors.ts'
import type { ReadLimits } from '../limits.ts'

const RATIO_FROM = 2 ** 20

/** A member of an archive: its name as stored and its unpacked bytes. */
export interface Member {
  readonly name: string
  readonly open: () => AsyncIterable<Uint8Array>
}

/** The allowance of one outer archive; archives inside it draw on the same one. */
export class Budget {
  readonly limits: ReadLimits
  #entries = 0
  #bytes = 0

  constructor(limits: ReadLimits) {
    this.limits = limits
  }

  /** Counts a member; throws `ingest.archive-limit` when there are too many. */
  entry(): void {
    if (++this.#entries > this.limits.archiveEntries) throw limit(`more than ${this.limits.archiveEntries} entries`)
  }

  /** Passes the bytes on and counts them; `packed` tells how many packed bytes they came from. */
  async *meter(pieces: AsyncIterable<Uint8Array>, packed: () => number): AsyncIterable<Uint8Array> {
    let own = 0
    for await (const piece of pieces) {
      own += piece.length
      this.#bytes += piece.length
      if (this.#bytes > this.limits.archiveBytes) throw limit(`more than ${this.limits.archiveBytes} unpacked bytes`)
      if (own > RATIO_FROM && own > packed() * this.limits.archiveRatio) throw limit(`more than ${this.limits.archiveRatio} unpacked bytes for each packed one`)
      yield piece
    }
  }
}

/** Why a member's name must not be used as a path, if so. */
export function unsafeName(name: string): string | undefined {
  const path = name.replaceAll('\\', '/')
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is absolute'
  if (path.split('/').includes('..')) return 'it leads out of the archive with `..`'
  return path.includes('\0') ? 'it holds a zero character' : undefined
}

function limit(what: string): GraphloomError {
  return new GraphloomError('ingest.archive-limit', `the archive unpacks to ${what}, which is the limit against archive bombs; the rest of it is left out`)
}
