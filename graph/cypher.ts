// Every Cypher text that runs, schema aside. Labels and types go through `quote`; all else is a parameter.

/** A label, type or property key of the compiled ontology, quoted; nothing else may be written into a statement. */
export function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``
}

const LABELS = (labels: readonly string[]): string => labels.map((label) => `:${quote(label)}`).join('')

export const READ = {
  collections: 'MATCH (c:GraphloomCollection) RETURN c.name AS name, c.ontology AS ontology ORDER BY name',
  versions: `UNWIND $keys AS key CALL (key) { MATCH (d:Document {id: key}) RETURN d UNION MATCH (d:Document {uri: key}) RETURN d }
    WITH DISTINCT d WHERE d.collection = $collection RETURN d.id AS id, d.uri AS uri, d.sha256 AS sha256, d.stamp AS stamp, d.hash AS hash, d.seen AS seen ORDER BY id`,
  documents: 'MATCH (d:Document) WHERE d.collection = $collection AND d.id > $after RETURN d ORDER BY d.collection, d.id LIMIT $limit',
  passages: 'UNWIND $ids AS id MATCH (p:Passage {document: id}) RETURN p ORDER BY p.document, p.sentence',
  chainsOf: 'UNWIND $ids AS id MATCH (c:Chain {document: id}) RETURN c ORDER BY c.document, c.position',
  evidenceOf: 'UNWIND $ids AS id MATCH (e:Evidence {document: id}) RETURN e ORDER BY e.document, e.position',
  pending: 'MATCH (p:GraphloomPending {collection: $collection, kind: $kind}) WHERE p.key > "" RETURN p.kind AS kind, p.key AS key, p.version AS version ORDER BY p.collection, p.kind, p.key LIMIT $limit',
  profiles: 'UNWIND $blocks AS block MATCH (k:GraphloomKey {block: block}) MATCH (p:GraphloomProfile {id: k.profile}) RETURN DISTINCT p',
  tallies: `UNWIND $profiles AS profile CALL (profile) { MATCH (c:Chain {profile: profile}) WHERE c.id > '' AND NOT c.document IN $apart
      RETURN CASE WHEN $by = 'entity' THEN c.unit END AS unit, CASE WHEN $by = 'entity' THEN c.entity END AS entity, count(*) AS count, sum(c.mentions) AS mentions, min(c.document + '#' + right('00000000' + toString(c.position), 9)) AS place }
    RETURN profile, unit, entity, count, mentions, place`,
  single: 'UNWIND $apart AS document MATCH (c:Chain {document: document}) WHERE c.collection = $collection AND c.profile IN $profiles RETURN c',
  spread: `UNWIND $of AS e CALL (e) { UNWIND e.profiles AS profile MATCH (c:Chain {profile: profile}) WHERE c.id > '' AND NOT c.document IN $apart
      UNWIND CASE WHEN size(c.aliases) = 0 THEN [null] ELSE c.aliases END AS alias RETURN count(DISTINCT CASE WHEN c.document IN e.known THEN null ELSE c.document END) AS documents, collect(DISTINCT alias) AS aliases }
    RETURN e.id AS id, documents, aliases`,
  chains: "MATCH (c:Chain {profile: $profile}) WHERE c.id > $after AND c.collection = $collection RETURN c ORDER BY c.profile, c.id LIMIT $limit",
  statementCounts: 'UNWIND $keys AS key CALL (key) { MATCH (e:Evidence {factId: key}) RETURN count(*) AS rows } RETURN key, rows',
  statements: `UNWIND $keys AS key MATCH (e:Evidence {factId: key}) WHERE e.collection = $collection AND (e.document > $document OR (e.document = $document AND e.position > $position))
    WITH e ORDER BY e.document, e.position LIMIT $limit MATCH (h:Chain {id: e.headChain}) OPTIONAL MATCH (t:Chain {id: e.tailChain})
    RETURN e.id AS id, e.document AS document, e.position AS position, e.relation AS relation, e.tripleScore AS tripleScore, e.tripleStatus AS tripleStatus, e.score AS score, e.ontology AS ontology, e.model AS model,
      e.literal AS literal, e.factId AS factId, h.entity AS head, t.entity AS tail ORDER BY document, position`,
  factsWith: `UNWIND $ids AS id CALL (id) { MATCH (f:GraphloomFact) WHERE f.head = id AND f.id > '' RETURN f UNION MATCH (f:GraphloomFact) WHERE f.tail = id AND f.id > '' RETURN f }
    WITH f WHERE f.collection = $collection RETURN DISTINCT f.id AS id ORDER BY id`,
  evidenceByDocument: `UNWIND $keys AS key MATCH (e:Evidence {document: key}) WHERE e.collection = $collection MATCH (h:Chain {id: e.headChain}) OPTIONAL MATCH (t:Chain {id: e.tailChain})
    RETURN e, h.entity AS head, t.entity AS tail ORDER BY e.document, e.position`,
  evidenceByFact: `UNWIND $keys AS key MATCH (e:Evidence {factId: key}) WHERE e.collection = $collection MATCH (h:Chain {id: e.headChain}) OPTIONAL MATCH (t:Chain {id: e.tailChain})
    RETURN e, h.entity AS head, t.entity AS tail ORDER BY e.document, e.position`,
  entities: 'UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE n.collection = $collection RETURN n ORDER BY n.id',
  orphans: `UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE n.collection = $collection
    AND NOT EXISTS { MATCH (c:Chain {entity: id}) } AND NOT EXISTS { MATCH (c:Chain {unit: id}) } RETURN n.id AS id ORDER BY id`,
  factsById: 'UNWIND $ids AS id MATCH (f:GraphloomFact {id: id}) WHERE f.collection = $collection RETURN f ORDER BY f.id',
  contenders: `MATCH (f:GraphloomFact {collection: $collection, relation: $relation}) WHERE f.status > "" AND f.id > ""
    RETURN f.id AS id, f.head AS head, f.relation AS relation, f.tail AS tail, f.literal AS literal, f.value AS value, f.text AS text, f.score AS score, f.claimed AS claimed, f.status AS status, f.reason AS reason ORDER BY id`,
  factsByHead: 'UNWIND $heads AS head MATCH (f:GraphloomFact {head: head, relation: $relation}) WHERE f.id > "" AND f.collection = $collection RETURN f ORDER BY f.id',
  members: `UNWIND $ids AS id CALL (id) { MATCH (c:Chain {entity: id}) RETURN c UNION MATCH (c:Chain {unit: id}) RETURN c }
    WITH DISTINCT c WHERE c.collection = $collection RETURN c ORDER BY c.document, c.position`,
  within: `UNWIND $keys AS key MATCH (d:Document) WHERE d.uri STARTS WITH key + '!/' AND d.collection = $collection
    RETURN DISTINCT d.id AS id, d.uri AS uri, d.sha256 AS sha256, d.stamp AS stamp, d.hash AS hash, d.seen AS seen ORDER BY id`,
  pageFacts: (all: boolean): string => `MATCH (f:GraphloomFact) WHERE ${all ? '' : 'f.collection = $collection AND '}f.id > $after AND f.status IN $statuses WITH f ORDER BY ${all ? '' : 'f.collection, '}f.id LIMIT $limit
    MATCH (h:Entity {id: f.head}) OPTIONAL MATCH (t:Entity {id: f.tail})
    RETURN f, h.name AS headName, h.type AS headType, t.name AS tailName, t.type AS tailType ORDER BY f.id`,
  pageEntities: (all: boolean): string => `MATCH (n:Entity) WHERE ${all ? '' : 'n.collection = $collection AND '}n.id > $after AND n.mergedInto IS NULL WITH n ORDER BY ${all ? '' : 'n.collection, '}n.id LIMIT $limit
    RETURN n, COLLECT { MATCH (c:Chain {entity: n.id}) RETURN DISTINCT c.document } AS documents ORDER BY n.id`,
  count: (label: string, where: string, all: boolean): string => `MATCH (n:${quote(label)}) WHERE ${all ? 'true' : 'n.collection = $collection'}${where} RETURN count(n) AS n`,
} as const

