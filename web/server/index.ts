export { explain } from './problem.ts'
export {
  type Collection, type Decision, type Document, type Entity, type EntityDetail, type EntityEnd, type EntityReference, type Evidence, type Fact, type FactStatus, type Job, type LiteralEnd,
  type MentionSpan, type NewDecision, type Ontology, type Page, type Passage, type Relation, type RelationExample, type Span, type Subgraph, isLiteral,
} from './records.ts'
export { type Paged, type Server, type ServerOptions, connect } from './server.ts'
