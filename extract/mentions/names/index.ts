export { findNames } from './find.ts'
export { PRONOUNS } from './units.ts'