export const WRITE = {
  collection: 'MERGE (c:GraphloomCollection {name: $name}) SET c.ontology = $ontology, c.hash = $hash',
  outdated: (label: string): string => `MATCH (t:${quote(label)}) WHERE t.collection = $collection AND NOT t.id IN $current DETACH DELETE t`,
  types: `UNWIND $rows AS r MERGE (t:OntologyType {id: r.id}) SET t += r.props`,
  parents: `UNWIND $rows AS r MATCH (t:OntologyType {id: r.id}) OPTIONAL MATCH (t)-[old:SUBTYPE_OF]->() DELETE old
    WITH DISTINCT t, r UNWIND r.parents AS parent MATCH (p:OntologyType {id: parent}) MERGE (t)-[:SUBTYPE_OF]->(p)`,
  relations: 'UNWIND $rows AS r MERGE (t:OntologyRelation {id: r.id}) SET t += r.props',
  ends: `UNWIND $rows AS r MATCH (t:OntologyRelation {id: r.id}) OPTIONAL MATCH (t)-[old:DOMAIN|RANGE]->() DELETE old
    WITH DISTINCT t, r CALL (t, r) { UNWIND r.domain AS end MATCH (d:OntologyType {id: end}) MERGE (t)-[:DOMAIN]->(d) }
    CALL (t, r) { UNWIND r.range AS end MATCH (d:OntologyType {id: end}) MERGE (t)-[:RANGE]->(d) }`,

  /** What depends on documents that are to be removed. */
  dependents: `UNWIND $ids AS id CALL (id) {
      MATCH (c:Chain {document: id}) WHERE c.collection = $collection UNWIND c.keys AS key RETURN 'block' AS kind, key
      UNION MATCH (c:Chain {document: id}) WHERE c.collection = $collection UNWIND [c.unit, c.entity] AS key WITH key WHERE key IS NOT NULL RETURN 'entity' AS kind, key
      UNION MATCH (c:Chain {document: id}) WHERE c.collection = $collection RETURN 'profile' AS kind, c.profile AS key
      UNION MATCH (e:Evidence {document: id}) WHERE e.collection = $collection AND e.factId IS NOT NULL RETURN 'fact' AS kind, e.factId AS key }
    RETURN DISTINCT kind, key ORDER BY kind, key`,
  remove: (label: string): string => `UNWIND $ids AS id MATCH (n:${quote(label)} {document: id}) WHERE n.collection = $collection DETACH DELETE n`,
  removeDocuments: 'UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.collection = $collection DETACH DELETE d',
  documents: 'UNWIND $rows AS r CREATE (d:Document) SET d = r',
  passages: 'UNWIND $rows AS r MATCH (d:Document {id: r.document}) CREATE (p:Passage) SET p = r CREATE (p)-[:PART_OF]->(d)',
  chains: 'UNWIND $rows AS r CREATE (c:Chain) SET c = r',
  heldProfiles: 'UNWIND $ids AS id MATCH (p:GraphloomProfile {id: id}) RETURN p.id AS id',
  profiles: 'UNWIND $rows AS r MERGE (p:GraphloomProfile {id: r.id}) SET p = r',
  keys: 'UNWIND $rows AS r MERGE (k:GraphloomKey {block: r.block, profile: r.profile}) SET k = r',
  /** Profiles that no chain has any more. */
  forget: `UNWIND $ids AS id MATCH (p:GraphloomProfile {id: id}) WHERE NOT EXISTS { MATCH (c:Chain {profile: id}) WHERE c.id > '' }
    OPTIONAL MATCH (k:GraphloomKey {profile: id}) DETACH DELETE k, p`,
  evidence: 'UNWIND $rows AS r MATCH (p:Passage {id: r.passage}) CREATE (e:Evidence) SET e = r CREATE (e)-[:FROM]->(p)',

  mark: `UNWIND $rows AS r MERGE (p:GraphloomPending {id: r.id}) ON CREATE SET p.collection = $collection, p.kind = r.kind, p.key = r.key, p.name = r.kind, p.version = 1
    ON MATCH SET p.version = p.version + 1`,
  clear: 'UNWIND $rows AS r MATCH (p:GraphloomPending {id: r.id}) WHERE p.version = r.version DELETE p',

  entities: (labels: readonly string[]): string => `UNWIND $rows AS r MERGE (n:Entity {id: r.id}) ON CREATE SET n.firstSeen = $now SET n += r.props, n${LABELS(labels)}
    WITH n, [label IN labels(n) WHERE NOT label IN $labels] AS others REMOVE n:$(others)`,
  unmerge: 'UNWIND $ids AS id MATCH (n:Entity {id: id})-[s:SAME_AS]->() DELETE s',
  merge: 'UNWIND $rows AS r MATCH (n:Entity {id: r.id}) MATCH (m:Entity {id: r.into}) MERGE (n)-[s:SAME_AS]->(m) SET s.reason = r.reason, s.score = r.score, s.by = r.by',
  removeEntities: 'UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE n.collection = $collection DETACH DELETE n',
  moveProfiles: `UNWIND $rows AS r MATCH (c:Chain {profile: r.profile}) WHERE c.id > '' AND NOT c.document IN $apart AND NOT (coalesce(c.unit, '') = r.unit AND coalesce(c.entity, '') = r.entity)
    WITH c, r, coalesce(c.entity, '') <> r.entity AS moved LIMIT $limit SET c.unit = r.unit, c.entity = r.entity RETURN c.document AS document, moved`,
  moveChains: `UNWIND $rows AS r MATCH (c:Chain {id: r.chain}) WITH c, r, coalesce(c.entity, '') <> r.entity AS moved
    SET c.unit = r.unit, c.entity = r.entity RETURN c.document AS document, moved`,
  support: 'UNWIND $rows AS r MATCH (e:Evidence {id: r.id}) SET e.factId = r.fact',

  facts: (candidate: boolean): string => `UNWIND $rows AS r MATCH (h:Entity {id: r.props.head}) OPTIONAL MATCH (t:Entity {id: r.props.tail})
    MERGE (f:GraphloomFact {id: r.id}) ON CREATE SET f.firstSeen = $now
    SET f += r.props, f.lastSeen = $now, f.name = h.name + ' ' + r.props.relation + ' ' + coalesce(t.name, r.props.text) ${candidate ? 'SET f:Candidate' : 'REMOVE f:Candidate'}`,
  heldFacts: READ.factsById,
  removeFacts: 'UNWIND $ids AS id MATCH (f:GraphloomFact {id: id}) DETACH DELETE f',
  edges: (relation: string): string => `UNWIND $rows AS r MATCH (a:Entity {id: r.head}) MATCH (b:Entity {id: r.tail})
    MERGE (a)-[k:${quote(relation)} {id: r.id}]->(b) ON CREATE SET k.firstSeen = $now SET k += r.props, k.lastSeen = $now`,
  literals: 'UNWIND $rows AS r MERGE (l:Literal {id: r.id}) ON CREATE SET l += r.props',
  literalEdges: (relation: string): string => `UNWIND $rows AS r MATCH (a:Entity {id: r.head}) MATCH (b:Literal {id: r.tail})
    MERGE (a)-[k:${quote(relation)} {id: r.id}]->(b) ON CREATE SET k.firstSeen = $now SET k += r.props, k.lastSeen = $now`,
  removeEdges: (relation: string): string => `UNWIND $ids AS id MATCH ()-[k:${quote(relation)} {id: id}]->() DELETE k`,
  removeLiterals: 'UNWIND $ids AS id MATCH (l:Literal {id: id}) WHERE NOT EXISTS { (l)--() } DELETE l',
  property: (relation: string): string => `UNWIND $rows AS r MATCH (a:Entity {id: r.head}) SET a.${quote(relation)} = r.value`,
  removeProperty: (relation: string): string => `UNWIND $rows AS r MATCH (a:Entity {id: r.head}) WHERE a.${quote(relation)} = r.value REMOVE a.${quote(relation)}`,
} as const

