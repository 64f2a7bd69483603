// Plain text: decoded, its layout left to segmentation.
import { decode } from '../decode.ts'
import { sha256 } from '../identity.ts'
import type { RawResult, ReaderInput } from '../reader.ts'

/** The one document of a text file. */
export async function* readText(input: ReaderInput): AsyncIterable<RawResult> {
  const bytes = await input.bytes()
  const { text, encoding } = decode(bytes)
  yield {
    document: { mediaType: 'text/plain', text, sha256: sha256(bytes), blocks: [{ kind: 'free', start: 0, end: text.length }], pages: [], metadata: { encoding } },
  }
}
