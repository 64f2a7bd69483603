// HTML -> blocks: main content, headings, paragraphs, items and table rows, in one pass without a tree, so that depth costs nothing.
import { Parser } from 'htmlparser2'
import { decode } from '../decode.ts'
import { sha256 } from '../identity.ts'
import type { Block, BlockKind, RawResult, ReaderInput } from '../reader.ts'
import { BlockWriter, type TableCell } from './blocks.ts'
import { TableBuilder } from './htmltable.ts'

const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'math', 'iframe', 'object', 'select', 'button', 'textarea', 'audio', 'video', 'canvas'])
const AROUND = new Set(['nav', 'footer', 'aside', 'form', 'menu', 'dialog'])
const AROUND_ROLES = new Set(['navigation', 'banner', 'contentinfo', 'search', 'complementary', 'dialog', 'menu'])
const AROUND_NAMES = /(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|cookies?|sidebar|site-?footer|site-?header|advert(?:isement)?s?|share|social|related|newsletter|popup|modal|skip-?link)(?:$|[\s_-])/i
const HEADINGS: Readonly<Record<string, number>> = { h1: 1, h2: 2, h3: 3, h4: 4, h5: 5, h6: 6 }
const BREAKING = new Set(['p', 'div', 'section', 'article', 'main', 'header', 'hgroup', 'address', 'blockquote', 'figure', 'figcaption', 'dl', 'dt', 'dd', 'ul', 'ol', 'li', 'br', 'hr', 'pre', 'body', 'details', 'summary', 'fieldset', 'legend', 'center', 'caption', 'nav', 'footer', 'aside', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'])
/** The main part is believed when it holds at least this share of the text, or this many characters. */
const MAIN_SHARE = 0.25
const MAIN_LENGTH = 400

export interface HtmlOptions {
  /** A page with its surroundings, as opposed to a converted document. */
  readonly wholePage: boolean
}

export interface HtmlPage {
  readonly text: string
  readonly blocks: readonly Block[]
  readonly title?: string
  readonly language?: string
}

interface Piece {
  readonly kind: BlockKind
  readonly text: string
  readonly level?: number
  readonly rows?: readonly (readonly TableCell[])[]
  readonly main: boolean
  readonly around: boolean
}

/** The one document of an HTML file. */
export async function* readHtml(input: ReaderInput): AsyncIterable<RawResult> {
  const bytes = await input.bytes()
  const { text, encoding } = decode(bytes, statedEncoding(bytes))
  const page = htmlBlocks(text, { wholePage: true })
  yield {
    document: {
      ...(page.title === undefined ? {} : { title: page.title }), ...(page.language === undefined ? {} : { language: page.language }),
      mediaType: 'text/html', text: page.text, sha256: sha256(bytes), blocks: page.blocks, pages: [], metadata: { encoding },
    },
  }
}

/** The blocks of a page or fragment. */
export function htmlBlocks(html: string, options: HtmlOptions): HtmlPage {
  const walk = new Walk(options.wholePage)
  const parser = new Parser({ onopentag: (name, attributes) => walk.open(name, attributes), ontext: text => walk.write(text), onclosetag: name => walk.close(name) }, { decodeEntities: true, lowerCaseTags: true })
  parser.write(html)
  parser.end()
  walk.flush()
  const writer = new BlockWriter()
  for (const piece of contentOf(walk.pieces)) {
    if (piece.rows === undefined) writer.add(piece.kind, piece.text, piece.level)
    else writer.table(piece.rows)
  }
  const title = walk.pieces.find(piece => piece.kind === 'heading' && piece.level === 1 && !piece.around)?.text ?? (collapse(walk.title) || undefined)
  return { text: writer.text, blocks: writer.blocks, ...(title === undefined ? {} : { title }), ...(walk.language === undefined ? {} : { language: walk.language }) }
}

/** The main part where the page marks one, else everything but navigation and the like, else everything. */
function contentOf(pieces: readonly Piece[]): readonly Piece[] {
  const central = pieces.filter(piece => !piece.around)
  const main = central.filter(piece => piece.main)
  const [all, inMain] = [lengthOf(central), lengthOf(main)]
  if (inMain > 0 && (inMain >= all * MAIN_SHARE || inMain >= MAIN_LENGTH)) return main
  return central.length > 0 ? central : pieces
}

function lengthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + (piece.rows?.flat().reduce((row, cell) => row + cell.text.length, 0) ?? piece.text.length), 0)
}

interface Open {
  readonly name: string
  readonly around: boolean
  readonly silent: boolean
  readonly main: boolean
}

/** The state of one pass over a page. */
class Walk {
  readonly pieces: Piece[] = []
  title = ''
  language: string | undefined
  readonly #wholePage: boolean
  readonly #open: Open[] = []
  readonly #tables: TableBuilder[] = []
  readonly #lists: { ordered: boolean; next: number }[] = []
  readonly #counts = { around: 0, silent: 0, main: 0, pre: 0, title: 0 }
  #text = ''
  #kind: BlockKind = 'prose'
  #level: number | undefined

