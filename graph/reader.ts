// Port: what people and programs ask of a graph. The same question has the same answer, in the same order, from every store.
import type { Ontology } from '../ontology/index.ts'
import type { EntityEnd, Evidence, FactId, FactStatus, LiteralEnd } from './fact.ts'
import type { EntityId } from './entity.ts'
import type { Statistics } from './store.ts'

/** At most `limit` items behind `after`, which the page before gave as `next`. */
export interface PageAsked {
  readonly limit: number
  readonly after?: string
}

export interface Listed<Item> {
  readonly items: readonly Item[]
  /** Absent on the last page. */
  readonly next?: string
}

export interface CollectionSummary {
  readonly name: string
  readonly documents: number
  readonly entities: number
  /** Accepted ones. */
  readonly facts: number
}

export interface DocumentSummary {
  readonly id: string
  readonly uri: string
  readonly record?: string
  /** Its title, or its URI where it has none. */
  readonly name: string
  readonly collection: string
  readonly language: string
  readonly sha256: string
  readonly ontology: string
  readonly model: string
  /** When it was committed, ISO 8601. */
  readonly seen: string
}

/** A sentence that is evidence of something; others are not kept. */
export interface PassageText {
  readonly id: string
  readonly document: string
  readonly text: string
  readonly sentence: number
  readonly start: number
  readonly end: number
  readonly page?: number
  readonly section?: string
}

export interface EntitySummary {
  readonly id: EntityId
  readonly name: string
  readonly type: string
  readonly aliases: readonly string[]
  readonly masterId?: string
  /** Number of documents that mention it. */
  readonly support: number
  readonly mentions: number
}

export interface EntityDetail extends EntitySummary {
  /** Ids, sorted; the first thousand. */
  readonly documents: readonly string[]
}

/** A fact as stored, without its evidence. */
export interface FactSummary {
  readonly id: FactId
  readonly head: EntityEnd
  readonly relation: string
  readonly tail: EntityEnd | LiteralEnd
  readonly score: number
  readonly status: FactStatus
  /** Why it was rejected. */
  readonly reason?: string
  readonly support: number
  readonly ontology: string
  readonly model: string
  /** ISO 8601: when it was first written, and when it last changed. */
  readonly firstSeen: string
  readonly lastSeen: string
}

/** A fact as an answer: `in` when it is stored the other way round than it was asked for (inverse or symmetric relation), or when the entity asked about is its tail. */
export interface FoundFact extends FactSummary {
  readonly direction: Direction
}

export type Direction = 'out' | 'in'

export interface EntityQuery {
  /** Words of a name or alias, the last may be half typed; best match first. */
  readonly text?: string
  /** With its subtypes. */
  readonly type?: string
  readonly masterId?: string
  /** A whole name or alias; case, accents and punctuation do not matter. */
  readonly alias?: string
}

export interface FactQuery {
  /** Either end; instead of head and tail. */
  readonly entity?: EntityId
  readonly head?: EntityId
  readonly relation?: string
  /** An entity, or the value of a literal. */
  readonly tail?: string
  /** Type of either end, with its subtypes. */
  readonly type?: string
  readonly statuses?: readonly FactStatus[]
  readonly minScore?: number
  readonly document?: string
  /** Last changed at or after, and before; ISO 8601. Facts asked for by time alone come in its order. */
  readonly since?: string
  readonly until?: string
}

export interface NeighbourQuery {
  readonly relation?: string
  readonly direction?: Direction | 'both'
  readonly statuses?: readonly FactStatus[]
}

export interface Neighbour {
  readonly entity: EntityEnd
  readonly fact: FoundFact
}

export interface EvidenceInContext extends Evidence {
  readonly context: { readonly before: string; readonly quote: string; readonly after: string }
  readonly passage?: PassageText
}

export interface GraphPath {
  /** One more than facts, from the first asked for to the last. */
  readonly entities: readonly EntityEnd[]
  /** `in` where the fact leads backwards. */
  readonly facts: readonly FoundFact[]
}

export interface PathQuery {
  readonly from: EntityId
  readonly to: EntityId
  /** Facts in a path, at most 6. */
  readonly maxLength?: number
  readonly limit?: number
}

export interface SubgraphQuery {
  readonly entity: EntityId
  /** Facts away from the entity, at most 4. */
  readonly depth?: number
  /** Most facts. */
  readonly limit?: number
}

export interface Subgraph {
  readonly entities: readonly EntityEnd[]
  readonly facts: readonly FactSummary[]
}

export interface GraphStatistics extends Statistics {
  /** Entities by type, and accepted facts by relation; sorted by name. */
  readonly types: Readonly<Record<string, number>>
  readonly relations: Readonly<Record<string, number>>
}

/** Every question but `collections` is about one collection; one that does not exist answers as an empty one. Statuses are accepted and review unless given; neighbours, paths and subgraphs take accepted facts unless told. */
export interface GraphReader {
  /** Sorted by name. */
  collections(): Promise<readonly CollectionSummary[]>
  /** Sorted by id. */
  documents(collection: string, query: { readonly uri?: string }, page: PageAsked): Promise<Listed<DocumentSummary>>
  document(collection: string, id: string): Promise<DocumentSummary | undefined>
  /** Of one document, in its order. */
  passages(collection: string, document: string, page: PageAsked): Promise<Listed<PassageText>>
  passage(collection: string, id: string): Promise<PassageText | undefined>
  /** Sorted by id; a search by words, best match first. */
  entities(collection: string, query: EntityQuery, page: PageAsked): Promise<Listed<EntitySummary>>
  /** By id; one that was merged into another answers as that other. */
  entity(collection: string, id: string): Promise<EntityDetail | undefined>
  /** The id itself, or that of the entity which it was merged into. */
  entityId(collection: string, id: string): Promise<EntityId | undefined>
  neighbours(collection: string, entity: EntityId, query: NeighbourQuery, page: PageAsked): Promise<Listed<Neighbour>>
  /** Sorted by id; see `since`. */
  facts(collection: string, query: FactQuery, page: PageAsked): Promise<Listed<FoundFact>>
  fact(collection: string, id: string): Promise<FactSummary | undefined>
  /** By document, then place; `context` is the number of characters on each side. */
  evidence(collection: string, fact: string, options: { readonly context: number }, page: PageAsked): Promise<Listed<EvidenceInContext>>
  /** Paths that pass no entity twice, shortest first. */
  paths(collection: string, query: PathQuery): Promise<readonly GraphPath[]>
  subgraph(collection: string, query: SubgraphQuery): Promise<Subgraph>
  ontology(collection: string): Promise<Ontology | undefined>
  statistics(collection: string): Promise<GraphStatistics>
  close(): Promise<void>
}
