export { candidateTypes, looksLike } from './candidates.ts'
export { enumeratePairs } from './enumerate.ts'
export type { Enumeration, EnumerateOptions } from './enumerate.ts'
export type { Pair } from './pair.ts'
