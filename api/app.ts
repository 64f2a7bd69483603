// Routes and ports -> an HTTP server: headers, request ids, keys, rates, routes, the pages beside them, problems, an orderly end.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { GraphloomError, isGraphloomError } from '../errors.ts'
import type { Audit, Keys } from './guard/index.ts'
import { openApiDocument } from './openapi.ts'
import { notFound } from './problem.ts'
import type { Route } from './route.ts'
import { ROUTES } from './routes/index.ts'
import { addressOf, authenticate, browserRoutes, createMetrics, type InHand, knownOf, limitRate, openInHand, plainRoutes, readJson, replyProblem, serveRoute, type UploadLimits } from './server/index.ts'
import type { Services } from './services.ts'

export interface AppOptions {
  readonly version: string
  readonly audit: Audit
  /** Without keys the server is open, and must be bound to this machine alone. */
  readonly keys?: Keys
  /** Folder of the built web page. */
  readonly web?: string
  /** ISO 8601. */
  readonly now: () => string
  /** Milliseconds from any origin. */
  readonly clock: () => number
  readonly newId: () => string
  /** Told of bugs and of failing services, with the id of the request. */
  readonly onError: (error: unknown, request: string) => void
  readonly limits?: Partial<AppLimits>
}

export interface AppLimits {
  /** Requests a minute for a key. */
  readonly rate: number
  /** Wrong keys a minute from an address. */
  readonly wrongKeys: number
  /** Bytes of a JSON body. */
  readonly jsonBytes: number
  /** Milliseconds within which a JSON body must be there. */
  readonly bodyTime: number
  readonly uploads: UploadLimits
  /** Milliseconds that requests in hand are given when the server stops. */
  readonly grace: number
}

export const APP_LIMITS: AppLimits = {
  rate: 12_000, wrongKeys: 60, jsonBytes: 16 * 1024 * 1024, bodyTime: 30_000,
  uploads: { files: 1000, bytes: 2 * 1024 ** 3, stall: 30_000 }, grace: 10_000,
}

export interface Application {
  readonly express: Express
  /** Gives the port. */
  listen(port: number, host: string): Promise<number>
  /** Takes no more requests, ends streams, waits for what is in hand. */
  close(): Promise<void>
}

/** Makes the server; nothing listens yet. */
export function createApp(services: Services, options: AppOptions): Application {
  const limits: AppLimits = { ...APP_LIMITS, ...options.limits }
  const stop = new AbortController()
  const metrics = createMetrics(queuesOf(services))
  const routes: readonly Route[] = ROUTES as readonly unknown[] as readonly Route[]
  const app = express()
  app.disable('x-powered-by').set('etag', false).set('query parser', 'simple').set('strict routing', false)
  app.use(introduce(options, metrics))
  app.use(headers())
  const guard = guardOf(options, limits)
  const inHand = openInHand()
  const serving = { services, audit: options.audit, uploads: limits.uploads, now: options.now, stopping: stop.signal, readBody: readJson(limits.jsonBytes, limits.bodyTime) }
  app.use('/v1', guard)
  for (const route of routes) app[route.method](route.path, named(route), inHand.watch(serveRoute(route, serving)))
  app.use('/v1', wrongMethod(routes))
  app.use(browserRoutes({ services, guard, open: options.keys === undefined }))
  app.use(plainRoutes({ services, document: openApiDocument(routes, options.version), metrics, guard, stopping: stop.signal, ...(options.web === undefined ? {} : { web: options.web }) }))
  app.use((_request, _response, next) => next(notFound('page or route')))
  app.use(problems(options))
  return { express: app, ...lifeOf(app, inHand, stop, limits) }
}

/** The line of uploads is a queue like any other: its jobs are uploads, those of the others documents. */
function queuesOf({ jobs, queues = {} }: Services): NonNullable<Services['queues']> {
  if (jobs === undefined) return queues
  return { uploads: async () => { const { waiting, active, failed } = await jobs.counts(); return { waiting, active, delayed: 0, failed } }, ...queues }
}

