// The ontology as users write it, after loading: plain data, every default filled in.

export type LiteralKind = 'date' | 'number' | 'quantity' | 'string' | 'url' | 'boolean'

export const LITERAL_KINDS = ['date', 'number', 'quantity', 'string', 'url', 'boolean'] as const satisfies readonly LiteralKind[]

/** Coarse types that recognizers know; `ner:` hints turn them into the user's types. */
export type CoarseType = 'PER' | 'ORG' | 'LOC' | 'MISC'

export const COARSE_TYPES: readonly CoarseType[] = ['PER', 'ORG', 'LOC', 'MISC']

/** A name of the gazetteer; `id` is the user's master-data key. */
export interface GazetteerEntry {
  readonly id?: string
  readonly name: string
  readonly aliases: readonly string[]
}

export interface EntityType {
  readonly name: string
  readonly description: string
  readonly parents: readonly string[]
  readonly ner: readonly CoarseType[]
  /** `names:` of the file and the rows of its `gazetteer:` file. */
  readonly gazetteer: readonly GazetteerEntry[]
  /** Sources of regular expressions, compiled with the `gu` flags. */
  readonly patterns: readonly string[]
}

/** A marked sentence that states (or, negative, does not state) a relation. */
export interface RelationExample {
  readonly relation: string
  readonly text: string
  /** Half-open UTF-16 ranges into `text`. */
  readonly head: readonly [number, number]
  readonly tail: readonly [number, number]
  readonly negative: boolean
}

export interface Relation {
  readonly name: string
  readonly label: string
  readonly description: string
  /** Non-empty. */
  readonly domain: readonly string[]
  /** Types, or exactly one literal kind. */
  readonly range: readonly string[]
  readonly literal?: LiteralKind
  readonly aliases: readonly string[]
  /** May be a name that is not declared; where both are declared, each names the other. */
  readonly inverse?: string
  readonly symmetric: boolean
  readonly transitive: boolean
  readonly irreflexive: boolean
  readonly acyclic: boolean
  /** One tail per head. */
  readonly functional: boolean
  /** Most tails per head / heads per tail; absent = no limit. */
  readonly maxTails?: number
  readonly maxHeads?: number
  readonly examples: readonly RelationExample[]
  readonly negatives: readonly RelationExample[]
  /** Target precision in (0, 1); overrides the run's. */
  readonly precision?: number
}

export interface Ontology {
  readonly name: string
  readonly version: string
  readonly namespace: string
  readonly types: Readonly<Record<string, EntityType>>
  readonly relations: Readonly<Record<string, Relation>>
  readonly disjoint: readonly (readonly [string, string])[]
}

/** A problem that `check` found. */
export interface OntologyProblem {
  readonly severity: 'error' | 'warning'
  readonly code: string
  readonly file: string
  /** From 1; 0 where the place is unknown. */
  readonly line: number
  readonly message: string
}
