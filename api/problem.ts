// Failure -> problem document (RFC 9457): a stable code for programs, words for people, and nothing of the server's insides.
import { z } from 'zod'
import { GraphloomError, isGraphloomError } from '../errors.ts'

export const Problem = z.object({
  type: z.string().describe('Where the code is explained.'),
  title: z.string(), status: z.number().int(), detail: z.string(),
  code: z.string().describe('Stable; programs look at this.'),
  request: z.string().optional().describe("Id of the request, as in the answer's X-Request-Id."),
}).meta({ id: 'Problem' })
export type ProblemRecord = z.output<typeof Problem>

export const PROBLEM_MEDIA_TYPE = 'application/problem+json'

/** Codes of the API itself; those of other areas (usage, ingest, store, …) come through as they are. */
export const PROBLEMS: Readonly<Record<string, { readonly status: number; readonly meaning: string }>> = {
  'api.invalid': { status: 400, meaning: 'A parameter or the body is not what the route takes; the detail names the place.' },
  'api.cursor': { status: 400, meaning: 'The cursor is not one of this list with these parameters.' },
  'api.unsafe-name': { status: 400, meaning: 'The name of an upload leads out of its folder, or two are alike.' },
  'api.cypher-refused': { status: 400, meaning: 'The Cypher statement does more than reading, or more than its bounds allow.' },
  'api.unauthenticated': { status: 401, meaning: 'No key, or none that the server knows.' },
  'api.forbidden': { status: 403, meaning: 'The role of the key is too small, or it may not see the collection.' },
  'api.host': { status: 403, meaning: 'A server without keys was asked under a strange name or from a strange page.' },
  'api.off': { status: 403, meaning: 'The server was started without what this needs.' },
  'api.not-found': { status: 404, meaning: 'It is not there, or not for this key.' },
  'api.method': { status: 405, meaning: 'The route takes other methods; Allow names them.' },
  'api.timeout': { status: 408, meaning: 'The body did not arrive in time.' },
  'api.conflict': { status: 409, meaning: 'What is asked cannot be done in this state.' },
  'api.too-large': { status: 413, meaning: 'The body, or the upload, is beyond its limit.' },
  'api.media-type': { status: 415, meaning: 'The body has a type that the route does not take.' },
  'api.unprocessable': { status: 422, meaning: 'The text holds nothing that can be read.' },
  'api.too-many': { status: 429, meaning: 'Too many requests; wait as long as Retry-After says.' },
  'api.bug': { status: 500, meaning: 'The server failed; its log has the reason under the request id.' },
  'api.unavailable': { status: 503, meaning: 'A service behind the server is away; try again later.' },
  'api.cypher-timeout': { status: 504, meaning: 'The Cypher statement took too long.' },
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request', 401: 'Unauthenticated', 403: 'Forbidden', 404: 'Not found', 405: 'Method not allowed', 408: 'Request timeout', 409: 'Conflict', 413: 'Too large',
  415: 'Unsupported media type', 422: 'Unprocessable', 429: 'Too many requests', 500: 'Internal error', 503: 'Unavailable', 504: 'Timeout',
}

/** The HTTP status of an operational failure. */
export function statusOf({ code, retryable }: GraphloomError): number {
  const [area] = code.split('.')
  const known = PROBLEMS[code]?.status
  if (known !== undefined) return known
  if (code.startsWith('usage.unknown-')) return 404
  if (area === 'usage') return 400
  if (area === 'ingest' || area === 'extract' || area === 'ontology') return 422
  return retryable || area === 'store' || area === 'queue' || area === 'neo4j' || area === 'model' ? 503 : 500
}

/** What a client is told of a failure; of a bug only that there was one. */
export function problemOf(error: unknown, request?: string): ProblemRecord {
  const failure = isGraphloomError(error) ? error : new GraphloomError('api.bug', 'The server failed; its log has the reason under this request id.')
  const status = statusOf(failure)
  return {
    type: `/docs#problem-${failure.code.replace('.', '-')}`, title: TITLES[status] ?? 'Failed', status, detail: failure.message, code: failure.code,
    ...(request === undefined ? {} : { request }),
  }
}

/** What was asked for is not there, or the key may not see it: both answer alike. */
export function notFound(what: string): GraphloomError {
  return new GraphloomError('api.not-found', `There is no ${what} here that this key may see.`)
}
