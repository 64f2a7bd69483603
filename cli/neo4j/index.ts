// The local Neo4j Community: start, stop, status.
export { neo4jStatus, startNeo4j, stopNeo4j } from './server.ts'
export type { Neo4jServer, Neo4jStatus, StartOptions } from './server.ts'
export { openSettings, putPages } from './pages.ts'
export { findJava } from './java.ts'
