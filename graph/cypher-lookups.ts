// Cypher of the reader's look-ups. Every value is a parameter, every statement names its collection, and every index is named where the planner could choose, as a seek: on a small graph a scan may look as cheap.

const FACT_ENDS = 'MATCH (h:Entity {id: f.head}) OPTIONAL MATCH (t:Entity {id: f.tail})'
const FACT_COLUMNS = 'f, h.name AS headName, h.type AS headType, t.name AS tailName, t.type AS tailType'
const OF_TYPES = '($types IS NULL OR n.type IN $types)'

/** Where facts are looked up, each by an index that ends in the id, and in the very order of its columns: only so are rows read one by one until there are enough. */
const PLACES = {
  head: { match: 'MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(head, id) WHERE f.head = $head AND f.id > $after AND f.collection = $collection AND f.status IN $statuses', order: 'f.head, f.id', each: '' },
  tail: { match: 'MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(tail, id) WHERE f.tail = $tail AND f.id > $after AND f.collection = $collection AND f.status IN $statuses', order: 'f.tail, f.id', each: '' },
  value: { match: 'MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(collection, valueKey, id) WHERE f.collection = $collection AND f.valueKey = left($value, 256) AND f.id > $after AND f.status IN $statuses', order: 'f.collection, f.valueKey, f.id', each: '' },
  status: { match: 'MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(collection, status, id) WHERE f.collection = $collection AND f.status = status AND f.id > $after', order: 'f.collection, f.status, f.id', each: 'UNWIND $statuses AS status CALL (status)' },
  relation: {
    // The score stands in the index, so that a bound on it is decided without reading the facts.
    match: 'MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(collection, relation, status, id, score) WHERE f.collection = $collection AND f.relation = relation AND f.status = status AND f.id > $after AND f.score >= coalesce($minScore, 0.0)',
    order: 'f.collection, f.relation, f.status, f.id',
    each: 'UNWIND $relations AS relation UNWIND $statuses AS status CALL (relation, status)',
  },
} as const

export type PlaceKind = keyof typeof PLACES

/** What no index decides; each part counts only where it is given. One text for all questions of a kind: the server plans a statement once. */
const REST = `($relations IS NULL OR f.relation IN $relations) AND ($head IS NULL OR f.head = $head) AND ($tail IS NULL OR f.tail = $tail) AND ($value IS NULL OR f.value = $value)
  AND ($minScore IS NULL OR f.score >= $minScore) AND ($since IS NULL OR f.lastSeen >= $since) AND ($until IS NULL OR f.lastSeen < $until) AND ($entityTails IS NULL OR f.tail IS NOT NULL)`
const TYPED = `${FACT_ENDS} WITH f, h, t WHERE h.type IN $types OR t.type IN $types`

/** Facts at a place, by id; `typed` asks for the type of either end. */
function facts(kind: PlaceKind, typed: boolean): string {
  const { match, each, order } = PLACES[kind]
  const own = `${match} AND ${REST} WITH f ORDER BY ${order} ${typed ? `${TYPED} WITH f` : ''} LIMIT $limit`
  const all = each === '' ? own : `${each} { ${own} RETURN f } WITH f ORDER BY f.id LIMIT $limit`
  return `${all} ${FACT_ENDS} RETURN ${FACT_COLUMNS} ORDER BY f.id`
}

/**
 * Facts by time, from `$time` on and, at that very time, behind `$after`. That it stands in a CASE keeps the planner from making a union of it, which
 * would lose the index's order and read all that came later.
 */
function factsByTime(typed: boolean): string {
  return `MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(collection, lastSeen, id) WHERE f.collection = $collection AND f.lastSeen >= $time AND f.id > '' AND CASE WHEN f.lastSeen = $time THEN f.id > $after ELSE true END
    AND f.status IN $statuses AND ${REST} WITH f ORDER BY f.collection, f.lastSeen, f.id ${typed ? `${TYPED} WITH f` : ''} LIMIT $limit ${FACT_ENDS} RETURN ${FACT_COLUMNS} ORDER BY f.lastSeen, f.id`
}

/** Behind this place in the order of a search. */
const BEHIND_RANK = '($tier IS NULL OR tier > $tier OR (tier = $tier AND (n.support < $support OR (n.support = $support AND n.id > $after))))'

const count = (match: string): string => `MATCH ${match} RETURN count(*) AS n`

