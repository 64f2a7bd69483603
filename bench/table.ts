// Rows -> a table in Markdown, as the benchmarks print it.

/** Writes the columns of `head` for each row; numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const written = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US', { maximumFractionDigits: 2 }) : cell)))
  const widths = head.map((title, column) => Math.max(title.length, 3, ...written.map((row) => row[column]?.length ?? 0)))
  const right = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number' || row[column] === ''))
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => (right[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join(' | ')} |`
  const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${right[column] ? ':' : '-'}`).join('|')}|`
  return [line(head), rule, ...written.map(line)].join('\n')
}
