// Facts of the embedded store by place: an index for every kind of place, named in the statement, so that no statistics can lead to another.
import type { Edge, FactFilter, FactPlace, FactPoint, Slice } from '../lookup.ts'
import type { FactSummary } from '../reader.ts'
import { FACT_COLUMNS, factOf, optional, type Row } from './sqlite-rows.ts'

/** Runs one statement and gives its rows. */
export type Select = (sql: string, ...values: readonly unknown[]) => readonly Row[]

type Value = string | number

/** A condition on a row `f` of facts, with its values. */
interface Condition {
  readonly sql: string
  readonly values: readonly Value[]
}

const COLUMNS = `${FACT_COLUMNS}, f.first_seen, f.last_seen, h.name AS head_name, h.type AS head_type, t.name AS tail_name, t.type AS tail_type`
const ENDS = 'CROSS JOIN entities h ON h.key = f.head LEFT JOIN entities t ON t.key = f.tail'

export class SqliteFacts {
  readonly #select: Select

  constructor(select: Select) {
    this.#select = select
  }

  byId(collection: number, ids: readonly string[]): readonly FactSummary[] {
    const sql = `SELECT ${COLUMNS} FROM (SELECT DISTINCT value FROM json_each(?)) j CROSS JOIN facts f ON f.id = j.value ${ENDS} WHERE f.collection = ? ORDER BY f.id`
    return this.#select(sql, JSON.stringify(ids), collection).map(summaryOf)
  }

  ofDocument(collection: number, document: string): readonly FactSummary[] {
    const sql = `SELECT DISTINCT e.fact AS id FROM documents d CROSS JOIN evidence e ON e.document = d.key WHERE d.collection = ? AND d.id = ? AND e.fact IS NOT NULL`
    return this.byId(collection, this.#select(sql, collection, document).map(({ id }) => id as string))
  }

  at(collection: number, place: FactPlace, filter: FactFilter, slice: Slice): readonly FactSummary[] {
    const { index, parts } = this.#partsOf(collection, place, filter)
    const rest = conditionsOf(place, filter)
    const lists = parts.map((part) => this.#rows(index, [{ sql: 'f.collection = ?', values: [collection] }, ...part, ...rest, { sql: 'f.id > ?', values: [slice.after ?? ''] }], 'f.id', slice.limit))
    return (lists.length === 1 ? (lists[0] ?? []) : lists.flat().sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, slice.limit)).map(summaryOf)
  }

  /** Edges of one entity as head, then as tail; of each, the first. */
  edges(collection: number, entity: string, statuses: readonly string[], each: number): readonly Edge[] {
    const key = this.#keyOf(collection, entity)
    const sql = (side: 'head' | 'tail'): string => `SELECT f.id, h.id AS head, t.id AS tail FROM facts f INDEXED BY facts_by_${side} CROSS JOIN entities h ON h.key = f.head CROSS JOIN entities t ON t.key = f.tail
      WHERE f.${side} = ? AND f.relation = ? AND f.collection = ? AND f.literal IS NULL AND +f.status IN (SELECT value FROM json_each(?)) ORDER BY f.id LIMIT ?`
    return (['head', 'tail'] as const).flatMap((side) => {
      const rows = this.#relationsOf(side, key).flatMap((relation) => this.#select(sql(side), key, relation, collection, JSON.stringify(statuses), each)) as readonly unknown[] as readonly Edge[]
      return [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, each)
    })
  }

  byTime(collection: number, relations: readonly string[] | undefined, filter: FactFilter, { after, limit }: Slice<FactPoint>): readonly FactSummary[] {
    const conditions = [
      { sql: 'f.collection = ?', values: [collection] },
      ...(after?.time === undefined ? [] : [{ sql: '(f.last_seen, f.id) > (?, ?)', values: [after.time, after.id] }]),
      ...(relations === undefined ? [] : [oneOf('f.relation', relations)]),
      ...conditionsOf({}, filter),
      oneOf('f.status', filter.statuses),
    ]
    return this.#rows('facts_by_time', conditions, 'f.last_seen, f.id', limit).map(summaryOf)
  }

  /** Lists, each in the order of ids on one index, that make up the place. */
  #partsOf(collection: number, { head, tail, value, relations }: FactPlace, { statuses }: FactFilter): { readonly index: string; readonly parts: readonly (readonly Condition[])[] } {
    const side = head !== undefined ? 'head' : tail !== undefined ? 'tail' : undefined
    if (side !== undefined) {
      const key = this.#keyOf(collection, (side === 'head' ? head : tail) as string)
      const all = relations ?? this.#relationsOf(side, key)
      return { index: `facts_by_${side}`, parts: all.map((relation) => [{ sql: `f.${side} = ?`, values: [key] }, { sql: 'f.relation = ?', values: [relation] }, oneOf('f.status', statuses)]) }
    }
    if (value !== undefined) {
      const named = relations === undefined ? [] : [oneOf('f.relation', relations)]
      return { index: 'facts_by_value', parts: [[{ sql: "f.literal IS NOT NULL AND json_extract(f.literal, '$.value') = ?", values: [value] }, ...named, oneOf('f.status', statuses)]] }
    }
    const ofStatus = statuses.map((status) => ({ sql: 'f.status = ?', values: [status] }))
    if (relations === undefined) return { index: 'facts_by_status', parts: ofStatus.map((status) => [status]) }
    return { index: 'facts_by_relation', parts: relations.flatMap((relation) => ofStatus.map((status) => [{ sql: 'f.relation = ?', values: [relation] }, status])) }
  }

