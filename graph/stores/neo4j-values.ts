// Values of the driver -> plain JSON: nodes, relationships, paths, times, points.
import neo4j from 'neo4j-driver'

/** The value as JSON can say it; numbers that it cannot hold become strings. */
export function plainValue(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(plainValue)
  if (neo4j.isNode(value)) return { labels: [...value.labels].sort(), properties: plainRecord(value.properties) }
  if (neo4j.isRelationship(value) || neo4j.isUnboundRelationship(value)) return { type: value.type, properties: plainRecord(value.properties) }
  if (neo4j.isPath(value)) {
    return { nodes: [value.start, ...value.segments.map(({ end }) => end)].map(plainValue), relationships: value.segments.map(({ relationship }) => plainValue(relationship)) }
  }
  if (neo4j.isInt(value)) return value.inSafeRange() ? value.toNumber() : value.toString()
  if (isTemporal(value) || neo4j.isPoint(value)) return value.toString()
  return plainRecord(value as Record<string, unknown>)
}

function plainRecord(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, plainValue(value)]))
}

function isTemporal(value: object): boolean {
  return neo4j.isDate(value) || neo4j.isDateTime(value) || neo4j.isLocalDateTime(value) || neo4j.isTime(value) || neo4j.isLocalTime(value) || neo4j.isDuration(value)
}
