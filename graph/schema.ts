// Ontology -> constraints and indexes of Neo4j: what the loader looks up by, what people search by, one uniqueness constraint per relation.
import type { CompiledOntology } from '../ontology/index.ts'
import { quote } from './cypher.ts'

const UNIQUE = ['Entity', 'Document', 'Passage', 'Evidence', 'Candidate', 'Decision', 'Literal', 'Chain', 'GraphloomProfile', 'OntologyType', 'OntologyRelation', 'GraphloomFact', 'GraphloomPending'] as const

const INDEXES = {
  entity_type_page: ['Entity', 'collection', 'type', 'id'],
  entity_page: ['Entity', 'collection', 'id'],
  entity_master_page: ['Entity', 'collection', 'masterId', 'id'],
  document_page: ['Document', 'collection', 'id'],
  document_uri: ['Document', 'uri'],
  document_uri_page: ['Document', 'collection', 'uri', 'id'],
  document_seen: ['Document', 'seen'],
  passage_document: ['Passage', 'document'],
  passage_place: ['Passage', 'document', 'sentence'],
  chain_document: ['Chain', 'document'],
  chain_entity: ['Chain', 'entity'],
  chain_unit: ['Chain', 'unit'],
  key_block: ['GraphloomKey', 'block'],
  key_profile: ['GraphloomKey', 'profile'],
  evidence_document: ['Evidence', 'document'],
  evidence_fact: ['Evidence', 'factId'],
  fact_head_page: ['GraphloomFact', 'head', 'id'],
  fact_tail_page: ['GraphloomFact', 'tail', 'id'],
  fact_relation_scored: ['GraphloomFact', 'collection', 'relation', 'status', 'id', 'score'],
  fact_status_page: ['GraphloomFact', 'collection', 'status', 'id'],
  fact_time: ['GraphloomFact', 'collection', 'lastSeen', 'id'],
  fact_value_key: ['GraphloomFact', 'collection', 'valueKey', 'id'],
  fact_page: ['GraphloomFact', 'collection', 'id'],
  candidate_score: ['Candidate', 'score'],
  pending_kind: ['GraphloomPending', 'collection', 'kind', 'key'],
} as const satisfies Record<string, readonly [label: string, ...properties: string[]]>

/** Indexes of earlier versions, in whose place others stand. */
export const DROPPED = ['fact_value', 'entity_type', 'entity_master', 'fact_head', 'fact_tail', 'fact_relation', 'fact_relation_page', 'chain_block', 'key_document'] as const

/** A statement that makes the constraint or index of this name. */
export interface SchemaPart {
  readonly name: string
  readonly statement: string
}

/** What is made for an ontology: one uniqueness constraint a relation. */
export function relationSchema(ontology: CompiledOntology): readonly SchemaPart[] {
  return Object.keys(ontology.ontology.relations).sort().map((relation) => {
    const name = `graphloom_relation_${relation}`
    return { name, statement: `CREATE CONSTRAINT ${quote(name)} IF NOT EXISTS FOR ()-[k:${quote(relation)}]-() REQUIRE k.id IS UNIQUE` }
  })
}

/** What every graph has. */
export function baseSchema(): readonly SchemaPart[] {
  return [
    ...UNIQUE.map((label) => ({ name: `graphloom_${label.toLowerCase()}_id`, statement: `CREATE CONSTRAINT graphloom_${label.toLowerCase()}_id IF NOT EXISTS FOR (n:${quote(label)}) REQUIRE n.id IS UNIQUE` })),
    { name: 'graphloom_collection_name', statement: 'CREATE CONSTRAINT graphloom_collection_name IF NOT EXISTS FOR (n:GraphloomCollection) REQUIRE n.name IS UNIQUE' },
    ...Object.entries(INDEXES).map(([key, [label, ...properties]]) => {
      const name = `graphloom_${key}`
      return { name, statement: `CREATE INDEX ${name} IF NOT EXISTS FOR (n:${quote(label)}) ON (${properties.map((property) => `n.${property}`).join(', ')})` }
    }),
    { name: 'graphloom_entity_names', statement: 'CREATE FULLTEXT INDEX graphloom_entity_names IF NOT EXISTS FOR (n:Entity) ON EACH [n.name, n.aliases]' },
    { name: 'graphloom_passage_texts', statement: 'CREATE FULLTEXT INDEX graphloom_passage_texts IF NOT EXISTS FOR (n:Passage) ON EACH [n.text]' },
  ]
}

/** Names of all constraints' and plain indexes, and what takes one away. */
export const SCHEMA_NAMES = 'SHOW INDEXES YIELD name RETURN name'
export const dropIndex = (name: (typeof DROPPED)[number]): string => `DROP INDEX graphloom_${name} IF EXISTS`

/** Waits until the indexes can be used. */
export const AWAIT_INDEXES = 'CALL db.awaitIndexes(300)'
