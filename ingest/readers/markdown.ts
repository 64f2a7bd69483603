// Markdown: rendered to HTML and read as that; front matter gives title and metadata.
import MarkdownIt from 'markdown-it'
import { decode } from '../decode.ts'
import { sha256 } from '../identity.ts'
import type { RawResult, ReaderInput } from '../reader.ts'
import { htmlBlocks } from './html.ts'

const MARKDOWN = new MarkdownIt({ html: true, linkify: false })

/** The one document of a Markdown file. */
export async function* readMarkdown(input: ReaderInput): AsyncIterable<RawResult> {
  const bytes = await input.bytes()
  const { text, encoding } = decode(bytes)
  const { body, fields } = frontMatter(text)
  const page = htmlBlocks(MARKDOWN.render(body), { wholePage: false })
  const { title, ...metadata } = fields
  yield {
    document: {
      ...(title === undefined ? (page.title === undefined ? {} : { title: page.title }) : { title }),
      mediaType: 'text/markdown', text: page.text, sha256: sha256(bytes), blocks: page.blocks, pages: [], metadata: { ...metadata, encoding },
    },
  }
}

/** Flat `key: value` lines between two `---` lines at the start. */
function frontMatter(text: string): { body: string; fields: Record<string, string> } {
  const found = /^\uFEFF?---[ \t]*\r?\n([^]*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(text)
  if (found === null) return { body: text, fields: {} }
  const fields: Record<string, string> = {}
  for (const line of found[1]!.split(/\r?\n/)) {
    const pair = /^([A-Za-z][\w-]*):\s*(.+?)\s*$/.exec(line)
    if (pair) fields[pair[1]!.toLowerCase()] = pair[2]!.replace(/^(["'])(.*)\1$/, '$2')
  }
  return { body: text.slice(found[0].length), fields }
}
