// Files -> a zip archive, stored without compression and with a fixed date: the same files give the same bytes.
import { crc32 } from 'node:zlib'

/** 1 January 1980, the first day of the format. */
const DATE = 0x21

/** Makes an archive; names use forward slashes. */
export function zipOf(files: readonly { readonly name: string; readonly text: string }[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text } of files) {
    const [path, body] = [Buffer.from(name, 'utf8'), Buffer.from(text, 'utf8')]
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields(path, body), path, body])
    directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields(path, body), Buffer.alloc(10), number(offset, 4), path]))
    parts.push(local)
    offset += local.length
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0)
  const end = Buffer.concat([Buffer.from([0x50, 0x4b, 5, 6, 0, 0, 0, 0]), number(files.length, 2), number(files.length, 2), number(size, 4), number(offset, 4), number(0, 2)])
  return Buffer.concat([...parts, ...directory, end])
}

/** What a file's two headers share: version, flags (UTF-8 names), method, time, date, checksum, sizes, lengths of name and extra. */
function fields(path: Buffer, body: Buffer): Buffer {
  return Buffer.concat([number(20, 2), number(0x0800, 2), number(0, 2), number(0, 2), number(DATE, 2), number(crc32(body), 4), number(body.length, 4), number(body.length, 4), number(path.length, 2), number(0, 2)])
}

function number(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes)
  if (bytes === 2) buffer.writeUInt16LE(value)
  else buffer.writeUInt32LE(value)
  return buffer
}
