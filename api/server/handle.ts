// A route as Express runs it: key, role, checks, body, the route's own function, the audit line, the answer.
import type { Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { GraphloomError, isGraphloomError } from '../../errors.ts'
import { selectFields } from '../fields.ts'
import { type Audit, type Key, mayAct } from '../guard/index.ts'
import { statusOf } from '../problem.ts'
import { addedQuery } from '../query.ts'
import type { Context, Route, ServerEvent, Upload } from '../route.ts'
import type { Services } from '../services.ts'
import { type Checked, compileAsk, parse } from './ask.ts'
import { filesOf, type UploadLimits } from './multipart.ts'
import { replyEvents, replyJson, replyLines } from './reply.ts'

export interface Serving {
  readonly services: Services
  readonly audit: Audit
  readonly uploads: UploadLimits
  /** ISO 8601. */
  readonly now: () => string
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal
  readonly readBody: RequestHandler
}

/** What the middleware before the routes found out. */
export interface Known {
  readonly request: string
  readonly key: Key
}

export function knownOf(response: Response): Known {
  return response.locals as Known
}

/** Makes the handler of a route. */
export function serveRoute(route: Route, serving: Serving): (request: Request, response: Response) => Promise<void> {
  const ask = compileAsk(route)
  return async (request, response) => {
    const { key } = knownOf(response)
    let checked: Checked | undefined
    try {
      if (!mayAct(key.role, route.role)) throw new GraphloomError('api.forbidden', `The key has the role ${key.role}; this asks for ${route.role}.`)
      checked = ask({ params: request.params, query: request.query, key })
      const { body, files } = await bodyOf(route, request, response, serving)
      await answer(route, request, response, serving, checked, { body, ...(files ? { files } : {}) })
      await note(route, request, response, serving, checked, response.statusCode)
    } catch (error) {
      await note(route, request, response, serving, checked, isGraphloomError(error) ? statusOf(error) : 500, isGraphloomError(error) ? error.code : 'api.bug')
      throw error
    }
  }
}

async function bodyOf(route: Route, request: Request, response: Response, { readBody, uploads }: Serving): Promise<{ readonly body?: unknown; readonly files?: AsyncIterable<Upload> }> {
  if (route.body === undefined || route.body instanceof z.ZodUndefined) return {}
  if (route.multipart && request.is('multipart/form-data')) return { files: filesOf(request, uploads) }
  if (!request.is('application/json')) throw new GraphloomError('api.media-type', `The body must be application/json${route.multipart ? ' or multipart/form-data' : ''}.`)
  await new Promise<void>((resolve, reject) => readBody(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(error as Error))))
  return { body: parse(route.body, request.body, 'body') }
}

async function answer(route: Route, request: Request, response: Response, serving: Serving, checked: Checked, { body, files }: { readonly body?: unknown; readonly files?: AsyncIterable<Upload> }): Promise<void> {
  const { params, query, collection, page, fields, seal } = checked
  const { request: id, key } = knownOf(response)
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const context: Context = {
    collection, page, key, services: serving.services, request: id, now: serving.now(),
    signal: AbortSignal.any([gone.signal, serving.stopping]), ...(fields ? { fields } : {}),
  }
  const answered: unknown = route.run({ params: params as never, query: query as never, body, ...(files ? { files } : {}) }, context)
  if (route.answer === 'ndjson') return replyLines(response, answered as AsyncIterable<unknown>)
  if (route.answer === 'events') return replyEvents(response, answered as AsyncIterable<ServerEvent>)
  const value = await answered
  const sealed = route.paged ? withCursor(value as { readonly next?: string }, seal) : value
  replyJson(request, response, route.status, addedQuery(route).fields ? selectFields(sealed, fields) : sealed)
}

function withCursor<List extends { readonly next?: string }>(list: List, seal: (after: string) => string): List {
  return list.next === undefined ? list : { ...list, next: seal(list.next) }
}

async function note(route: Route, request: Request, response: Response, { audit, now }: Serving, checked: Checked | undefined, status: number, code?: string): Promise<void> {
  if (route.audit === 'none') return
  const { request: id, key } = knownOf(response)
  await audit.write({
    time: now(), request: id, address: request.ip ?? '', key: key.id, name: key.name, role: key.role, method: request.method, path: route.path,
    ...(checked && route.scope === 'collection' ? { collection: checked.collection } : {}),
    ...(checked && Object.keys(checked.params).length ? { params: checked.params } : {}),
    ...(route.audit === 'body' && request.body !== undefined ? { body: request.body as unknown } : {}),
    status, ...(code === undefined ? {} : { code }),
  })
}