  constructor(wholePage: boolean) {
    this.#wholePage = wholePage
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'html') this.language = attributes['lang'] || undefined
    const open = { name, silent: SILENT.has(name) || attributes['hidden'] !== undefined || attributes['aria-hidden'] === 'true', around: this.#isAround(name, attributes), main: name === 'main' || name === 'article' || attributes['role'] === 'main' }
    if (BREAKING.has(name) || name === 'table') this.flush()
    this.#open.push(open)
    this.#count(open, 1)
    this.#begin(name, attributes)
  }

  write(text: string): void {
    if (this.#counts.title > 0 && this.#counts.silent === 0) this.title += text
    else if (this.#counts.silent === 0) this.#text += text
  }

  close(name: string): void {
    if (BREAKING.has(name) && name !== 'br') this.flush()
    const open = this.#open.at(-1)
    if (open?.name !== name) return
    this.#end(name)
    this.#open.pop()
    this.#count(open, -1)
  }

  /** Ends the block that is being written. */
  flush(): void {
    const inPre = this.#counts.pre > 0
    const text = inPre ? this.#text.replace(/^\n+/, '').trimEnd() : collapse(this.#text)
    this.#text = ''
    if (text === '') return
    const [kind, level] = [this.#kind, this.#level]
    const cell = this.#tables.at(-1)
    if (cell?.inCell) cell.write(text)
    else this.#piece({ kind: inPre ? 'free' : kind, text, ...(level === undefined ? {} : { level }) })
    if (kind === 'item') this.#kind = 'prose'
  }

  #begin(name: string, attributes: Record<string, string>): void {
    const level = HEADINGS[name]
    if (level !== undefined) [this.#kind, this.#level] = ['heading', level]
    else if (name === 'ul' || name === 'ol') this.#lists.push({ ordered: name === 'ol', next: Number.parseInt(attributes['start'] ?? '1', 10) || 1 })
    else if (name === 'li') this.#beginItem()
    else if (name === 'table') this.#tables.push(new TableBuilder())
    else if (name === 'tr') this.#tables.at(-1)?.row()
    else if (name === 'td' || name === 'th') this.#beginCell(name, attributes)
  }

  #beginItem(): void {
    this.#kind = 'item'
    const list = this.#lists.at(-1)
    // The number of an item is part of what a reader sees; a bullet is not a word, but marks the line as an item.
    this.#text = list?.ordered ? `${list.next++}. ` : '- '
  }

  #beginCell(name: string, attributes: Record<string, string>): void {
    this.flush()
    this.#tables.at(-1)?.cell(name === 'th', spanOf(attributes['colspan']), spanOf(attributes['rowspan']))
  }

  #end(name: string): void {
    if (HEADINGS[name] !== undefined) [this.#kind, this.#level] = ['prose', undefined]
    else if (name === 'ul' || name === 'ol') this.#lists.pop()
    else if (name === 'li') this.#kind = 'prose'
    else if (name === 'td' || name === 'th') {
      this.flush()
      this.#tables.at(-1)?.endCell()
    } else if (name === 'table') this.#endTable()
  }

  #endTable(): void {
    this.flush()
    const table = this.#tables.pop()
    if (table === undefined) return
    const outer = this.#tables.at(-1)
    if (outer?.inCell) outer.nest(table)
    else if (table.isLayout) for (const text of table.paragraphs) this.#piece({ kind: 'prose', text })
    else this.#piece({ kind: 'row', text: '', rows: table.rows })
  }

  #piece(piece: Omit<Piece, 'main' | 'around'>): void {
    this.pieces.push({ ...piece, main: this.#counts.main > 0, around: this.#counts.around > 0 })
  }

  #isAround(name: string, attributes: Record<string, string>): boolean {
    if (!this.#wholePage || name === 'body' || name === 'html' || name === 'main' || name === 'article') return false
    if (AROUND.has(name) || AROUND_ROLES.has(attributes['role'] ?? '')) return true
    // A page's header is its banner, an article's header is its title.
    if (name === 'header' && this.#counts.main === 0) return true
    return AROUND_NAMES.test(attributes['class'] ?? '') || AROUND_NAMES.test(attributes['id'] ?? '')
  }

  #count(open: Open, by: 1 | -1): void {
    if (open.around) this.#counts.around += by
    if (open.silent) this.#counts.silent += by
    if (open.main) this.#counts.main += by
    if (open.name === 'pre') this.#counts.pre += by
    if (open.name === 'title') this.#counts.title += by
  }
}

/** `<meta charset>` of the first bytes. */
function statedEncoding(bytes: Uint8Array): string | undefined {
  return /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(Buffer.from(bytes.subarray(0, 4096)).toString('latin1'))?.[1]
}

function collapse(text: string): string {
  return text.replace(/[\s\u00A0]+/g, ' ').trim().replace(/^-$/, '')
}

function spanOf(value: string | undefined): number {
  return Math.min(Math.max(Number.parseInt(value ?? '1', 10) || 1, 1), 100)
}
