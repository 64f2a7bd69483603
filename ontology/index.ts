export type { CoarseType, EntityType, GazetteerEntry, LiteralKind, Ontology, OntologyProblem, Relation, RelationExample } from './ontology.ts'
export { LITERAL_KINDS } from './ontology.ts'
export type { CompiledOntology } from './compile.ts'
