// Bytes that a worker could not reach otherwise (archive members, standard input, records in an old encoding) -> files named by their content.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

export interface Spooled {
  readonly path: string
  readonly sha256: string
}

export interface Spool {
  /** Copies a stream into a file; what the stream throws, this throws. */
  keep(bytes: AsyncIterable<Uint8Array>): Promise<Spooled>
}

/** A spool in `folder`, which is made when the first bytes come; whoever opened it removes it. */
export function openSpool(folder: string): Spool {
  const root = resolve(folder)
  let count = 0
  return {
    async keep(bytes) {
      await mkdir(root, { recursive: true, mode: 0o700 })
      const hash = createHash('sha256')
      const part = join(root, `${process.pid}-${count++}.part`)
      const hashed = async function* () {
        for await (const piece of bytes) {
          hash.update(piece)
          yield piece
        }
      }
      try {
        await pipeline(Readable.from(hashed(), { objectMode: false }), createWriteStream(part, { mode: 0o600 }))
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
      const sha256 = hash.digest('hex')
      await rename(part, join(root, sha256))
      return { path: join(root, sha256), sha256 }
    },
  }
}
