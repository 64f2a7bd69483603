// What one document says, as the graph keeps it: the first layer, from which everything else in the graph is derived.
import type { DocumentId } from '../ingest/index.ts'
import type { EntityId } from './entity.ts'
import type { FactId, LiteralEnd, MentionSpan } from './fact.ts'

/** An evidenced sentence; it belongs to its document, so that equal boilerplate in two documents stays two passages. */
export interface Passage {
  readonly sentence: number
  readonly start: number
  readonly end: number
  readonly text: string
  readonly page?: number
  readonly section?: string
}

/** What resolution looks at, apart from name and type. */
export interface Traits {
  /** Root of the type: entities of two families are never one. */
  readonly family: string
  readonly form: string
  /** Normal forms of aliases that may stand for the entity elsewhere; parts of its own name are left out. */
  readonly others: readonly string[]
  readonly acronym: boolean
  /** Absent for an ordinary name; such a chain meets other documents' chains only through a master-data id (`unnamed`) or shared context (`surname`). */
  readonly local?: 'unnamed' | 'surname'
  /** What the text adds to the name to tell it from its likes: "Illinois" of "Springfield, Illinois", a year of birth. */
  readonly qualifier?: string
  /** Normal forms of names beside it, sorted; kept for surnames only. */
  readonly context: readonly string[]
}

/** An entity's chain in one document. */
export interface ChainClaim {
  readonly index: number
  readonly name: string
  readonly aliases: readonly string[]
  readonly type: string
  readonly masterId?: string
  readonly mentions: number
  /** Blocks in which it is compared with others; sorted, non-empty. */
  readonly keys: readonly string[]
  readonly traits: Traits
}

/** One place where a triple is stated; a triple with three places is three of these. */
export interface EvidenceClaim {
  readonly index: number
  /** Indexes of chains; the tail is a chain or a literal. */
  readonly head: number
  readonly relation: string
  readonly tail: number | LiteralEnd
  readonly tripleScore: number
  readonly tripleStatus: 'accepted' | 'review'
  readonly sentence: number
  readonly start: number
  readonly end: number
  readonly quote: string
  readonly headSpan: MentionSpan
  readonly tailSpan: MentionSpan
  readonly score: number
}

export interface DocumentClaims {
  readonly id: DocumentId
  readonly collection: string
  readonly uri: string
  readonly record?: string
  readonly title: string
  readonly language: string
  readonly sha256: string
  /** What it was extracted with; another stamp means that it must be extracted again. */
  readonly stamp: string
  readonly ontology: string
  readonly model: string
  /** Digest of all that is here: equal hash, nothing to write. */
  readonly hash: string
  readonly passages: readonly Passage[]
  readonly chains: readonly ChainClaim[]
  readonly evidence: readonly EvidenceClaim[]
}

/** A chain as read back, with what resolution made of it. */
export interface ChainRow extends ChainClaim {
  /** `document#index`. */
  readonly id: string
  readonly document: DocumentId
  /** The identity that its name gives it, and the entity that this was merged into (mostly the same). */
  readonly unit?: EntityId
  readonly entity?: EntityId
}

/** What chains have in common that resolution cannot tell apart: a name that stands in every document is one of these, not one a document. */
export interface Profile extends Pick<ChainClaim, 'name' | 'type' | 'masterId' | 'keys'> {
  readonly id: string
  readonly traits: Omit<Traits, 'context'>
}

/** Chains of one profile, mostly those that stand for the same so far; named after the first of them, by document and index. */
export interface Tally {
  /** `document#index` of the first. */
  readonly id: string
  readonly document: DocumentId
  readonly index: number
  readonly profile: string
  readonly count: number
  /** Of all of them. */
  readonly mentions: number
  readonly unit?: EntityId
  readonly entity?: EntityId
  /** There where it is one chain that is looked at by itself. */
  readonly single?: { readonly aliases: readonly string[]; readonly context: readonly string[] }
}

/** What is resolved: equal chains, counted. */
export interface ChainGroup extends Tally, Omit<Profile, 'id'> {}

/** Evidence as read back, with its document and the entities of its ends. */
export interface EvidenceRow extends Omit<EvidenceClaim, 'head' | 'tail'> {
  /** `document#index`. */
  readonly id: string
  readonly document: DocumentId
  readonly uri: string
  readonly record?: string
  readonly page?: number
  readonly section?: string
  readonly ontology: string
  readonly model: string
  readonly head?: EntityId
  readonly tail?: EntityId | LiteralEnd
  readonly fact?: FactId
}

/** Evidence as far as facts are merged from it. */
export type Statement = Pick<EvidenceRow, 'id' | 'document' | 'index' | 'relation' | 'tripleScore' | 'tripleStatus' | 'score' | 'ontology' | 'model' | 'head' | 'tail' | 'fact'>

/** Id of a passage: its document's, with the sentence. */
export function passageId(document: DocumentId, sentence: number): string {
  return `${document}/${sentence}`
}
