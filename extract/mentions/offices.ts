// Words of offices: what somebody is elected, appointed or born to.
import { singular } from './words/index.ts'

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u))

/** Nouns for what somebody is elected, appointed or born to. */
const OFFICES = set(`
president minister premier chancellor governor senator mayor ambassador consul secretary treasurer speaker king queen emperor empress sultan prince princess duke duchess monarch regent viceroy
bishop archbishop cardinal patriarch pope abbot dean rector provost professor chair chairman chairwoman chairperson director ceo head chief commissioner commander admiral general marshal prosecutor ombudsman representative envoy manager coach curator`)
/** What stands before such a noun and belongs to it. */
export const RANKS: ReadonlySet<string> = set('vice deputy prime lieutenant assistant associate chief managing executive general attorney foreign interim honorary high permanent special')
/** What stands between it and what it is held of. */
export const JOINING: ReadonlySet<string> = set('of for to')

/** Whether a noun in lower case is an office's: `president`, `vice-president`. */
export function isOfficeNoun(noun: string): boolean {
  return OFFICES.has(singular(noun.split('-').at(-1)!))
}

/** Whether a text names an office and what it is held of: `third President of Kosovo`. */
export function isOffice(text: string): boolean {
  const words = text.toLowerCase().split(/\s+/u)
  return words.some((word, at) => isOfficeNoun(word) && JOINING.has(words[at + 1] ?? '') && at + 2 < words.length)
}
