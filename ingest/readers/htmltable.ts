// Rows of an HTML table, with cells that span columns and rows repeated, and layout tables told from tables of data.
import type { TableCell } from './blocks.ts'

const LONGEST_CELL = 600

interface Carried {
  readonly rows: number
  readonly cell: TableCell
}

export class TableBuilder {
  readonly rows: TableCell[][] = []
  /** All texts in order, for a layout table. */
  readonly paragraphs: string[] = []
  isLayout = false
  inCell = false
  /** Cells that reach down into this row and into the next one, by column. */
  #due = new Map<number, Carried>()
  #next = new Map<number, Carried>()
  #texts: string[] = []
  #cell = { heading: false, columns: 1, rows: 1 }

  row(): void {
    this.endCell()
    this.rows.push([])
    this.#due = this.#next
    this.#next = new Map()
    this.#fill()
  }

  cell(heading: boolean, columns: number, rows: number): void {
    this.endCell()
    if (this.rows.length === 0) this.row()
    this.inCell = true
    this.#texts = []
    this.#cell = { heading, columns, rows }
  }

  /** A paragraph inside the open cell. */
  write(text: string): void {
    this.#texts.push(text)
  }

  /** A table inside a cell: the outer one only arranges the page. */
  nest(inner: TableBuilder): void {
    this.isLayout = true
    for (const row of inner.rows) this.#texts.push(row.map(cell => cell.text).filter(text => text !== '').join(' | '))
  }

  endCell(): void {
    if (!this.inCell) return
    this.inCell = false
    this.paragraphs.push(...this.#texts)
    const cell = { text: this.#texts.join(' '), heading: this.#cell.heading }
    if (cell.text.length > LONGEST_CELL) this.isLayout = true
    const row = this.rows.at(-1)!
    for (let i = 0; i < this.#cell.columns; i++) {
      // A wide heading names all its columns; a wide cell's text stands once, so that the row reads as it looks.
      const part = i === 0 || cell.heading ? cell : { text: '', heading: false }
      if (this.#cell.rows > 1) this.#next.set(row.length, { rows: this.#cell.rows - 1, cell: part })
      row.push(part)
    }
    this.#fill()
  }

  /** Puts the cells that reach down into this row where they belong. */
  #fill(): void {
    const row = this.rows.at(-1)!
    for (let carried = this.#due.get(row.length); carried !== undefined; carried = this.#due.get(row.length)) {
      if (carried.rows > 1) this.#next.set(row.length, { ...carried, rows: carried.rows - 1 })
      row.push(carried.cell)
    }
  }
}
