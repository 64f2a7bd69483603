// Port: what keeps a graph. Two layers: claims (one document at a time, whole or not at all) and what is derived from them.
// What is still to be derived is kept as pending keys, written in the same transaction as the change that made it so.
import type { CompiledOntology, Ontology } from '../ontology/index.ts'
import type { ChainRow, DocumentClaims, EvidenceRow, Profile, Statement, Tally } from './claim.ts'
import type { DecisionKind, DecisionRow } from './decision.ts'
import type { Entity, EntityId } from './entity.ts'
import type { FactId, FactStatus, LiteralEnd } from './fact.ts'

export interface WriteCounts {
  readonly created: number
  readonly updated: number
  readonly deleted: number
}

export interface DocumentVersion {
  readonly id: string
  readonly uri: string
  readonly sha256: string
  readonly stamp: string
  /** Digest of the claims. */
  readonly hash: string
  /** When it was committed. */
  readonly seen: string
}

/** What must be derived anew: a block of chains, the fact that a decision is about, a document's evidence, a fact, the facts of a relation that limit each other, an entity that may have lost its last chain. */
export type PendingKind = 'block' | 'decision' | 'document' | 'fact' | 'scope' | 'entity'

export interface Pending {
  readonly kind: PendingKind
  readonly key: string
  /** Grows with every mark: clearing what was read does not clear what was marked since. */
  readonly version: number
}

export type Mark = Pick<Pending, 'kind' | 'key'>

/** An entity as kept; one with `into` was merged into another and is kept to undo that. */
export interface EntityRow extends Omit<Entity, 'collection' | 'documents'> {
  /** Number of documents that mention it. */
  readonly support: number
  readonly into?: EntityId
  readonly reason?: string
  readonly score?: number
}

/** A fact as kept, without its evidence. */
export interface FactRow {
  readonly id: FactId
  readonly head: EntityId
  readonly relation: string
  readonly tail: EntityId | LiteralEnd
  readonly score: number
  /** What its evidence makes of it, and what is left of that beside the other facts. */
  readonly claimed: 'accepted' | 'review'
  readonly status: FactStatus
  readonly reason?: string
  readonly support: number
  /** Up to five ids of evidence, best first. */
  readonly evidence: readonly string[]
  readonly ontology: string
  readonly model: string
}

/** A fact as far as others limit it. */
export type Contender = Pick<FactRow, 'id' | 'head' | 'relation' | 'tail' | 'score' | 'claimed' | 'status' | 'reason'>

/** What a chain, or all chains of a profile, stand for from now on. */
export type Move = ({ readonly chain: string } | { readonly profile: string }) & { readonly unit: EntityId; readonly entity: EntityId }

/** Moves; of profiles, the chains of the documents `apart` stay where they are. Documents whose chains come to another entity are marked. */
export interface Moves {
  readonly rows: readonly Move[]
  readonly apart: readonly string[]
}

/** Entities with the profiles that their chains have, but for chains in `apart`. */
export interface Spread {
  readonly id: string
  readonly profiles: readonly string[]
  /** Documents that are not counted. */
  readonly known: readonly string[]
}

/** One change of the derived layer, whole or not at all; only moves of very many chains may go in parts, after all else is written and before anything is cleared. Every list is sorted by key. */
export interface Change {
  readonly entities?: readonly EntityRow[]
  readonly removedEntities?: readonly EntityId[]
  readonly moves?: Moves
  readonly evidence?: readonly { readonly id: string; readonly fact: FactId | null }[]
  readonly facts?: readonly FactRow[]
  readonly removedFacts?: readonly FactId[]
  readonly decisions?: readonly { readonly id: string; readonly fact?: FactId; readonly into?: FactId }[]
  readonly mark?: readonly Mark[]
  readonly clear?: readonly Pending[]
}

export interface Page {
  readonly after?: string
  readonly limit: number
}

/** Decisions by id, by the blocks that they depend on, by the facts that they are about or lead to; or a page of all, or of a kind. */
export type DecisionQuery = { readonly ids: readonly string[] } | { readonly keys: readonly string[] } | { readonly facts: readonly string[] } | { readonly page: Page; readonly kind?: DecisionKind }

export interface StoredFact {
  readonly fact: FactRow
  readonly head: { readonly name: string; readonly type: string }
  readonly tail?: { readonly name: string; readonly type: string }
}

