// Bytes -> characters: byte order mark, then strict UTF-8, then what the content states, then the best guess.
import * as chardet from 'chardet'
import iconv from 'iconv-lite'
import { GraphloomError } from '../errors.ts'

export interface Decoded {
  readonly text: string
  /** Lower-case name, e.g. `utf-8` or `windows-1252`. */
  readonly encoding: string
}

const SAMPLE = 64 * 1024

/** The characters of a whole content; `stated` is the encoding that the content itself names. Throws `ingest.encoding` for none. */
export function decode(bytes: Uint8Array, stated?: string): Decoded {
  const marked = byteOrderMark(bytes)
  if (marked !== undefined) return checked(bytes, marked)
  const utf8 = strictUtf8(bytes)
  if (utf8 !== undefined && !utf8.includes('\0')) return { text: utf8, encoding: 'utf-8' }
  if (stated !== undefined && iconv.encodingExists(stated) && !/^utf-?8$/i.test(stated)) return checked(bytes, stated.toLowerCase())
  return checked(bytes, guess(bytes))
}

/** The same for a stream: the first piece that is not ASCII decides where there is no mark. */
export async function* decodeStream(pieces: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  let decoder: { write(bytes: Buffer): string; end(): string | undefined } | undefined
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  let ascii = true
  let first = true
  for await (const piece of pieces) {
    if (first) {
      first = false
      const mark = byteOrderMark(piece)
      if (mark !== undefined && mark !== 'utf-8') decoder = iconv.getDecoder(mark)
    }
    if (decoder === undefined && ascii && piece.some(byte => byte > 0x7f)) {
      ascii = false
      // A character may be cut at the end of the piece, so the last bytes do not count.
      if (strictUtf8(piece.subarray(0, wholeLength(piece))) === undefined) decoder = iconv.getDecoder(guess(piece))
    }
    yield decoder === undefined ? foreign(() => utf8.decode(piece, { stream: true })) : decoder.write(Buffer.from(piece))
  }
  yield decoder === undefined ? foreign(() => utf8.decode()) : (decoder.end() ?? '')
}

/** Whether the bytes begin with the mark of UTF-16. */
export function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
}

/** Whether the bytes are text in some encoding; a look at the beginning is enough. */
export function isText(head: Uint8Array): boolean {
  if (byteOrderMark(head) !== undefined) return true
  const sample = head.subarray(0, SAMPLE)
  const utf8 = strictUtf8(sample.subarray(0, wholeLength(sample)))
  if (utf8 !== undefined) return controls(utf8) <= utf8.length * 0.01 && !utf8.includes('\0')
  const encoding = guess(sample)
  if (/^(?:utf-?(?:16|32))/i.test(encoding)) return looksRight(iconv.decode(Buffer.from(sample), encoding))
  return !sample.includes(0) && controls(iconv.decode(Buffer.from(sample), 'latin1')) <= sample.length * 0.002
}

/** The UTF-8 text of the bytes, or nothing where they are not UTF-8. */
export function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function checked(bytes: Uint8Array, encoding: string): Decoded {
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), encoding)
  if (!looksRight(text)) throw new GraphloomError('ingest.encoding', `the content is not readable text; the best guess was ${encoding}: save it as UTF-8`)
  return { text, encoding }
}

function looksRight(text: string): boolean {
  const broken = text.match(/\uFFFD/g)?.length ?? 0
  return broken + controls(text) <= text.length * 0.01
}

function controls(text: string): number {
  return text.match(/[\0-\x08\x0E-\x1A\x1C-\x1F\x7F]/g)?.length ?? 0
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return a === 0 && b === 0 && c === 0xfe && d === 0xff ? 'utf-32be' : undefined
}

function guess(bytes: Uint8Array): string {
  const found = chardet.detect(bytes.subarray(0, SAMPLE))?.toLowerCase() ?? 'windows-1252'
  // windows-1252 is latin 1 with quotes and dashes where latin 1 has controls; nobody means the controls.
  const encoding = found === 'iso-8859-1' || found === 'ascii' || found === 'utf-8' ? 'windows-1252' : found
  return iconv.encodingExists(encoding) ? encoding : 'windows-1252'
}

/** Length without a UTF-8 character that the end cuts. */
function wholeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needed > back ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

function foreign(decodePiece: () => string): string {
  try {
    return decodePiece()
  } catch (cause) {
    throw new GraphloomError('ingest.encoding', 'the content begins as UTF-8 but holds bytes that are not: save it as UTF-8', { cause })
  }
}
