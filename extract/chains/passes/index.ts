// The sieve's passes, most precise first.
export { linkBeside, linkRelative } from './beside.ts'
export { linkAcronyms, linkExact, linkPeople, linkShortened } from './names.ts'
export { linkNominals } from './nominals.ts'
export { WEIGHTS, candidates, linkPronoun, linkPronouns, signs, type Signs } from './pronouns.ts'
export { linkSpeakers } from './speakers.ts'
