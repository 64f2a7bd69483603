export { type AllowedRelation, COLOURS, type Vocabulary, vocabularyOf } from './vocabulary.ts'
