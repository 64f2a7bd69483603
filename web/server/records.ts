// What the API answers, by the types of its own client, under the names that the page uses.
import type { AnswerTo } from '../../api/client.ts'

type ItemOf<List> = List extends { readonly items: readonly (infer Item)[] } ? Item : never

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next?: string | undefined
}
export type Collection = ItemOf<AnswerTo<'get', '/v1/collections'>>
export type Ontology = AnswerTo<'get', '/v1/ontology'>
export type OntologyType = Ontology['types'][number]
export type Relation = Ontology['relations'][number]
export type RelationExample = NonNullable<Relation['examples']>[number]
export type Entity = ItemOf<AnswerTo<'get', '/v1/entities'>>
export type EntityDetail = AnswerTo<'get', '/v1/entities/:id'>
export type Fact = ItemOf<AnswerTo<'get', '/v1/facts'>>
export type FactStatus = Fact['status']
export type EntityEnd = Fact['head']
export type LiteralEnd = Exclude<Fact['tail'], EntityEnd>
export type EvidenceInContext = ItemOf<AnswerTo<'get', '/v1/facts/:id/evidence'>>
/** With the words around it where they were asked for. */
export type Evidence = Omit<EvidenceInContext, 'context' | 'passage'> & Partial<Pick<EvidenceInContext, 'context' | 'passage'>>
export type MentionSpan = Evidence['head']
export type Span = Pick<MentionSpan, 'start' | 'end'>
export type Passage = ItemOf<AnswerTo<'get', '/v1/documents/:id/passages'>>
export type Document = AnswerTo<'get', '/v1/documents/:id'>
export type Subgraph = AnswerTo<'get', '/v1/subgraph'>
export type Job = AnswerTo<'get', '/v1/jobs/:id'>
export type Decision = ItemOf<AnswerTo<'get', '/v1/decisions'>>
/** An entity as a decision names it. */
export type EntityReference = Extract<Decision, { readonly entity: unknown }>['entity']

/** What a reviewer says; the server adds who and when. */
export type NewDecision =
  | { readonly kind: 'accept' | 'reject'; readonly fact: string }
  | { readonly kind: 'correct'; readonly fact: string; readonly relation: string; readonly turned: boolean }
  | { readonly kind: 'merge'; readonly entity: string; readonly other: string }
  | { readonly kind: 'split'; readonly entity: string; readonly documents: readonly string[] }
  | { readonly kind: 'retype'; readonly entity: string; readonly type: string }

export const isLiteral = (end: EntityEnd | EntityReference | LiteralEnd): end is LiteralEnd => 'literal' in end