/** Gives each request its id, and counts it when it is answered. */
function introduce({ newId, clock }: AppOptions, metrics: ReturnType<typeof createMetrics>): RequestHandler {
  return (request, response, next) => {
    const since = clock()
    const id = newId()
    response.locals['request'] = id
    response.set('X-Request-Id', id)
    response.once('close', () => metrics.request({ method: request.method, route: String(response.locals['route'] ?? 'other'), status: response.statusCode, seconds: (clock() - since) / 1000 }))
    next()
  }
}

const named = ({ path }: Route): RequestHandler => (_request, response, next) => {
  response.locals['route'] = path
  next()
}

/** Everything comes from this server alone, nothing stands in the page itself. Plain HTTP must stay possible on one's own machine. */
function headers(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'"], workerSrc: ["'self'"],
        connectSrc: ["'self'"], fontSrc: ["'self'"], objectSrc: ["'none'"], baseUri: ["'self'"], formAction: ["'self'"], frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  })
}

/** Who has no key is refused; who tries many wrong ones is told to wait. */
function guardOf({ keys }: AppOptions, { rate, wrongKeys }: AppLimits): RequestHandler {
  const perKey = limitRate(rate, 'requests', (request) => (request.res === undefined ? '' : knownOf(request.res).key.id))
  const perAddress = limitRate(wrongKeys, 'requests without a valid key', addressOf)
  return async (request, response, next) => {
    try {
      response.locals['key'] = await authenticate(request, keys)
    } catch (error) {
      if (!isGraphloomError(error, 'api.unauthenticated')) throw error
      await perAddress(request, response, (refused?: unknown) => next(refused ?? error))
      return
    }
    await perKey(request, response, next)
  }
}

function wrongMethod(routes: readonly Route[]): RequestHandler {
  const patterns = routes.map(({ path, method }) => ({ method, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`) }))
  return (request, response, next) => {
    const allowed = patterns.filter(({ pattern }) => pattern.test(request.baseUrl + request.path)).map(({ method }) => method.toUpperCase())
    if (allowed.length === 0) return next()
    response.set('Allow', allowed.join(', '))
    next(new GraphloomError('api.method', `${request.method} does not go here; expected ${allowed.join(' or ')}.`))
  }
}

function problems({ onError }: AppOptions): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const id = String(response.locals['request'])
    const known = isGraphloomError(error) ? error : strange(error)
    if (known === undefined) onError(error, id)
    else if (known.retryable && known.code !== 'api.too-many') onError(known, id)
    replyProblem(response, known ?? error, id)
  }
}

/** Express's own refusals: an address that cannot be decoded, a client that left. */
function strange(error: unknown): GraphloomError | undefined {
  const { status, code } = error as { readonly status?: unknown; readonly code?: unknown }
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNABORTED' || code === 'ECONNRESET') return new GraphloomError('api.timeout', 'The client left.')
  return typeof status === 'number' && status >= 400 && status < 500 ? new GraphloomError(status === 404 ? 'api.not-found' : 'api.invalid', 'The address cannot be read.', { cause: error }) : undefined
}

function lifeOf(app: Express, inHand: InHand, stop: AbortController, { grace }: AppLimits): Pick<Application, 'listen' | 'close'> {
  const server: Server = createServer({ headersTimeout: 15_000, requestTimeout: 0, keepAliveTimeout: 10_000, connectionsCheckingInterval: 5_000, maxHeaderSize: 32 * 1024 }, app)
  return {
    listen: (port, host) => new Promise((resolve, reject) => {
      server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? new GraphloomError('usage.port', `Port ${port} of ${host} is taken; give another with --port.`, { cause: error }) : error))
      server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
    }),
    async close() {
      stop.abort()
      const late = new Promise<void>((resolve) => setTimeout(() => {
        server.closeAllConnections()
        resolve()
      }, grace).unref())
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      await closed
      await Promise.race([inHand.settled(), late])
    },
  }
}
