export { Accepted } from './accepted.ts'
export { type Rule, rules } from './rules.ts'
export type { ValidationRule, ValidationTriple } from './triple.ts'
