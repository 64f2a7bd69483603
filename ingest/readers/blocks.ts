// Collects the blocks of a structured source into one text: a blank line between blocks, one line end between items and rows.
import type { Cell } from '../document.ts'
import type { Block, BlockKind } from '../reader.ts'
import { joinLines } from './page/index.ts'
import { isHeading, withHeaders } from '../sentences/index.ts'

/** A table cell as the source has it. */
export interface TableCell {
  readonly text: string
  readonly heading: boolean
}

export class BlockWriter {
  readonly blocks: Block[] = []
  readonly #parts: string[] = []
  #length = 0

  /** Characters so far. */
  get length(): number {
    return this.#length
  }

  get text(): string {
    return this.#parts.join('')
  }

  /** Adds a block; blank text adds nothing. */
  add(kind: BlockKind, text: string, level?: number): void {
    if (text.trim() === '') return
    const start = this.#separate(kind)
    this.#write(text)
    this.blocks.push({ kind, start, end: this.#length, ...(level === undefined ? {} : { level }) })
  }

  /** Adds a table: one row block a row, cells mapped to the headings of their columns or, in a first column of headings, of their row. */
  table(rows: readonly (readonly TableCell[])[]): void {
    const filled = rows.filter(row => row.some(cell => cell.text !== ''))
    const named = filled[0]?.every(cell => cell.heading || cell.text === '') === true && filled.length > 1
    let headers: string[] | undefined = named ? filled[0]!.map(cell => cell.text) : undefined
    filled.forEach((row, at) => {
      const start = this.#separate('row')
      const cells = row.map((cell, column) => this.#cell(cell.text, column))
      const first = at === 0 && headers === undefined && !filled.some(other => other.some(cell => cell.heading))
      if (first) headers = this.#guessHeaders(row, filled[1])
      const isHead = at === 0 && headers !== undefined
      this.blocks.push({ kind: 'row', start, end: this.#length, cells: isHead ? cells : headed(cells, row, headers) })
    })
  }

  /** Goes on with the last block on a new page; returns where the new text begins. */
  extend(text: string, hyphenated: ReadonlySet<string>): number {
    const last = this.blocks.pop()!
    const before = this.text.slice(last.start)
    const joined = joinLines([before, text], hyphenated)
    this.#parts.splice(0, this.#parts.length, this.text.slice(0, last.start), joined)
    this.#length = last.start + joined.length
    this.blocks.push({ ...last, end: this.#length })
    return this.#length - text.length
  }

  #cell(text: string, column: number): Cell {
    if (column > 0) this.#write(' | ')
    const start = this.#length
    this.#write(text)
    return { start, end: this.#length }
  }

  #guessHeaders(first: readonly TableCell[], second: readonly TableCell[] | undefined): string[] | undefined {
    const line = first.map(cell => cell.text).join('\n')
    let at = 0
    const spans = first.map(cell => ({ start: at, end: (at += cell.text.length + 1) - 1 }))
    return isHeading(line, spans, second?.map(() => ({ start: 0, end: 0 })), false) ? first.map(cell => cell.text) : undefined
  }

  #separate(kind: BlockKind): number {
    const previous = this.blocks.at(-1)
    if (previous !== undefined) this.#write((kind === 'item' || kind === 'row') && previous.kind === kind ? '\n' : '\n\n')
    return this.#length
  }

  #write(text: string): void {
    this.#parts.push(text)
    this.#length += text.length
  }
}

function headed(cells: readonly Cell[], row: readonly TableCell[], headers: readonly string[] | undefined): readonly Cell[] {
  if (headers !== undefined) return withHeaders(cells, headers)
  // A box of facts: `Founded | 1990`, the first cell marked as heading of its row.
  if (row.length > 1 && row[0]!.heading && !row[1]!.heading) return cells.map((cell, column) => (column === 0 ? cell : { ...cell, header: row[0]!.text }))
  return cells
}