/** The node that says whose turn of writing it is; each statement locks it before it looks. */
export const TURN = {
  constraint: 'CREATE CONSTRAINT graphloom_graphloomwriter_id IF NOT EXISTS FOR (n:GraphloomWriter) REQUIRE n.id IS UNIQUE',
  take: `MERGE (w:GraphloomWriter {id: 'writer'}) ON CREATE SET w.name = 'writer', w.turn = 0, w.until = 0 SET w.asked = timestamp()
    WITH w WHERE w.until < timestamp() SET w.turn = w.turn + 1, w.until = timestamp() + $milliseconds RETURN w.turn AS turn`,
  check: `MATCH (w:GraphloomWriter {id: 'writer'}) SET w.asked = timestamp()
    WITH w WHERE w.turn = $turn SET w.until = timestamp() + $milliseconds RETURN w.turn AS turn`,
  end: `MATCH (w:GraphloomWriter {id: 'writer'}) SET w.asked = timestamp() WITH w WHERE w.turn = $turn SET w.until = 0`,
} as const

/** A decision's keys are nodes like those of chains, in blocks of their own. */
export const DECISIONS = {
  page: (ofKind: boolean): string => `UNWIND $collections AS collection MATCH (d:Decision) WHERE d.collection = collection AND d.id > $after${ofKind ? ' AND d.kind = $kind' : ''} RETURN d ORDER BY d.id LIMIT $limit`,
  byId: 'UNWIND $ids AS id MATCH (d:Decision {id: id}) WHERE d.collection = $collection RETURN d',
  byBlock: 'UNWIND $blocks AS block MATCH (k:GraphloomKey {block: block}) MATCH (d:Decision {id: k.decision}) RETURN DISTINCT d',
  byFact: 'UNWIND $facts AS fact CALL (fact) { MATCH (d:Decision {fact: fact}) RETURN d UNION MATCH (d:Decision {into: fact}) RETURN d } WITH DISTINCT d WHERE d.collection = $collection RETURN d',
  put: 'UNWIND $rows AS r MERGE (d:Decision {id: r.id}) SET d = r.props',
  keys: 'UNWIND $rows AS r MERGE (k:GraphloomKey {block: r.block, decision: r.decision}) SET k.name = r.name, k.collection = r.collection',
  aim: 'UNWIND $rows AS r MATCH (d:Decision {id: r.id}) SET d.fact = r.fact, d.into = r.into',
} as const