export interface Statistics {
  readonly documents: number
  readonly passages: number
  readonly chains: number
  readonly evidence: number
  readonly entities: number
  readonly merged: number
  readonly facts: Readonly<Record<FactStatus, number>>
  readonly pending: number
}

/** Every list that it returns is sorted by id; every method but `close` may be called again after a failure. */
export interface GraphStore {
  /**
   * Runs `work` while no other opened store writes this graph, after waiting for its turn. Work that loses its turn is done again; its writes fail in between.
   * Must not be called from within.
   */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>
  /** Makes tables, constraints and indexes; harmless when they are there. */
  prepare(ontology: CompiledOntology): Promise<void>
  /** Collections with the ontology that each was last written under; sorted by name. */
  collections(): Promise<readonly { readonly name: string; readonly ontology: Ontology }[]>
  saveOntology(collection: string, ontology: Ontology): Promise<void>

  /** Versions of the documents whose id or URI is among `keys`. */
  versions(collection: string, keys: readonly string[]): Promise<readonly DocumentVersion[]>
  /** Versions of the documents that are members of these archives, at any depth. */
  within(collection: string, archives: readonly string[]): Promise<readonly DocumentVersion[]>
  /** A page of documents with all their claims, by id. */
  claims(collection: string, page: Page): Promise<readonly DocumentClaims[]>
  /** Deletes the claims of `removed`, then writes `added`, and marks what depends on either as pending: one transaction. */
  replace(collection: string, removed: readonly string[], added: readonly DocumentClaims[], now: string): Promise<void>

  pending(collection: string, kind: PendingKind, limit: number): Promise<readonly Pending[]>
  /** Profiles of chains that have one of the keys. */
  profiles(collection: string, keys: readonly string[]): Promise<readonly Profile[]>
  /** Chains of the profiles, counted together: those that stand for the same, or all of a profile; those of the documents `apart` stand alone. */
  tallies(collection: string, profiles: readonly string[], by: 'entity' | 'profile', apart: readonly string[]): Promise<readonly Tally[]>
  /** Number of documents and names of each, whatever it stands for so far. */
  spread(collection: string, of: readonly Spread[], apart: readonly string[]): Promise<readonly { readonly id: string; readonly documents: number; readonly aliases: readonly string[] }[]>
  /** A page of the chains of a profile, one by one, in an order of the store's own; `after` is the id of a chain. */
  chains(collection: string, profile: string, page: Page): Promise<readonly ChainRow[]>
  /** Chains of entities, or of units merged into them. */
  members(collection: string, entities: readonly string[]): Promise<readonly ChainRow[]>
  /** Undone ones included. */
  decisions(collection: string, of: DecisionQuery): Promise<readonly DecisionRow[]>
  /** Writes decisions, in place of those with their ids, and marks: one transaction. */
  putDecisions(collection: string, rows: readonly DecisionRow[], mark: readonly Mark[]): Promise<void>
  /** Evidence by document or by fact; by document, then index. */
  evidence(collection: string, of: { readonly documents: readonly string[] } | { readonly facts: readonly string[] }): Promise<readonly EvidenceRow[]>
  /** Evidence of facts as far as they are merged from it, in pages; that of one fact comes by document, then index. */
  statements(collection: string, facts: readonly string[]): AsyncIterable<readonly Statement[]>
  entities(collection: string, ids: readonly string[]): Promise<readonly EntityRow[]>
  /** Which of these no chain belongs to. */
  orphans(collection: string, entities: readonly string[]): Promise<readonly EntityId[]>
  /** Facts by id, or of a relation from some heads. */
  facts(collection: string, of: { readonly ids: readonly string[] } | { readonly relation: string; readonly heads: readonly string[] }): Promise<readonly FactRow[]>
  /** All facts of a relation. */
  contenders(collection: string, relation: string): Promise<readonly Contender[]>
  /** Ids of facts that have one of the entities as head or tail. */
  factsWith(collection: string, entities: readonly string[]): Promise<readonly FactId[]>
  apply(collection: string, change: Change, now: string): Promise<void>

  /** A page of facts over one collection or all, with the names of their ends. */
  pageFacts(collection: string | undefined, statuses: readonly FactStatus[], page: Page): Promise<readonly (StoredFact & { readonly collection: string })[]>
  /** A page of entities that are not merged into another, with their documents. */
  pageEntities(collection: string | undefined, page: Page): Promise<readonly Entity[]>
  statistics(collection?: string): Promise<Statistics>
  close(): Promise<void>
}
