// Ontologies -> the queries that people begin with, in the words of the ontology.
import type { Ontology } from '../../ontology/index.ts'
import { quote } from '../cypher.ts'
import { byCodeUnit } from '../identity.ts'
import type { ExampleFact } from './example.ts'
import { typesInOrder } from './style.ts'

/** A slide of the guide, and a part of the saved queries. */
export type Topic = 'overview' | 'entity' | 'evidence' | 'review' | 'changes' | 'schema' | 'types' | 'relations'

export interface SavedQuery {
  readonly topic: Topic
  readonly title: string
  readonly cypher: string
}

const PLACEHOLDER: ExampleFact = { id: 'fact:…', relation: '', head: 'a name', tail: 'another name' }

/** Every query of the guide, in its order; without an example, the places for names say so. */
export function savedQueries(ontologies: readonly Ontology[], example: ExampleFact = PLACEHOLDER): readonly SavedQuery[] {
  return [...overview(), ...entity(example), ...evidence(example), ...review(), ...changes(), ...schema(), ...byType(ontologies), ...byRelation(ontologies)]
}

function overview(): readonly SavedQuery[] {
  return [
    { topic: 'overview', title: 'A first look at the graph', cypher: "MATCH (a:Entity)-[k]->(b)\nWHERE type(k) <> 'SAME_AS'\nRETURN a, k, b LIMIT 150" },
    { topic: 'overview', title: 'Entities by type', cypher: 'MATCH (n:Entity)\nWHERE n.mergedInto IS NULL\nRETURN n.type AS type, count(*) AS entities\nORDER BY entities DESC, type' },
    { topic: 'overview', title: 'Facts by relation and status', cypher: 'MATCH (f:GraphloomFact)\nRETURN f.relation AS relation, f.status AS status, count(*) AS facts\nORDER BY relation, status' },
    { topic: 'overview', title: 'Documents by collection', cypher: 'MATCH (d:Document)\nRETURN d.collection AS collection, count(*) AS documents\nORDER BY collection' },
  ]
}

function entity({ head, tail }: ExampleFact): readonly SavedQuery[] {
  return [
    {
      topic: 'entity', title: 'Search by name or alias',
      cypher: `CALL db.index.fulltext.queryNodes('graphloom_entity_names', ${words(head)})\nYIELD node AS n, score\nRETURN n.name AS name, n.type AS type, n.aliases AS aliases, n.support AS documents, score\nORDER BY score DESC, name LIMIT 20`,
    },
    { topic: 'entity', title: 'One entity and its facts', cypher: `${named('n', head)}\nOPTIONAL MATCH (n)-[k]-(m)\nRETURN n, k, m LIMIT 100` },
    {
      topic: 'entity', title: 'Its facts as a table',
      cypher: `${named('n', head)}\nMATCH (n)-[k]-(m)\nRETURN startNode(k).name AS head, type(k) AS relation, endNode(k).name AS tail, k.score AS score, k.support AS documents, k.id AS fact\nORDER BY score DESC, fact LIMIT 100`,
    },
    { topic: 'entity', title: 'All that is kept on it', cypher: `${named('n', head)}\nRETURN properties(n) AS card` },
    { topic: 'entity', title: 'How two entities are connected', cypher: `${named('a', head)}\n${named('b', tail)}\nMATCH path = shortestPath((a)-[*..4]-(b))\nRETURN path` },
  ]
}

function evidence({ id, relation, head }: ExampleFact): readonly SavedQuery[] {
  const edge = relation === '' ? '[k]' : `[k:${quote(relation)} {id: ${text(id)}}]`
  // In a small graph the planner would rather walk through the whole index.
  const hint = relation === '' ? '' : `\nUSING INDEX SEEK k:${quote(relation)}(id)`
  return [
    {
      topic: 'evidence', title: 'The words behind every fact of an entity',
      cypher: `${named('n', head)}\nMATCH (n)-[k]-()\nMATCH (e:Evidence {factId: k.id})-[:FROM]->(p:Passage)-[:PART_OF]->(d:Document)\nRETURN startNode(k).name AS head, type(k) AS relation, endNode(k).name AS tail, e.quote AS quote, d.name AS document, p.page AS page, e.score AS score\nORDER BY score DESC, quote LIMIT 50`,
    },
    {
      topic: 'evidence', title: 'From one edge to the words, as a graph',
      cypher: `MATCH (h:Entity)-${edge}->(t)${hint}\nMATCH (e:Evidence {factId: k.id})-[f:FROM]->(p:Passage)-[o:PART_OF]->(d:Document)\nRETURN h, k, t, e, f, p, o, d LIMIT 50`,
    },
    {
      topic: 'evidence', title: 'Passages that speak of something',
      cypher: `CALL db.index.fulltext.queryNodes('graphloom_passage_texts', ${words(head)})\nYIELD node AS p, score\nMATCH (p)-[:PART_OF]->(d:Document)\nRETURN p.text AS text, d.name AS document, p.page AS page, score\nORDER BY score DESC, text LIMIT 20`,
    },
  ]
}

