// DOCX: mammoth gives semantic HTML (headings, lists, tables, notes), which is read as such.
import mammoth from 'mammoth'
import { GraphloomError } from '../../errors.ts'
import { sha256 } from '../identity.ts'
import type { RawResult, ReaderInput } from '../reader.ts'
import { htmlBlocks } from './html.ts'

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The one document of a DOCX file. */
export async function* readDocx(input: ReaderInput): AsyncIterable<RawResult> {
  const bytes = await input.bytes()
  const html = await toHtml(bytes)
  const page = htmlBlocks(html, { wholePage: false })
  yield {
    document: { ...(page.title === undefined ? {} : { title: page.title }), mediaType: MEDIA_TYPE, text: page.text, sha256: sha256(bytes), blocks: page.blocks, pages: [], metadata: {} },
  }
}

async function toHtml(bytes: Uint8Array): Promise<string> {
  try {
    const options = {
      styleMap: ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"],
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
    }
    return (await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, options)).value
  } catch (cause) {
    throw new GraphloomError('ingest.damaged', `the DOCX file is damaged: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