export const LOOKUP = {
  versions: 'MATCH (c:GraphloomCollection {name: $collection}) RETURN c.hash AS hash',
  ontology: 'MATCH (c:GraphloomCollection {name: $collection}) RETURN c.ontology AS ontology',
  collections: 'MATCH (c:GraphloomCollection) WHERE c.name > "" RETURN c.name AS name ORDER BY name',

  documents: 'MATCH (d:Document) USING INDEX SEEK d:Document(collection, id) WHERE d.collection = $collection AND d.id > $after RETURN d ORDER BY d.collection, d.id LIMIT $limit',
  documentsByUri: 'MATCH (d:Document) USING INDEX SEEK d:Document(collection, uri, id) WHERE d.collection = $collection AND d.uri = $uri AND d.id > $after RETURN d ORDER BY d.collection, d.uri, d.id LIMIT $limit',
  documentsById: 'UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.collection = $collection RETURN DISTINCT d ORDER BY d.id',
  passages: 'MATCH (p:Passage) USING INDEX SEEK p:Passage(document, sentence) WHERE p.document = $document AND p.sentence > $after AND p.collection = $collection RETURN p ORDER BY p.document, p.sentence LIMIT $limit',
  passagesNear: `UNWIND $places AS place CALL (place) { MATCH (p:Passage) USING INDEX SEEK p:Passage(document, sentence)
      WHERE p.document = place.document AND p.sentence >= place.from AND p.sentence <= place.to AND p.collection = $collection RETURN p }
    RETURN place.index AS index, p ORDER BY index, p.sentence`,

  entitiesById: 'UNWIND $ids AS id MATCH (n:Entity {id: id}) WHERE n.collection = $collection RETURN DISTINCT n ORDER BY n.id',
  entities: 'MATCH (n:Entity) USING INDEX SEEK n:Entity(collection, id) WHERE n.collection = $collection AND n.id > $after AND n.mergedInto IS NULL RETURN n ORDER BY n.collection, n.id LIMIT $limit',
  entitiesByType: `UNWIND $types AS type CALL (type) { MATCH (n:Entity) USING INDEX SEEK n:Entity(collection, type, id) WHERE n.collection = $collection AND n.type = type AND n.id > $after AND n.mergedInto IS NULL
      RETURN n ORDER BY n.collection, n.type, n.id LIMIT $limit } RETURN n ORDER BY n.id LIMIT $limit`,
  entitiesByMaster: `MATCH (n:Entity) USING INDEX SEEK n:Entity(collection, masterId, id) WHERE n.collection = $collection AND n.masterId = $masterId AND n.id > $after AND n.mergedInto IS NULL AND ${OF_TYPES}
    RETURN n ORDER BY n.collection, n.masterId, n.id LIMIT $limit`,
  entitiesByForm: `CALL db.index.fulltext.queryNodes('graphloom_entity_terms', $query) YIELD node AS n WITH n WHERE n.collection = $collection AND n.mergedInto IS NULL AND $form IN n.terms AND n.id > $after AND ${OF_TYPES}
    RETURN n ORDER BY n.id LIMIT $limit`,
  search: `CALL db.index.fulltext.queryNodes('graphloom_entity_terms', $query) YIELD node AS n WITH n WHERE n.collection = $collection AND n.mergedInto IS NULL AND ${OF_TYPES}
    WITH n, CASE WHEN n.terms[0] = $form THEN 0 WHEN $form IN n.terms THEN 1 WHEN n.terms[0] STARTS WITH $form THEN 2 ELSE 3 END AS tier WHERE ${BEHIND_RANK}
    RETURN n, tier ORDER BY tier, n.support DESC, n.id LIMIT $limit`,
  documentsOf: 'MATCH (c:Chain {entity: $entity}) WHERE c.collection = $collection RETURN DISTINCT c.document AS id ORDER BY id LIMIT $limit',

  facts,
  factsByTime,
  factsById: `UNWIND $ids AS id MATCH (f:GraphloomFact {id: id}) WHERE f.collection = $collection WITH DISTINCT f ${FACT_ENDS} RETURN ${FACT_COLUMNS} ORDER BY f.id`,
  factsOfDocument: `MATCH (e:Evidence {document: $document}) WHERE e.collection = $collection AND e.factId IS NOT NULL WITH DISTINCT e.factId AS id MATCH (f:GraphloomFact {id: id}) WHERE f.collection = $collection
    WITH f ${FACT_ENDS} RETURN ${FACT_COLUMNS} ORDER BY f.id`,
  edges: `UNWIND $ids AS id
    CALL (id) { MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(head, id) WHERE f.head = id AND f.id > '' AND f.collection = $collection AND f.status IN $statuses AND f.tail IS NOT NULL RETURN f ORDER BY f.head, f.id LIMIT $limit
      UNION MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(tail, id) WHERE f.tail = id AND f.id > '' AND f.collection = $collection AND f.status IN $statuses RETURN f ORDER BY f.tail, f.id LIMIT $limit }
    RETURN DISTINCT f.id AS id, f.head AS head, f.tail AS tail ORDER BY id`,
  evidence: `MATCH (e:Evidence {factId: $fact}) WHERE e.collection = $collection AND (e.document > $document OR (e.document = $document AND e.position > $position)) WITH e ORDER BY e.document, e.position LIMIT $limit
    MATCH (h:Chain {id: e.headChain}) OPTIONAL MATCH (t:Chain {id: e.tailChain}) RETURN e, h.entity AS head, t.entity AS tail ORDER BY e.document, e.position`,

  countDocuments: count("(d:Document) USING INDEX SEEK d:Document(collection, id) WHERE d.collection = $collection AND d.id > ''"),
  countOf: (label: 'Passage' | 'Chain' | 'Evidence', alone: boolean): string =>
    alone ? count(`(x:${label})`) : count(`(d:Document) USING INDEX SEEK d:Document(collection, id) WHERE d.collection = $collection AND d.id > '' MATCH (x:${label}) USING INDEX SEEK x:${label}(document${label === 'Passage' ? ', sentence' : ''}) WHERE x.document = d.id${label === 'Passage' ? ' AND x.sentence >= 0' : ''}`),
  countEntities: `MATCH (n:Entity) USING INDEX SEEK n:Entity(collection, type, id) WHERE n.collection = $collection AND n.type > '' AND n.id > '' RETURN n.type AS type, count(n.mergedInto) AS merged, count(*) AS n ORDER BY type`,
  countFacts: `MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(collection, status, id) WHERE f.collection = $collection AND f.status = $status AND f.id > '' RETURN count(*) AS n`,
  countRelations: `MATCH (f:GraphloomFact) USING INDEX SEEK f:GraphloomFact(collection, relation, status, id, score) WHERE f.collection = $collection AND f.relation > '' AND f.status = 'accepted' AND f.id > '' AND f.score >= 0.0 RETURN f.relation AS relation, count(*) AS n ORDER BY relation`,
  countPending: count('(p:GraphloomPending) USING INDEX SEEK p:GraphloomPending(collection, kind, key) WHERE p.collection = $collection AND p.kind > "" AND p.key > ""'),
} as const

