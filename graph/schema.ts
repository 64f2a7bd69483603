// Ontology -> constraints and indexes of Neo4j: what the loader looks up by, what people search by, one uniqueness constraint per relation.
import type { CompiledOntology } from '../ontology/index.ts'
import { quote } from './cypher.ts'

const UNIQUE = ['Entity', 'Document', 'Passage', 'Evidence', 'Candidate', 'Decision', 'Literal', 'Chain', 'OntologyType', 'OntologyRelation', 'GraphloomFact', 'GraphloomPending'] as const

const INDEXES = {
  entity_type: ['Entity', 'collection', 'type'],
  entity_page: ['Entity', 'collection', 'id'],
  entity_master: ['Entity', 'masterId'],
  document_page: ['Document', 'collection', 'id'],
  document_uri: ['Document', 'uri'],
  passage_document: ['Passage', 'document'],
  chain_document: ['Chain', 'document'],
  chain_block: ['Chain', 'block'],
  chain_entity: ['Chain', 'entity'],
  chain_unit: ['Chain', 'unit'],
  key_block: ['GraphloomKey', 'block'],
  key_document: ['GraphloomKey', 'document'],
  evidence_document: ['Evidence', 'document'],
  evidence_fact: ['Evidence', 'factId'],
  fact_head: ['GraphloomFact', 'head', 'relation'],
  fact_tail: ['GraphloomFact', 'tail', 'relation'],
  fact_relation: ['GraphloomFact', 'collection', 'relation'],
  fact_page: ['GraphloomFact', 'collection', 'id'],
  pending_kind: ['GraphloomPending', 'collection', 'kind', 'key'],
} as const satisfies Record<string, readonly [label: string, ...properties: string[]]>

/** Statements that make the schema; each is harmless when it was run before. */
export function schemaStatements(ontology: CompiledOntology): readonly string[] {
  const relations = Object.keys(ontology.ontology.relations).sort()
  return [
    ...UNIQUE.map((label) => `CREATE CONSTRAINT graphloom_${label.toLowerCase()}_id IF NOT EXISTS FOR (n:${quote(label)}) REQUIRE n.id IS UNIQUE`),
    'CREATE CONSTRAINT graphloom_collection_name IF NOT EXISTS FOR (n:GraphloomCollection) REQUIRE n.name IS UNIQUE',
    ...relations.map((name) => `CREATE CONSTRAINT ${quote(`graphloom_relation_${name}`)} IF NOT EXISTS FOR ()-[k:${quote(name)}]-() REQUIRE k.id IS UNIQUE`),
    ...Object.entries(INDEXES).map(([name, [label, ...properties]]) => `CREATE INDEX graphloom_${name} IF NOT EXISTS FOR (n:${quote(label)}) ON (${properties.map((property) => `n.${property}`).join(', ')})`),
    'CREATE FULLTEXT INDEX graphloom_entity_names IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.aliases]',
    'CREATE FULLTEXT INDEX graphloom_passage_texts IF NOT EXISTS FOR (n:Passage) ON EACH [n.text]',
  ]
}

/** Waits until the indexes can be used. */
export const AWAIT_INDEXES = 'CALL db.awaitIndexes(300)'
