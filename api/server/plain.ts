// What stands beside the routes: health, readiness, metrics, the OpenAPI document, its docs page, the web page.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { type RequestHandler, Router } from 'express'
import { DOCS_STYLE, docsPage } from '../docs.ts'
import type { OpenApiDocument } from '../openapi.ts'
import type { Services } from '../services.ts'
import type { Metrics } from './metrics.ts'
import { replyJson } from './reply.ts'

export interface PlainOptions {
  readonly services: Services
  readonly document: OpenApiDocument
  readonly metrics: Metrics
  /** Refuses who has no key. */
  readonly guard: RequestHandler
  readonly stopping: AbortSignal
  /** Folder of the built web page. */
  readonly web?: string
}

/** Open to everybody but /metrics: nothing here tells what a collection holds. */
export function plainRoutes({ services, document, metrics, guard, stopping, web }: PlainOptions): Router {
  const router = Router()
  const docs = docsPage(document)
  router.get('/health', (request, response) => replyJson(request, response, 200, { status: 'alive' }))
  router.get('/ready', async (request, response) => {
    const ready = !stopping.aborted && (await services.store.collections().then(() => true, () => false))
    replyJson(request, response, ready ? 200 : 503, { status: ready ? 'ready' : stopping.aborted ? 'stopping' : 'no store' })
  })
  router.get('/metrics', guard, async (_request, response) => {
    const body = await metrics.text()
    response.type(metrics.contentType).send(body)
  })
  router.get('/openapi.json', (request, response) => replyJson(request, response, 200, document))
  router.get('/docs', (_request, response) => { response.type('html').send(docs) })
  router.get('/docs/style.css', (_request, response) => { response.type('css').send(DOCS_STYLE) })
  if (web !== undefined && existsSync(join(web, 'index.html'))) router.use(webPage(web))
  return router
}

/** Files of the web page; any other address that a browser asks for as a page is the page itself, which knows its own addresses. */
function webPage(folder: string): Router {
  const router = Router()
  router.use(express.static(folder, { index: 'index.html', dotfiles: 'ignore', redirect: false, setHeaders: (response, path) => response.setHeader('Cache-Control', /\.[\w-]{8,}\.\w+$/.test(path) || path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache') }))
  router.use((request, response, next) => {
    const page = request.method === 'GET' && !request.path.startsWith('/v1/') && request.accepts(['json', 'html']) === 'html'
    if (page) response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: folder })
    else next()
  })
  return router
}
