// Port: what a store must be able to look up by index for `GraphReader` to be answered. What a question means is decided above, once for all stores.
import type { CompiledOntology } from '../ontology/index.ts'
import type { EvidenceRow, Passage } from './claim.ts'
import type { EntityId } from './entity.ts'
import type { FactId, FactStatus } from './fact.ts'
import type { CollectionSummary, DocumentSummary, FactSummary, GraphStatistics } from './reader.ts'
import type { EntityRow } from './store.ts'
import type { SearchTerms } from './terms.ts'

/** At most `limit` rows whose key is greater than `after`. */
export interface Slice<Key = string> {
  readonly after?: Key
  readonly limit: number
}

/** How well an entity fits a search; rows come by ascending `tier`, descending `support`, ascending id. */
export interface Rank {
  /** 0: the words are its name; 1: an alias of it; 2: its name begins with them; 3: they are among its words. */
  readonly tier: number
  readonly support: number
  readonly id: string
}

export interface RankedEntity {
  readonly row: EntityRow
  readonly tier: number
}

/** Where facts are looked up; of its parts, those that are given must be met. */
export interface FactPlace {
  readonly head?: EntityId
  readonly tail?: EntityId
  /** Value of a literal tail. */
  readonly value?: string
  readonly relations?: readonly string[]
}

/** What facts found there must be, too. */
export interface FactFilter {
  readonly statuses: readonly FactStatus[]
  readonly minScore?: number
  /** Types of either end. */
  readonly types?: readonly string[]
  readonly since?: string
  readonly until?: string
  /** Facts with a literal tail are left out. */
  readonly entityTails?: boolean
}

/** A fact between two entities, no more of it than walking needs. */
export interface Edge {
  readonly id: FactId
  readonly head: EntityId
  readonly tail: EntityId
}

export interface SentencePlace {
  readonly document: string
  readonly sentence: number
}

/** Place in a list of facts: by id, or by time and id. */
export interface FactPoint {
  readonly time?: string
  readonly id: string
}

/** Every list is sorted by id, or as said, and holds no merged entity unless said; nothing is read without an index. */
export interface GraphLookup {
  ontology(collection: string): Promise<CompiledOntology | undefined>
  /** Sorted by name. */
  collections(): Promise<readonly CollectionSummary[]>
  statistics(collection: string): Promise<GraphStatistics>

  documents(collection: string, uri: string | undefined, slice: Slice): Promise<readonly DocumentSummary[]>
  documentsById(collection: string, ids: readonly string[]): Promise<readonly DocumentSummary[]>
  /** By sentence, behind the sentence `after`. */
  passages(collection: string, document: string, slice: Slice<number>): Promise<readonly Passage[]>
  /** For each place: the passages of its document from `around` sentences before to `around` behind, in order. */
  passagesNear(collection: string, places: readonly SentencePlace[], around: number): Promise<readonly (readonly Passage[])[]>

  /** Merged ones, too. */
  entitiesById(collection: string, ids: readonly string[]): Promise<readonly EntityRow[]>
  entities(collection: string, types: readonly string[] | undefined, slice: Slice): Promise<readonly EntityRow[]>
  entitiesByMaster(collection: string, masterId: string, types: readonly string[] | undefined, slice: Slice): Promise<readonly EntityRow[]>
  /** Whose name or an alias has exactly this form. */
  entitiesByForm(collection: string, form: string, types: readonly string[] | undefined, slice: Slice): Promise<readonly EntityRow[]>
  /** In the order of `Rank`. */
  search(collection: string, terms: SearchTerms, types: readonly string[] | undefined, slice: Slice<Rank>): Promise<readonly RankedEntity[]>
  documentsOf(collection: string, entity: EntityId, limit: number): Promise<readonly string[]>

  factsById(collection: string, ids: readonly string[]): Promise<readonly FactSummary[]>
  factsOfDocument(collection: string, document: string): Promise<readonly FactSummary[]>
  facts(collection: string, place: FactPlace, filter: FactFilter, slice: Slice): Promise<readonly FactSummary[]>
  /** By time of the last change, then id; `filter` has since, until or both. */
  factsByTime(collection: string, relations: readonly string[] | undefined, filter: FactFilter, slice: Slice<FactPoint>): Promise<readonly FactSummary[]>
  /** Facts between entities that touch any of these; of each entity's, as head and as tail, the first `each`. */
  edges(collection: string, entities: readonly EntityId[], statuses: readonly FactStatus[], each: number): Promise<readonly Edge[]>
  /** By document, then position, behind `after`. */
  evidence(collection: string, fact: string, slice: Slice<{ readonly document: string; readonly position: number }>): Promise<readonly EvidenceRow[]>
  close(): Promise<void>
}
