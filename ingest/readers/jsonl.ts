// JSON Lines: one record a line, read in flat memory; a line that is too long or not an object is a failed record.
import { decodeStream, isUtf16, strictUtf8 } from '../decode.ts'
import type { RawResult, ReaderInput } from '../reader.ts'
import { peek } from '../sources/index.ts'
import { type ByteLine, splitLines } from './lines.ts'
import { type FieldMap, type Fields, fromFields } from './record.ts'

const MEDIA_TYPE = 'application/jsonl'

/** The records of a JSON Lines source. */
export async function* readJsonl(input: ReaderInput): AsyncIterable<RawResult> {
  const { head, whole } = await peek(input.stream(), 4)
  for await (const line of splitLines(isUtf16(head) ? recoded(whole) : whole, input.limits.lineBytes)) {
    const result = recordOf(line, input.limits.lineBytes, input.fieldMap)
    if (result === undefined) continue
    yield 'failure' in result ? result : { document: { ...result.document, ranges: [[line.start, line.start + line.length]] } }
  }
}

function recordOf(line: ByteLine, most: number, map: FieldMap): RawResult | undefined {
  const place = `line ${line.number}`
  if (line.bytes === undefined) return failed('ingest.too-large', `${place}: the line has ${line.length} bytes, more than the limit of ${most} for one record`)
  const text = strictUtf8(line.bytes)
  if (text === undefined) return failed('ingest.encoding', `${place}: the line is not UTF-8`)
  if (text.trim() === '') return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // The engine's message may quote the line, which can be long.
    return failed('ingest.invalid-json', `${place}: not valid JSON: ${(error as Error).message.slice(0, 160)}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return failed('ingest.invalid-json', `${place}: a JSON object was expected, as {"id": "1", "text": "…"}`)
  return fromFields(value as Fields, map, MEDIA_TYPE, place)
}

function failed(code: string, reason: string): RawResult {
  return { failure: { code, reason } }
}

async function* recoded(pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  for await (const text of decodeStream(pieces)) yield Buffer.from(text)
}