/** What a graph written by an earlier version lacks. */
export const UPGRADE = {
  withoutTerms: 'MATCH (n:Entity) WHERE n.terms IS NULL RETURN n.id AS id, n.name AS name, n.aliases AS aliases LIMIT 5000',
  setTerms: 'UNWIND $rows AS r MATCH (n:Entity {id: r.id}) SET n.terms = r.terms',
  /** Facts about values: the start of the value, which an index can hold whatever the value's length. */
  setValueKeys: 'MATCH (f:GraphloomFact) WHERE f.value IS NOT NULL AND f.valueKey IS NULL WITH f LIMIT 5000 SET f.valueKey = left(f.value, 256) RETURN count(f) AS n',
  chains: 'MATCH (c:Chain) WHERE c.id > $after RETURN c ORDER BY c.id LIMIT 2000',
  setProfiles: 'UNWIND $rows AS r MATCH (c:Chain {id: r.id}) SET c.profile = r.profile, c.block = null',
  removeKeys: 'MATCH (k:GraphloomKey) WHERE k.chain IS NOT NULL WITH k LIMIT 5000 DELETE k RETURN count(*) AS n',
  /** The last step: where this index is, every chain has its profile. */
  profiled: 'graphloom_chain_profile',
  profilesDone: 'CREATE INDEX graphloom_chain_profile IF NOT EXISTS FOR (n:Chain) ON (n.profile, n.id)',
  /** The last step: where this index is, every entity has its terms. */
  index: 'graphloom_entity_terms',
  done: "CREATE FULLTEXT INDEX graphloom_entity_terms IF NOT EXISTS FOR (n:Entity) ON EACH [n.terms] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
} as const
