// The formats that can be read: a new one is a file here, a line below, and its marks in detect.ts.
import type { Format, Reader } from '../reader.ts'
import { readCsv } from './csv.ts'
import { readDocx } from './docx.ts'
import { readHtml } from './html.ts'
import { readJsonl } from './jsonl.ts'
import { readMarkdown } from './markdown.ts'
import { readPdf } from './pdf.ts'
import { readText } from './text.ts'

export const READERS = {
  text: readText,
  markdown: readMarkdown,
  html: readHtml,
  pdf: readPdf,
  docx: readDocx,
  jsonl: readJsonl,
  csv: readCsv,
} as const satisfies Record<Format, Reader>
