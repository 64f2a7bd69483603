export { createTokenizer, loadTokenizer } from './wordpiece.ts'
export type { Pieces, Tokenizer } from './tokenizer.ts'
