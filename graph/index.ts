export type { Entity, EntityId } from './entity.ts'
export type { EntityEnd, Evidence, Fact, FactId, FactStatus, LiteralEnd, MentionSpan } from './fact.ts'
