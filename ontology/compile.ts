// Ontology -> look-ups: subtype closure, relations allowed between two types, one stamp for provenance.
import type { CoarseType, LiteralKind, Ontology, Relation } from './ontology.ts'

export interface CompiledOntology {
  readonly ontology: Ontology
  /** `name@version`. */
  readonly stamp: string
  /** sha256 of the canonical content, examples included: changes when anything that can change a result does. */
  readonly hash: string
  /** Reflexive: is `type` the type `ancestor` or one of its descendants? */
  isA(type: string, ancestor: string): boolean
  /** `type` and all its ancestors, itself first. */
  ancestors(type: string): readonly string[]
  /** User types hinted for a coarse type, most specific first, sorted by name among equals. */
  typesFor(coarse: CoarseType): readonly string[]
  /** Relations with an entity tail allowed from `head` to `tail`, sorted by name. */
  relationsBetween(head: string, tail: string): readonly Relation[]
  /** Relations with a literal tail of this kind allowed from `head`, sorted by name. */
  literalRelations(head: string, kind: LiteralKind): readonly Relation[]
  /** Can no entity be of both? Inherited by subtypes. */
  disjoint(a: string, b: string): boolean
}
