export { isReserved, RESERVED_NAMES } from './finding.ts'
export { typeRules } from './entity-types.ts'
export { relationRules } from './relations.ts'
