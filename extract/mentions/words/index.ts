// Word lists: what kind of thing a word speaks of.
export { CLUB_FORMS, FOR_HEADS, HYPHEN_HEADS, HYPHEN_TAILS, LEGAL_FORMS, LOC_OPENERS, LOC_WORDS, MISC_WORDS, NO_ACRONYMS, OF_HEADS, ORG_OPENERS, ORG_WORDS, PARTICLES, PERSON_VERBS, POSSESSIVE_HEADS } from './cues.ts'
export { isCommonWord } from './frequent.ts'
export { NOUN_GROUPS, isPlural, neighbours, nounCoarse, nounGender, sameGroup, singular } from './nouns.ts'
export { GREETINGS, NAMING_TITLES, TITLES, firstName } from './people.ts'
export { knownClass, type NameClass } from './places.ts'
