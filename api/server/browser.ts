// Style sheet, guide and saved queries for Neo4j Browser, which asks for them from its own origin.
import { type RequestHandler, Router } from 'express'
import { GraphloomError } from '../../errors.ts'
import { pagesOf } from '../../graph/index.ts'
import type { Services } from '../services.ts'
import { isLoopback } from './authenticate.ts'
import { knownOf } from './handle.ts'

export interface BrowserOptions {
  readonly services: Services
  /** Refuses who has no key. */
  readonly guard: RequestHandler
  /** Whether the server has no keys, and so answers this machine alone. */
  readonly open: boolean
}

/** `/browser/guide.html`, `/browser/style.grass`, `/browser/queries.zip`: what the graph holds now. They name types and entities, so a server with keys asks for one. */
export function browserRoutes({ services, guard, open }: BrowserOptions): Router {
  const router = Router()
  router.use('/browser', open ? neighbours : guard)
  router.options('/browser/:name', (_request, response) => { response.status(204).end() })
  router.get('/browser/:name', async (request, response, next) => {
    if (!open && !knownOf(response).key.collections.includes('*')) throw new GraphloomError('api.forbidden', 'These pages show every collection, so the key must see every one, too.')
    const page = (await pagesOf(services.store)).find(({ name }) => name === request.params.name)
    if (page === undefined) return next()
    response.set('Content-Type', page.mediaType).set('Cache-Control', 'no-store').send(typeof page.body === 'string' ? page.body : Buffer.from(page.body))
  })
  return router
}

/** Lets pages of any port of this machine read, and nobody else. */
const neighbours: RequestHandler = (request, response, next) => {
  const host = request.get('host') ?? ''
  const origin = request.get('origin')
  if (!isLoopback(host.replace(/:\d+$/u, '')) || (origin !== undefined && !(URL.canParse(origin) && isLoopback(new URL(origin).hostname)))) {
    throw new GraphloomError('api.host', 'Without keys the server answers pages of this machine only.')
  }
  if (origin !== undefined) response.set('Access-Control-Allow-Origin', origin).set('Access-Control-Allow-Methods', 'GET').set('Access-Control-Allow-Headers', 'cache-control, pragma')
  response.vary('Origin')
  next()
}
