// A jar -> the files of one of its folders.
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

/** Writes the files below `prefix` under `folder`, their paths kept; yauzl refuses paths that lead out. */
export async function unpack(jar: string, prefix: string, folder: string): Promise<void> {
  const archive = await openPromise(jar)
  for await (const entry of archive.eachEntry()) {
    if (!entry.fileName.startsWith(prefix) || entry.fileName.endsWith('/')) continue
    const target = join(folder, entry.fileName)
    await mkdir(dirname(target), { recursive: true })
    await pipeline(await archive.openReadStreamPromise(entry), createWriteStream(target))
  }
}
