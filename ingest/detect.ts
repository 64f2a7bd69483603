// The format of a source: by its content first, by its extension where the content leaves it open.
import { fileTypeFromBuffer } from 'file-type'
import { GraphloomError } from '../errors.ts'
import { decode, isText } from './decode.ts'
import type { Format } from './reader.ts'

/** How many bytes `detect` and `detectArchive` want to see; fewer when the source is shorter. */
export const HEAD_BYTES = 64 * 1024

export type ArchiveKind = 'zip' | 'tar' | 'gzip'

const EXTENSIONS: Readonly<Record<string, Format>> = {
  md: 'markdown', markdown: 'markdown', mdown: 'markdown', html: 'html', htm: 'html', xhtml: 'html',
  jsonl: 'jsonl', ndjson: 'jsonl', csv: 'csv', tsv: 'csv', txt: 'text', text: 'text', log: 'text',
}

/** Read, so that the message for everything else can say what would have been. */
const SUPPORTED = 'plain text, Markdown, HTML, PDF, DOCX, JSON Lines, CSV, and zip or tar.gz of these'

/** The archive kind of the beginning of a source; office documents are zip files too and are told apart inside. */
export function detectArchive(head: Uint8Array): ArchiveKind | undefined {
  if (head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))) return 'zip'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip'
  return Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar' ? 'tar' : undefined
}

/** The format of a source that is no archive; throws `ingest.empty`, `ingest.binary` or `ingest.unsupported`. */
export async function detect(head: Uint8Array, name: string): Promise<Format> {
  if (head.length === 0) throw new GraphloomError('ingest.empty', 'the file is empty')
  const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (Buffer.from(head.subarray(0, 1024)).includes('%PDF-')) return 'pdf'
  // Text before magic numbers: prose that begins with `BMW` is no bitmap.
  if (isText(head)) return textFormat(decode(wholeLines(head)).text, extension, head.length >= HEAD_BYTES)
  // Only a document reaches this as a zip: the archives have been opened before.
  if (detectArchive(head) === 'zip') return 'docx'
  const type = await fileTypeFromBuffer(head)
  if (type !== undefined) throw new GraphloomError('ingest.unsupported', `the content is ${type.mime}, whatever its name says; what can be read: ${SUPPORTED}`)
  throw new GraphloomError('ingest.binary', `the content is binary, not text; what can be read: ${SUPPORTED}`)
}

/** `cut`: there is more of the source than the text. */
function textFormat(text: string, extension: string, cut: boolean): Format {
  const start = text.replace(/^\uFEFF?\s*/, '')
  if (start === '') return EXTENSIONS[extension] ?? 'text'
  if (/^<(?:!doctype\s+html|html[\s>])/i.test(withoutComments(start))) return 'html'
  if (/^<\?xml[^>]*\?>\s*(?:<!doctype\s+html|<html[\s>])/i.test(start)) return 'html'
  if (start.startsWith('{\\rtf')) throw new GraphloomError('ingest.unsupported', `the content is rich text (RTF); what can be read: ${SUPPORTED}`)
  const known = EXTENSIONS[extension]
  if (known === 'jsonl' || isJsonLines(start, extension, cut)) return 'jsonl'
  if (extension === 'json') throw new GraphloomError('ingest.unsupported', 'the file is one JSON value, not JSON Lines: write one object a line')
  if (/^<\?xml\s/.test(start)) throw new GraphloomError('ingest.unsupported', `the content is XML; what can be read: ${SUPPORTED}`)
  if (known !== undefined) return known
  if (/<(?:head|body|p|div|table|h[1-6])[\s>]/i.test(start) && /^</.test(start)) return 'html'
  return extension === '' && isCommaSeparated(start) ? 'csv' : 'text'
}

function withoutComments(start: string): string {
  let rest = start
  while (rest.startsWith('<!--') && rest.includes('-->')) rest = rest.slice(rest.indexOf('-->') + 3).trimStart()
  return rest
}

/** Two lines that are objects are no accident; a single one only with the extension that says so, or where a nameless stream has lines too long to see two. */
function isJsonLines(start: string, extension: string, cut: boolean): boolean {
  const lines = start.split('\n').filter(line => line.trim() !== '').slice(0, 2)
  const objects = lines.filter(isObject).length
  if (cut && extension === '' && lines.length === 1) return objects === 1 || /^\{\s*"[^"\n]+"\s*:/.test(start)
  return objects === 2 || (objects === 1 && lines.length === 1 && extension === 'json')
}

function isObject(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false
  try {
    JSON.parse(line)
    return true
  } catch {
    return false
  }
}

/** Only asked for a nameless source: at least three lines with the same number of commas, none of them prose. */
function isCommaSeparated(start: string): boolean {
  const lines = start.split('\n').filter(line => line.trim() !== '').slice(0, 6)
  const commas = lines.map(line => line.match(/,(?!\s)/g)?.length ?? 0)
  return lines.length >= 3 && commas[0]! > 0 && commas.every(count => count === commas[0])
}

/** The head without its last, perhaps cut, line. */
function wholeLines(head: Uint8Array): Uint8Array {
  const feed = head.lastIndexOf(0x0a)
  return head.length < HEAD_BYTES || feed <= 0 ? head : head.subarray(0, feed)
}
