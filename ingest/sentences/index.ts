export { languageOf } from './language.ts'
export { layout, trim } from './layout.ts'
export { splitSentences } from './split.ts'
export { isHeading, withHeaders } from './table.ts'
