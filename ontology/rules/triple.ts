// What validation looks at: the ends of a statement by key and type, and its score.
import type { LiteralKind } from '../ontology.ts'

export interface ValidationTriple {
  readonly head: { readonly key: string; readonly type: string }
  readonly relation: string
  readonly tail: { readonly key: string; readonly type?: string; readonly literal?: LiteralKind }
  readonly score: number
}

export type ValidationRule = 'domain' | 'range' | 'irreflexive' | 'inverse-duplicate' | 'disjoint' | 'functional' | 'cardinality' | 'acyclic'