  /** Relations of the facts at one end, each found by one step in the index. */
  #relationsOf(side: 'head' | 'tail', key: number): readonly string[] {
    const next = `SELECT min(relation) FROM facts INDEXED BY facts_by_${side} WHERE ${side} = ?1`
    const sql = `WITH RECURSIVE found (relation) AS (SELECT (${next}) UNION ALL SELECT (${next} AND relation > found.relation) FROM found WHERE found.relation IS NOT NULL)
      SELECT relation FROM found WHERE relation IS NOT NULL`
    return this.#select(sql, key).map(({ relation }) => relation as string)
  }

  #keyOf(collection: number, entity: string): number {
    return this.#select('SELECT key FROM entities WHERE id = ? AND collection = ?', entity, collection)[0]?.key ?? 0
  }

  #rows(index: string, conditions: readonly Condition[], order: string, limit: number): readonly Row[] {
    const sql = `SELECT ${COLUMNS} FROM facts f INDEXED BY ${index} ${ENDS} WHERE ${conditions.map((condition) => condition.sql).join(' AND ')} ORDER BY ${order} LIMIT ?`
    return this.#select(sql, ...conditions.flatMap(({ values }) => values), limit)
  }
}

/** What an index does not decide. */
function conditionsOf({ head, tail, value }: FactPlace, { minScore, types, since, until, entityTails }: FactFilter): readonly Condition[] {
  return [
    ...(head !== undefined && tail !== undefined ? [{ sql: 't.id = ?', values: [tail] }] : []),
    ...((head !== undefined || tail !== undefined) && value !== undefined ? [{ sql: "json_extract(f.literal, '$.value') = ?", values: [value] }] : []),
    ...(minScore === undefined ? [] : [{ sql: 'f.score >= ?', values: [minScore] }]),
    ...(types === undefined ? [] : [{ sql: '(h.type IN (SELECT value FROM json_each(?)) OR t.type IN (SELECT value FROM json_each(?)))', values: [JSON.stringify(types), JSON.stringify(types)] }]),
    ...(since === undefined ? [] : [{ sql: 'f.last_seen >= ?', values: [since] }]),
    ...(until === undefined ? [] : [{ sql: 'f.last_seen < ?', values: [until] }]),
    ...(entityTails === true ? [{ sql: 'f.literal IS NULL', values: [] }] : []),
  ]
}

/** `+` keeps SQLite from taking the list for the index. */
function oneOf(column: string, values: readonly string[]): Condition {
  return { sql: `+${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] }
}

function summaryOf(row: Row): FactSummary {
  const { id, head, relation, tail, score, status, support, ontology, model } = factOf(row)
  return {
    id,
    head: { id: head, name: row.head_name, type: row.head_type },
    relation,
    tail: typeof tail === 'string' ? { id: tail, name: row.tail_name, type: row.tail_type } : { literal: tail.literal, value: tail.value, text: tail.text },
    score,
    status,
    ...optional('reason', row.reason as string | null),
    support,
    ontology,
    model,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
  }
}
