export { type Mark, type MarkedRange, type Piece, markText, rangeOf } from './mark.ts'
export { MarkedText } from './marked-text.tsx'
export { Quote } from './quote.tsx'
