// Express request -> what a route asks for, checked: parameters, query, body, the collection that the key may see, the page.
import { z } from 'zod'
import { GraphloomError } from '../../errors.ts'
import { openCursor, questionOf, sealCursor } from '../cursor.ts'
import { fieldsOf, readFields } from '../fields.ts'
import { defaultCollection, type Key, sees } from '../guard/index.ts'
import { ADDED, addedQuery } from '../query.ts'
import type { PageAsked, Route } from '../route.ts'

const LONGEST = 300

export interface Checked {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, unknown>>
  readonly collection: string
  readonly page: PageAsked
  readonly fields?: ReadonlySet<string>
  /** Makes a cursor for this very question. */
  seal(after: string): string
}

/** Compiles the checks of a route. */
export function compileAsk(route: Route): (asked: { readonly params: Readonly<Record<string, unknown>>; readonly query: unknown; readonly key: Key }) => Checked {
  const added = addedQuery(route)
  const query = z.strictObject({ collection: ADDED.collection, ...route.query, ...added }) // where it says nothing it does no harm
  const known = fieldsOf(route.response)
  return (asked) => {
    const params = Object.fromEntries(Object.entries(asked.params).map(([name, value]) => [name, checkParam(name, value)]))
    const { collection, limit, cursor, fields, ...rest } = parse(query, asked.query, 'query') as Record<string, unknown>
    const name = collectionOf(route, collection as string | undefined, asked.key)
    const question = questionOf(route.path, { ...rest, ...params, collection: name })
    const own = { ...rest, ...('limit' in route.query ? { limit } : {}), ...('collection' in route.query ? { collection } : {}) }
    return {
      params, query: own, collection: name,
      page: { limit: route.paged ? (limit as number) : 50, ...(cursor === undefined ? {} : { after: openCursor(question, cursor as string) }) },
      ...(fields === undefined ? {} : { fields: readFields(fields as string, known) }),
      seal: (after) => sealCursor(question, after),
    }
  }
}

/** A value that a schema takes, or `api.invalid` with every place that it does not. */
export function parse(schema: z.ZodType, value: unknown, where: string): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const reasons = result.error.issues.map(({ path, message }) => `${[where, ...path].join('.')}: ${message}`)
  throw new GraphloomError('api.invalid', reasons.slice(0, 10).join('; '))
}

function collectionOf(route: Route, given: string | undefined, key: Key): string {
  const name = given ?? defaultCollection(key)
  if (route.scope === 'collection' && !sees(key, name)) throw new GraphloomError('api.forbidden', `The key may not see the collection "${name}"; it may see ${key.collections.join(', ')}.`)
  return name
}

function checkParam(name: string, value: unknown): string {
  if (typeof value !== 'string' || value.length > LONGEST || value.includes('\0')) throw new GraphloomError('api.invalid', `${name} is not an id.`)
  return value
}
