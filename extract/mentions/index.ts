export type { Agreement, Literal, Mention, MentionKind } from './mention.ts'
