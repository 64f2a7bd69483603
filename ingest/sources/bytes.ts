// Streams of bytes: look at the beginning without losing it, collect within a bound, fail on purpose.
import { createReadStream } from 'node:fs'
import { GraphloomError } from '../../errors.ts'
import type { Source } from '../source.ts'

/** The first `size` bytes (fewer at the end) and the whole stream again. */
export async function peek(pieces: AsyncIterable<Uint8Array>, size: number): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const iterator = pieces[Symbol.asyncIterator]()
  const seen: Uint8Array[] = []
  let length = 0
  while (length < size) {
    const next = await iterator.next()
    if (next.done) break
    seen.push(next.value)
    length += next.value.length
  }
  return { head: Buffer.concat(seen).subarray(0, size), whole: again(seen, iterator) }
}

/** All bytes of the stream; throws `ingest.too-large` beyond `most`. */
export async function collect(pieces: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const seen: Uint8Array[] = []
  let length = 0
  for await (const piece of pieces) {
    length += piece.length
    if (length > most) throw new GraphloomError('ingest.too-large', `the content is larger than ${most} bytes, the limit for a document that is read whole; JSON Lines has no such limit`)
    seen.push(piece)
  }
  return Buffer.concat(seen)
}

/** A file's bytes; a failing disk or a missing right is a `GraphloomError`. */
export async function* fileBytes(path: string): AsyncIterable<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: 256 * 1024 })
  try {
    yield* stream
  } catch (cause) {
    throw new GraphloomError('ingest.unreadable', `the file cannot be read: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`, { cause })
  } finally {
    stream.destroy()
  }
}

/** A source whose opening gives the reason why it cannot be read, so that the failure is listed in its place. */
export function failedSource(uri: string, error: GraphloomError): Source {
  return {
    uri,
    open() {
      throw error
    },
  }
}

async function* again(seen: Uint8Array[], iterator: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    for (let piece = seen.shift(); piece !== undefined; piece = seen.shift()) yield piece
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  } finally {
    await iterator.return?.()
  }
}
