// The query parameters that the server adds to those of a route.
import { z } from 'zod'
import { fieldsOf } from './fields.ts'
import { integer, type Route } from './route.ts'

/** The query parameters that the server adds to a route's own. */
export const ADDED = {
  collection: z.string().min(1).max(300).optional().describe("A collection that the key may see; by default the key's only one, else `default`."),
  limit: integer(1, 500).default(50).describe('Most items of a page.'),
  cursor: z.string().max(4000).optional().describe('`next` of the page before.'),
  fields: z.string().max(1000).optional().describe('Names of the fields to answer, comma-separated; all by default.'),
} as const

/** Which of them a route takes. */
export function addedQuery(route: Route): Partial<typeof ADDED> {
  return {
    ...(route.scope === 'collection' ? { collection: ADDED.collection } : {}),
    ...(route.paged ? { limit: ADDED.limit, cursor: ADDED.cursor } : {}),
    ...(route.method === 'get' && route.answer === 'json' && fieldsOf(route.response).length ? { fields: ADDED.fields } : {}),
  }
}
