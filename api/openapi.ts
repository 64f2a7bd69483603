// Route table -> OpenAPI 3.1 document.
import { z } from 'zod'
import { PROBLEM_MEDIA_TYPE, Problem } from './problem.ts'
import { addedQuery } from './query.ts'
import type { Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

export interface OpenApiDocument extends Json {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json }
}

export interface Operation extends Json {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: Json; readonly description?: string; readonly example?: unknown }[]
  readonly responses: Readonly<Record<string, Json>>
}

const MEDIA_TYPES = { json: 'application/json', ndjson: 'application/x-ndjson', events: 'text/event-stream' } as const

/** Describes the routes, and what the server answers beside them. */
export function openApiDocument(routes: readonly Route[], version: string): OpenApiDocument {
  const schemas = new Map<string, Json>()
  const paths: Record<string, Record<string, Operation>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operationOf(route, schemas) }
  }
  schemaOf(Problem, schemas)
  Object.assign(paths, besideRoutes())
  return {
    openapi: '3.1.0',
    info: {
      title: 'Graphloom', version,
      description: 'An ontology-true knowledge graph with the evidence for every fact. Lists are paged by opaque cursors; every GET has a strong ETag; failures are problem documents (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag)), SERVER].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key of `graphloom keys add`. A server without keys is open to its own machine.' } },
    },
  }
}

const SERVER = 'Server'

/** What stands beside the routes, for who runs the server. */
function besideRoutes(): Record<string, Record<string, Operation>> {
  const plain = (operationId: string, summary: string, description: string, media: string, schema: Json, more: Json = {}): { get: Operation } => ({
    get: { operationId, summary, description, tags: [SERVER], parameters: [], responses: { 200: { description: 'The answer.', content: { [media]: { schema } } }, ...more } },
  })
  const status = (...values: readonly string[]): Json => ({ type: 'object', properties: { status: { type: 'string', enum: values } }, required: ['status'] })
  return {
    '/health': { get: { ...plain('getHealth', 'Whether the server is alive', 'Needs no key.', 'application/json', status('alive')).get, security: [] } },
    '/ready': { get: { ...plain('getReady', 'Whether the store answers', 'Needs no key.', 'application/json', status('ready'), { 503: { description: 'It does not, or the server is stopping.', content: { 'application/json': { schema: status('stopping', 'no store') } } } }).get, security: [] } },
    '/metrics': plain('getMetrics', 'Measurements for Prometheus', [
      'Any key. `graphloom_http_request_seconds` (histogram by method, route, status), `graphloom_http_refused_total`,',
      '`graphloom_queue_jobs` (by queue and state: waiting, active, delayed, failed; the queue `uploads` counts jobs of this API, `documents` those of the workers\' queue),',
      '`graphloom_queue_up` (0 where a queue does not answer within a second), and the process itself.',
    ].join(' '), 'text/plain', { type: 'string' }),
  }
}

function operationOf(route: Route, schemas: Map<string, Json>): Operation {
  const { body, multipart, example } = route
  const taken = body !== undefined && !(body instanceof z.ZodUndefined)
  return {
    operationId: operationId(route), summary: route.summary, tags: [route.tag],
    description: [route.description, `Role: ${route.role}.`].filter(Boolean).join(' '),
    parameters: [...pathParameters(route), ...queryParameters(route, schemas)],
    ...(taken ? {
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: schemaOf(body, schemas, 'input'), ...(example.body === undefined ? {} : { example: example.body }) },
          ...(multipart ? { 'multipart/form-data': { schema: { type: 'object', properties: { files: { type: 'array', items: { type: 'string', contentMediaType: 'application/octet-stream' } } } } } } : {}),
        },
      },
    } : {}),
    responses: {
      [route.status]: {
        description: route.answer === 'json' ? 'The answer.' : route.answer === 'ndjson' ? 'One JSON object a line; the schema is of a line.' : 'Server-Sent Events; the schema is of the data of an event.',
        ...(route.method === 'get' && route.answer === 'json' ? { headers: { ETag: { schema: { type: 'string' }, description: 'Send it as If-None-Match to be answered 304 where nothing changed.' } } } : {}),
        content: { [MEDIA_TYPES[route.answer]]: { schema: schemaOf(route.response, schemas) } },
      },
      ...(route.method === 'get' && route.answer === 'json' ? { 304: { description: 'Nothing changed since the ETag.' } } : {}),
      default: { description: 'A failure.', content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

/** `GET /v1/entities/:id/facts` is `getEntitiesByIdFacts`. */
export function operationId({ method, path }: Pick<Route, 'method' | 'path'>): string {
  const parts = path.split('/').slice(2).map((part) => (part.startsWith(':') ? `By${capital(part.slice(1))}` : capital(part)))
  return `${method}${parts.join('')}`
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function pathParameters({ path, example }: Route): Operation['parameters'] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({ name, in: 'path', required: true, schema: { type: 'string' }, ...(example.params?.[name] === undefined ? {} : { example: example.params[name] }) }))
}

function queryParameters(route: Route, schemas: Map<string, Json>): Operation['parameters'] {
  return Object.entries({ ...route.query, ...addedQuery(route) }).map(([name, type]) => {
    const { description, ...schema } = schemaOf(type, schemas, 'input')
    const example = route.example.query?.[name]
    return {
      name, in: 'query', required: !type.safeParse(undefined).success, schema,
      ...(typeof description === 'string' ? { description } : {}), ...(example === undefined ? {} : { example }),
    }
  })
}

/** The JSON schema of a zod schema; what has an id goes to the components. */
function schemaOf(type: z.ZodType, schemas: Map<string, Json>, io: 'input' | 'output' = 'output'): Json {
  const { $schema: _, $defs, ...schema } = referring(z.toJSONSchema(type, { io, target: 'draft-2020-12', unrepresentable: 'any' })) as { $schema?: string; $defs?: Record<string, Json> } & Json
  for (const [name, definition] of Object.entries($defs ?? {})) {
    const { id: _id, ...rest } = definition
    schemas.set(name, rest)
  }
  return schema
}

/** References to definitions, as references to components. */
function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : referring(inner)]))
}
