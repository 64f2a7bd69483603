// Uploads -> files of a job's own folder, under names that cannot leave it.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GraphloomError } from '../errors.ts'
import type { Upload } from './route.ts'

const LONGEST_NAME = 200 // bytes; file systems take 255
const MOST_FOLDERS = 16

/** A relative path with `/` that names a file below any folder it is joined to; `api.unsafe-name` where the given name is none. */
export function safeName(given: string): string {
  const name = given.normalize('NFC').replaceAll('\\', '/')
  const parts = name.split('/')
  const refuse = (reason: string) => new GraphloomError('api.unsafe-name', `"${given.slice(0, 200)}" is not a name for an upload: ${reason}.`)
  if (name === '') throw refuse('it is empty')
  if (/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u.test(name)) throw refuse('it has control characters')
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name) || /^~/.test(name)) throw refuse('it is an absolute path')
  if (parts.length > MOST_FOLDERS) throw refuse(`it has more than ${MOST_FOLDERS} parts`)
  for (const part of parts) {
    if (part === '' || part === '.' || part === '..') throw refuse('a part of it is empty, . or ..')
    if (part.startsWith('.')) throw refuse('a part of it is hidden')
    if (Buffer.byteLength(part) > LONGEST_NAME) throw refuse('a part of it is too long')
    if (/[<>:"|?*]/.test(part) || /[ .]$/.test(part)) throw refuse('a part of it has one of < > : " | ? * or ends in a space or dot')
    if (/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu.test(part)) throw refuse('a part of it is a device name')
  }
  return name
}

export interface Spooled {
  readonly folder: string
  readonly files: number
  /** Of names and contents. */
  readonly digest: string
}

/** Writes the files below `folder`, which must not exist; nothing is left of it when one fails. */
export async function spool(folder: string, uploads: AsyncIterable<Upload> | Iterable<Upload>): Promise<Spooled> {
  const hash = createHash('sha256')
  const names = new Set<string>()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    for await (const upload of uploads) {
      const name = safeName(upload.name)
      if (names.has(name.toLowerCase())) throw new GraphloomError('api.unsafe-name', `The upload has two files named "${name}".`)
      names.add(name.toLowerCase())
      const path = resolve(folder, name)
      if (!path.startsWith(resolve(folder) + sep)) throw new GraphloomError('api.unsafe-name', `"${name}" leads out of the upload.`)
      hash.update(`${name}\0`)
      await write(path, hashing(upload.bytes, hash)).catch((error: NodeJS.ErrnoException) => {
        if (['EEXIST', 'EISDIR', 'ENOTDIR'].includes(error.code ?? '')) throw new GraphloomError('api.unsafe-name', `"${name}" stands in the way of another file of the upload.`, { cause: error })
        throw error
      })
    }
    if (names.size === 0) throw new GraphloomError('api.invalid', 'The upload has no file.')
    return { folder, files: names.size, digest: hash.digest('hex') }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error instanceof Error && (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new GraphloomError('api.unavailable', 'The disk for uploads is full.', { retryable: true, cause: error }) : error
  }
}

async function write(path: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await pipeline(Readable.from(bytes), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
}

async function* hashing(bytes: AsyncIterable<Uint8Array>, hash: { update(bytes: Uint8Array): unknown }): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk)
    yield chunk
  }
}
