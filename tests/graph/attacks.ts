// Statements that free Cypher must refuse, by what they try; every layer is tested with them.
export const ATTACKS: Readonly<Record<string, readonly string[]>> = {
  'to write': [
    'CREATE (n:Evil) RETURN n', 'MATCH (n:Entity) SET n.name = "x"', 'MATCH (n:Entity) DETACH DELETE n', 'MATCH (n:Entity) REMOVE n.name', 'MERGE (n:Evil {id: 1})', 'FOREACH (x IN [1] | CREATE (:Evil))',
    'MATCH (n:Entity {id: "x"}) WITH n CALL (n) { CREATE (:Evil) } RETURN 1', 'match (n:Entity) detach/**/delete n', 'MATCH (n:Entity)\nSET\nn.x = 1', 'INSERT (n:Evil)', 'MATCH (n:Entity) WITH n LIMIT 1 SET n += {x: 1} RETURN n',
  ],
  'to change the schema or the server': [
    'CREATE CONSTRAINT evil FOR (n:Entity) REQUIRE n.x IS UNIQUE', 'DROP INDEX evil', 'ALTER CURRENT USER SET PASSWORD FROM "a" TO "b"', 'CREATE USER evil SET PASSWORD "longenough"', 'GRANT ROLE admin TO evil', 'DENY READ {*} ON GRAPH * TO PUBLIC', 'STOP DATABASE neo4j', 'TERMINATE TRANSACTIONS "neo4j-transaction-1"', 'CALL dbms.setConfigValue("a", "b")',
  ],
  'to read files or the network': ['LOAD CSV FROM "file:///etc/passwd" AS row RETURN row', 'LOAD CSV WITH HEADERS FROM "http://169.254.169.254/latest" AS row RETURN row', 'load/* */csv from $url as row return row', 'MATCH (n:Entity {id: "x"}) LOAD CSV FROM n.name AS row RETURN row', 'CALL apoc.load.json("http://127.0.0.1")'],
  'to look at settings, users and other transactions': ['SHOW USERS', 'SHOW SETTINGS', 'SHOW TRANSACTIONS', 'SHOW DATABASES YIELD name RETURN name', 'CALL dbms.listConfig()', 'CALL dbms.listConfig() YIELD name RETURN name', 'CALL dbms.components()', 'CALL db.info()', 'CALL `dbms`.`listConfig`()', 'CALL dbms . listConfig ( )', 'CALL/**/dbms.listConfig()', 'call tx.getMetaData()', 'MATCH (n:Entity {id: "x"}) CALL dbms.listConfig() YIELD name RETURN name', 'OPTIONAL CALL dbms.listConfig() YIELD name RETURN name', 'RETURN apoc.version()', 'RETURN `apoc`.`version`()'],
  'to go to another database': ['USE system SHOW USERS', 'USE neo4j MATCH (n:Entity {id: "x"}) RETURN n', 'CALL { USE system MATCH (n:Entity) RETURN n } RETURN n'],
  'to be two statements': ['MATCH (n:Entity {id: "x"}) RETURN n; MATCH (m:Entity) DELETE m', 'RETURN 1;RETURN 2', ';;', 'RETURN 1; // then\nDROP INDEX x'],
  'to hide behind comments, strings and escapes': ['RETURN 1 /* */ AS x // \n CREATE (:Evil)', "RETURN 'it''s' AS a // ' \n DELETE a", 'RETURN "\\u0022 LOAD CSV FROM $u AS row RETURN row //"', "RETURN '\\u0027 + 1", 'L\\u004FAD CSV FROM $u AS row RETURN row', '\\u0043REATE (:Evil)', 'MATCH (n:Entity {id: "x"}) RETURN n /* CREATE', 'RETURN "never ends', 'RETURN `never ends', "RETURN '\\\\' CREATE (:Evil) //'", 'CRE\u200bATE (:Evil)', 'RETURN 1 AS `a``b` CREATE (:Evil)'],
  'to run in transactions of its own': ['MATCH (n:Entity) CALL (n) { DELETE n } IN TRANSACTIONS OF 10 ROWS', 'CALL { MATCH (n:Entity) RETURN n } IN TRANSACTIONS RETURN 1', 'MATCH (n:Entity {id: "x"}) CALL (n) { RETURN 1 AS x } IN 3 CONCURRENT TRANSACTIONS RETURN x'],
  'to choose how it is planned': ['CYPHER runtime=slotted RETURN 1', 'CYPHER 25 RETURN 1', 'EXPLAIN RETURN 1', 'PROFILE MATCH (n:Entity {id: "x"}) RETURN n', 'MATCH (n:Entity) USING SCAN n:Entity RETURN n'],
  'to loop in a loop, which no server stops': ['UNWIND range(1, 5000) AS a WITH collect(a) AS list RETURN reduce(n = 0, x IN list | n + reduce(m = 0, y IN list | m + 1)) AS n'],
  'to have no end': ['MATCH p = (a:Entity {id: "x"})-[*]-(b) RETURN p', 'MATCH p = (a:Entity {id: "x"})-[*2..]->(b) RETURN p', 'MATCH p = (a:Entity {id: "x"})-[r:A|B*]->(b) RETURN p', 'MATCH p = (a:Entity {id: "x"})-[*1..100]->(b) RETURN p', 'MATCH p = (a:Entity {id: "x"})-[:A*..7]-(b) RETURN p', 'MATCH p = (a:Entity {id: "x"})-[*9]-(b) RETURN p'],
}

