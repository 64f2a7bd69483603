// Free Cypher: off unless the server was started with --cypher on a Neo4j store; read-only, and for keys that see everything.
import { z } from 'zod'
import { GraphloomError } from '../../errors.ts'
import { QueryRecord } from '../records/index.ts'
import { route } from '../route.ts'
import { SAMPLE } from './sample.ts'

export const runCypher = route({
  method: 'post', path: '/v1/cypher', role: 'admin', tag: 'Cypher', scope: 'none', audit: 'body',
  summary: 'Run one reading Cypher statement',
  description: 'Off by default; Neo4j only; for keys that may see every collection. Screened, planned and run in READ mode with bounds of time, rows and bytes: see docs/operations.md.',
  body: z.strictObject({ query: z.string().min(1).max(10_000), parameters: z.record(z.string(), z.unknown()).optional() }),
  response: QueryRecord,
  example: { body: { query: 'MATCH (c:Company {id: $id}) RETURN c.name AS name', parameters: { id: SAMPLE.company } } },
  async run({ body: { query, parameters = {} } }, { key, signal, services: { cypher } }) {
    if (cypher === undefined) throw new GraphloomError('api.off', 'Free Cypher is off on this server; it is turned on with --cypher, on a Neo4j store.')
    if (!key.collections.includes('*')) throw new GraphloomError('api.forbidden', 'Free Cypher sees every collection, so the key must, too.')
    return cypher.query(query, parameters, { who: key.id, signal })
  },
})
