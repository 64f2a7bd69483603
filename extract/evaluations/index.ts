export { evaluate } from './evaluate.ts'
export type { Evaluation, Quality, ReliabilityBin } from './evaluation.ts'
export { parseGold } from './gold.ts'
export type { GoldDocument } from './gold.ts'
