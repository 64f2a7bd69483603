export { columnOrder } from './columns.ts'
export { type Glyphs, type Line, linesOf } from './line.ts'
export { joinLines, type Paragraph, paragraphsOf, styleOf } from './paragraphs.ts'
export { dropRunning, type PageLines } from './running.ts'
