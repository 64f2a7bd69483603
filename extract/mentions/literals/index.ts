export { findLiterals } from './find.ts'
export type { LiteralSpan } from './literal.ts'
