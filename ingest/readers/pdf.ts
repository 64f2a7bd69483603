// PDF: pdfjs gives runs of glyphs with their places; lines, columns, paragraphs and running headers are found from these.
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { GraphloomError } from '../../errors.ts'
import { sha256 } from '../identity.ts'
import type { RawResult, ReaderInput } from '../reader.ts'
import { BlockWriter } from './blocks.ts'
import { columnOrder, dropRunning, type Glyphs, linesOf, type PageLines, type Paragraph, paragraphsOf, styleOf } from './page/index.ts'

type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
type PdfPage = Awaited<ReturnType<Awaited<ReturnType<Pdfjs['getDocument']>['promise']>['getPage']>>

interface PdfContent {
  readonly pages: readonly PageLines[]
  readonly title: string | undefined
  readonly language: string | undefined
}

/** The one document of a PDF file. */
export async function* readPdf(input: ReaderInput): AsyncIterable<RawResult> {
  const bytes = await input.bytes()
  // pdfjs mends a cut file and gives what is left of it; half a document must not pass for a whole one.
  if (!Buffer.from(bytes.subarray(-4096)).includes('%%EOF')) throw new GraphloomError('ingest.damaged', 'the PDF ends without its end mark (%%EOF): it is truncated')
  const version = sha256(bytes)
  const content = await contentOf(bytes)
  const { pages, dropped } = dropRunning(content.pages)
  const { writer, starts } = written(pages)
  if (writer.blocks.length === 0) throw new GraphloomError('ingest.no-text', `none of the ${pages.length} pages has a text layer: they seem to be scanned; recognize their text (OCR) first`)
  const title = content.title ?? writer.blocks.map(block => (block.kind === 'heading' && block.level! <= 2 ? writer.text.slice(block.start, block.end) : '')).find(text => text !== '')
  yield {
    document: {
      ...(title === undefined ? {} : { title }), ...(content.language === undefined ? {} : { language: content.language }),
      mediaType: 'application/pdf', text: writer.text, sha256: version, blocks: writer.blocks, pages: starts,
      metadata: { pages: String(pages.length), ...(dropped.length === 0 ? {} : { runningText: dropped.join(' / ').slice(0, 1_000) }) },
    },
  }
}

function written(pages: readonly PageLines[]): { writer: BlockWriter; starts: { number: number; start: number }[] } {
  const style = styleOf(pages.flatMap(page => page.lines))
  const writer = new BlockWriter()
  const starts: { number: number; start: number }[] = []
  pages.forEach((page, at) => {
    const paragraphs = paragraphsOf(columnOrder(page.lines.flatMap(line => line.runs)), style)
    starts.push({ number: at + 1, start: writer.length })
    const rest = at > 0 && continues(writer, paragraphs[0]) ? writer.extend(paragraphs[0]!.text, style.hyphenated) : undefined
    if (rest !== undefined) starts[at] = { number: at + 1, start: rest }
    writeAll(writer, rest === undefined ? paragraphs : paragraphs.slice(1))
  })
  return { writer, starts }
}

/** Whether the page goes on in the middle of the last page's sentence. */
function continues(writer: BlockWriter, first: Paragraph | undefined): boolean {
  const last = writer.blocks.at(-1)
  if (first?.kind !== 'prose' || last === undefined || (last.kind !== 'prose' && last.kind !== 'item')) return false
  return /^\p{Ll}/u.test(first.text) && !/[.!?:]["'”’)\]]*$/.test(writer.text.slice(-4))
}

/** Neighbouring rows make one table, so that they share its heading row. */
function writeAll(writer: BlockWriter, paragraphs: readonly Paragraph[]): void {
  for (let i = 0; i < paragraphs.length; ) {
    const paragraph = paragraphs[i]!
    let end = i + 1
    if (paragraph.kind !== 'row') writer.add(paragraph.kind, paragraph.text, paragraph.level)
    else {
      while (paragraphs[end]?.cells?.length === paragraph.cells!.length) end++
      writer.table(paragraphs.slice(i, end).map(row => row.cells!.map(text => ({ text, heading: false }))))
    }
    i = end
  }
}

async function contentOf(bytes: Uint8Array): Promise<PdfContent> {
  const pdfjs: Pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))
  // pdfjs takes the buffer for itself, so it gets a copy.
  const task = pdfjs.getDocument({
    data: new Uint8Array(bytes), verbosity: 0, isEvalSupported: false, disableFontFace: true, useSystemFonts: false,
    cMapUrl: `${join(root, 'cmaps')}/`, standardFontDataUrl: `${join(root, 'standard_fonts')}/`,
  })
  try {
    const pdf = await task.promise
    const pages: PageLines[] = []
    for (let number = 1; number <= pdf.numPages; number++) pages.push(await pageLines(await pdf.getPage(number)))
    const { info } = (await pdf.getMetadata()) as { info: { Title?: string; Language?: string | null } }
    return { pages, title: usableTitle(info.Title), language: info.Language ?? undefined }
  } catch (cause) {
    throw asFailure(cause)
  } finally {
    await task.destroy()
  }
}

async function pageLines(page: PdfPage): Promise<PageLines> {
  const content = await page.getTextContent({ includeMarkedContent: false })
  const [, bottom, , top] = page.view as [number, number, number, number]
  const runs: Glyphs[] = []
  for (const item of content.items) {
    if (!('str' in item) || item.str === '') continue
    const [a, b, , , x, y] = item.transform as [number, number, number, number, number, number]
    // Ligatures are drawing, not spelling.
    runs.push({ text: item.str.replace(/[\uFB00-\uFB06]/g, found => found.normalize('NFKC')), x, y: y - bottom, width: item.width, size: Math.hypot(a, b) || item.height })
  }
  page.cleanup()
  return { height: top - bottom, lines: linesOf(runs) }
}

/** The title that an author gave, not the file name that a printer left. */
function usableTitle(title: string | undefined): string | undefined {
  const trimmed = title?.trim()
  return trimmed === undefined || trimmed === '' || /^(?:untitled|microsoft word|about:blank)|\.(?:docx?|pdf|indd|tex|html?)$/i.test(trimmed) ? undefined : trimmed
}

function asFailure(cause: unknown): GraphloomError {
  if (cause instanceof GraphloomError) return cause
  const { name, message } = cause instanceof Error ? cause : { name: '', message: String(cause) }
  if (name === 'PasswordException') return new GraphloomError('ingest.encrypted', 'the PDF is encrypted; give it without a password', { cause })
  return new GraphloomError('ingest.damaged', `the PDF is damaged: ${message}`, { cause })
}