function review(): readonly SavedQuery[] {
  return [
    {
      topic: 'review', title: 'Facts that wait for a person, the surest first',
      cypher: 'MATCH (c:Candidate)\nWHERE c.score > 0\nWITH c ORDER BY c.score DESC LIMIT 50\nCALL (c) {\n  MATCH (e:Evidence {factId: c.id})\n  RETURN e ORDER BY e.score DESC, e.id LIMIT 1\n}\nRETURN c.name AS claim, c.score AS score, e.quote AS quote, e.uri AS document, c.id AS fact\nORDER BY score DESC, fact',
    },
    { topic: 'review', title: 'How many of each relation', cypher: 'MATCH (c:Candidate)\nRETURN c.relation AS relation, count(*) AS waiting\nORDER BY waiting DESC, relation' },
  ]
}

function changes(): readonly SavedQuery[] {
  return [
    { topic: 'changes', title: 'Documents read last', cypher: "MATCH (d:Document)\nWHERE d.seen > ''\nRETURN d.seen AS read, d.name AS document, d.uri AS uri, d.collection AS collection\nORDER BY d.seen DESC LIMIT 25" },
    {
      topic: 'changes', title: 'Facts that changed last',
      cypher: "MATCH (c:GraphloomCollection)\nCALL (c) {\n  MATCH (f:GraphloomFact {collection: c.name})\n  USING INDEX SEEK f:GraphloomFact(collection, lastSeen, id)\n  WHERE f.lastSeen > '' AND f.id > ''\n  RETURN f ORDER BY f.lastSeen DESC LIMIT 50\n}\nRETURN f.lastSeen AS changed, f.name AS fact, f.status AS status, f.reason AS reason, f.score AS score, c.name AS collection\nORDER BY changed DESC, fact LIMIT 50",
    },
    { topic: 'changes', title: 'What people decided last', cypher: 'MATCH (d:Decision)\nRETURN d.at AS at, d.by AS who, d.kind AS kind, d.name AS decision, d.undone AS undone\nORDER BY at DESC LIMIT 50' },
    { topic: 'changes', title: 'Entities that were merged, and why', cypher: 'MATCH (a:Entity)-[s:SAME_AS]->(b:Entity)\nRETURN a, s, b LIMIT 100' },
  ]
}

function schema(): readonly SavedQuery[] {
  return [
    {
      topic: 'schema', title: 'The ontology as a graph',
      cypher: 'MATCH (t:OntologyType)\nOPTIONAL MATCH (t)-[s:SUBTYPE_OF]->(p)\nOPTIONAL MATCH (r:OntologyRelation)-[e:DOMAIN|RANGE]->(t)\nRETURN t, s, p, r, e LIMIT 300',
    },
    {
      topic: 'schema', title: 'Its relations as a table',
      cypher:
        'MATCH (r:OntologyRelation)\nRETURN r.name AS relation, r.label AS label, COLLECT { MATCH (r)-[:DOMAIN]->(t) RETURN t.name ORDER BY t.name } AS heads,\n  coalesce(r.literal, COLLECT { MATCH (r)-[:RANGE]->(t) RETURN t.name ORDER BY t.name }) AS tails, r.description AS description\nORDER BY relation',
    },
    { topic: 'schema', title: 'Labels and relationship types of the database', cypher: 'CALL db.schema.visualization()' },
  ]
}

function byType(ontologies: readonly Ontology[]): readonly SavedQuery[] {
  return [...typesInOrder(ontologies)].sort(byCodeUnit).map((type) => ({ topic: 'types', title: type, cypher: `MATCH (n:${quote(type)})\nOPTIONAL MATCH (n)-[k]->(m)\nRETURN n, k, m LIMIT 100` }))
}

/** A relation with one literal at most is a property of its head. */
function byRelation(ontologies: readonly Ontology[]): readonly SavedQuery[] {
  const relations = new Map(ontologies.flatMap((ontology) => Object.entries(ontology.relations)))
  return [...relations].sort(([a], [b]) => byCodeUnit(a, b)).map(([name, { label, literal, functional, domain }]) => ({
    topic: 'relations', title: label === '' ? name : label,
    cypher:
      literal !== undefined && functional
        ? `MATCH (n:${[...domain].sort(byCodeUnit).map(quote).join('|')})\nWHERE n.${quote(name)} IS NOT NULL\nRETURN n.name AS name, n.type AS type, n.${quote(name)} AS ${quote(label === '' ? name : label)} LIMIT 100`
        : `MATCH (h)-[k:${quote(name)}]->(t)\nRETURN h, k, t LIMIT 100`,
  }))
}

/** The entity that a name fits best. */
function named(variable: string, name: string): string {
  return `CALL db.index.fulltext.queryNodes('graphloom_entity_names', ${words(name)}, {limit: 1}) YIELD node AS ${variable}`
}

/** A Cypher string. */
function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replace(/\s+/gu, ' ')}'`
}

/** A name as a phrase of the full-text index, whose own signs it must not speak. */
function words(name: string): string {
  return text(`"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)
}
