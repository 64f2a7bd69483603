// Members of a tar stream in their stored order, and the unpacking of gzip; both in flat memory.
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import tar from 'tar-stream'
import { GraphloomError } from '../../errors.ts'
import type { Budget, Member } from './archive.ts'

/** Files inside the tar; each must be opened before the next is asked for, what is left of it is skipped. */
export async function* tarMembers(pieces: AsyncIterable<Uint8Array>, budget: Budget): AsyncIterable<Member> {
  const extract = tar.extract()
  const source = Readable.from(pieces, { objectMode: false })
  source.on('error', error => extract.destroy(error))
  source.pipe(extract)
  try {
    for await (const entry of extract) {
      budget.entry()
      // Links and devices hold no text; a link's target is a member of its own.
      if (entry.header.type === 'file' || entry.header.type === 'contiguous-file') yield { name: entry.header.name.replace(/^(?:\.\/)+/, ''), open: () => entry as unknown as AsyncIterable<Uint8Array> }
      entry.resume()
    }
  } catch (error) {
    throw error instanceof GraphloomError ? error : damaged('tar', error)
  } finally {
    source.destroy()
  }
}

/** The unpacked bytes of a gzip stream, metered. */
export async function* gunzip(pieces: AsyncIterable<Uint8Array>, budget: Budget): AsyncIterable<Uint8Array> {
  const unzip = createGunzip()
  const source = Readable.from(pieces, { objectMode: false })
  source.on('error', error => unzip.destroy(error))
  source.pipe(unzip)
  try {
    yield* budget.meter(unzip, () => Math.max(unzip.bytesWritten, 1))
  } catch (error) {
    throw error instanceof GraphloomError ? error : damaged('gzip', error)
  } finally {
    source.destroy()
    unzip.destroy()
  }
}

function damaged(kind: string, cause: unknown): GraphloomError {
  return new GraphloomError('ingest.damaged', `the ${kind} file is damaged: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
}