/** Statements that only the server's plan gives away: no word in them is wrong. */
export const PLANNED_ATTACKS: Readonly<Record<string, readonly string[]>> = {
  'to read everything': ['MATCH (n) RETURN n', 'MATCH ()-[r]->() RETURN r', 'MATCH (n) RETURN count(n.name)', 'MATCH (a)--(b) RETURN a LIMIT 1'],
  'to meet everything with everything': ['MATCH (a:Entity), (b:Entity) RETURN a, b', 'MATCH (a:Entity {id: "x"}) MATCH (b:Document) RETURN a, b'],
  'to have no end': ['MATCH p = (a:Entity {id: "x"})((x)-[]-(y))+(b:Entity) RETURN p', 'MATCH p = (a:Entity {id: "x"})-->{1,}(b:Entity) RETURN p', 'MATCH p = (a:Entity {id: "x"})-->+(b:Entity) RETURN p', 'MATCH p = ALL SHORTEST (a:Entity {id: "x"})-->*(b:Entity {id: "y"}) RETURN p'],
  'to make more rows than the graph has': ['UNWIND range(1, 10000000) AS x UNWIND range(1, 10000000) AS y UNWIND range(1, 10000000) AS z UNWIND range(1, 9) AS a UNWIND range(1, 9) AS b UNWIND range(1, 9) AS c UNWIND range(1, 9) AS d UNWIND range(1, 9) AS e RETURN count(*)'],
}

/** Statements that people want, with words in them that only look like attacks. */
export const WANTED: readonly string[] = [
  'MATCH (n:Entity {id: $id}) RETURN n.name AS name',
  "RETURN '\\' CREATE (:Evil) //' AS text",
  "MATCH (n:Entity {id: 'x'}) WHERE n.name = 'CREATE; DELETE // LOAD CSV' RETURN n",
  'MATCH (n:Entity {id: "x"}) // a comment that says DELETE\nRETURN n /* and SET; */ LIMIT 5;',
  'MATCH (n:Entity {id: "x"}) RETURN n.`set` AS `create`, n.created AS created, n.offset AS offset',
  'MATCH (a:Entity {id: "x"})-[r:EMPLOYED_BY|BORN_IN]->(b) RETURN type(r), b.name ORDER BY b.name',
  'MATCH p = (a:Entity {id: "x"})-[:EMPLOYED_BY*1..4]-(b:Entity) RETURN length(p)',
  'MATCH (a:Entity {id: "x"}) CALL (a) { MATCH (a)-[r:EMPLOYED_BY]->(b) RETURN count(b) AS n } RETURN a.name, n * 2 AS twice, [x IN [1, 2] | x * 3] AS more',
  'MATCH (a:Entity {id: "x"}) WHERE EXISTS { (a)-[:EMPLOYED_BY]->(:Company) } RETURN date("2026-01-01") AS day, duration.between(date("2026-01-01"), date("2026-02-01")) AS span',
  'CALL db.labels() YIELD label RETURN label',
]
