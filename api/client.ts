// The API from a program: every route with the types of its own schemas. Needs nothing but `fetch`.
import type { z } from 'zod'
import { type ErrorCode, GraphloomError } from '../errors.ts'
import type { Frozen, Method, ParameterNames, ServerEvent, Shape } from './route.ts'
import type { ROUTES } from './routes/index.ts'

type Routes = (typeof ROUTES)[number]
type Kind = 'json' | 'ndjson' | 'events'
type At<Verb extends Method, Path> = Extract<Routes, { readonly method: Verb; readonly path: Path }>
/** Paths of the routes of a method whose answer is of a kind. */
export type PathOf<Verb extends Method, Answer extends Kind = 'json'> = Extract<Routes, { readonly method: Verb; readonly answer: Answer }>['path']

type QueryOf<R> = R extends { readonly query: infer Query extends Shape } ? { readonly [Name in keyof Query]?: z.input<Query[Name]> } & { readonly collection?: string; readonly limit?: number; readonly cursor?: string; readonly fields?: string } : never
type BodyOf<R> = R extends { readonly body?: infer Body } ? (Exclude<Body, undefined> extends z.ZodUndefined ? { readonly body?: undefined } : Exclude<Body, undefined> extends z.ZodType<unknown, infer Input> ? { readonly body: Frozen<Input> | FormData } : { readonly body?: undefined }) : { readonly body?: undefined }
type ParamsOf<Path extends string> = [ParameterNames<Path>] extends [never] ? { readonly params?: undefined } : { readonly params: Readonly<Record<ParameterNames<Path>, string>> }
/** What a route answers. */
export type AnswerOf<R> = R extends { readonly response: infer Response extends z.ZodType } ? Frozen<z.output<Response>> : never

export type AnswerTo<Verb extends Method, Path extends string> = AnswerOf<At<Verb, Path>>

export type CallOptions<Verb extends Method, Path extends string> = ParamsOf<Path> & BodyOf<At<Verb, Path>> & { readonly query?: QueryOf<At<Verb, Path>>; readonly signal?: AbortSignal }
type Given<Options> = Partial<Options> extends Options ? readonly [options?: Options] : readonly [options: Options]

export interface ClientOptions {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string
  readonly key?: string
  readonly fetch?: typeof fetch
}

/** Failures are `GraphloomError` with the code of the problem document. */
export interface Client {
  get<Path extends PathOf<'get'>>(path: Path, ...options: Given<CallOptions<'get', Path>>): Promise<AnswerOf<At<'get', Path>>>
  post<Path extends PathOf<'post'>>(path: Path, ...options: Given<CallOptions<'post', Path>>): Promise<AnswerOf<At<'post', Path>>>
  delete<Path extends PathOf<'delete'>>(path: Path, ...options: Given<CallOptions<'delete', Path>>): Promise<AnswerOf<At<'delete', Path>>>
  /** Every item of a list, page after page. */
  all<Path extends PathOf<'get'>>(path: Path, ...options: Given<CallOptions<'get', Path>>): AsyncGenerator<AnswerOf<At<'get', Path>> extends { readonly items: readonly (infer Item)[] } ? Item : never>
  /** An export, record by record. */
  lines<Path extends PathOf<'get', 'ndjson'>>(path: Path, ...options: Given<CallOptions<'get', Path>>): AsyncGenerator<AnswerOf<At<'get', Path>>>
  /** Events, until the server ends them. */
  events<Path extends PathOf<'get', 'events'>>(path: Path, ...options: Given<CallOptions<'get', Path>>): AsyncGenerator<ServerEvent<AnswerOf<At<'get', Path>>>>
}

interface Call {
  readonly params?: Readonly<Record<string, string>> | undefined
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** A client of the server at `url`. */
export function openClient({ url, key, fetch: send = fetch }: ClientOptions): Client {
  const call = async (method: Method, path: string, { params = {}, query = {}, body, signal }: Call = {}): Promise<Response> => {
    const address = new URL(path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? '')), url)
    for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, String(value))
    const json = body !== undefined && !(body instanceof FormData)
    const response = await send(address, {
      method: method.toUpperCase(),
      headers: { ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }), ...(json ? { 'Content-Type': 'application/json' } : {}) },
      ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : (body as FormData) }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (!response.ok) throw await problem(response)
    return response
  }
  const json = (method: Method) => async (path: string, options?: Call) => (await call(method, path, options)).json()
  const get = json('get')
  return {
    get, post: json('post'), delete: json('delete'),
    async *all(path: string, options: Call = {}) {
      for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
        const page = (await get(path, { ...options, query: { ...options.query, ...(cursor === undefined ? {} : { cursor }) } })) as { readonly items: readonly unknown[]; readonly next?: string }
        yield* page.items
        cursor = page.next
      }
    },
    async *lines(path: string, options?: Call) {
      for await (const line of linesOf(await call('get', path, options))) if (line !== '') yield JSON.parse(line) as unknown
    },
    async *events(path: string, options?: Call) {
      let event = 'message'
      for await (const line of linesOf(await call('get', path, options))) {
        if (line.startsWith('event: ')) event = line.slice('event: '.length)
        else if (line.startsWith('data: ')) yield { event, data: JSON.parse(line.slice('data: '.length)) as unknown }
      }
    },
  } as unknown as Client
}

/** Through a reader, since not every browser can iterate over a stream. */
async function* linesOf({ body }: Response): AsyncGenerator<string> {
  if (body === null) return
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      const lines = (rest + (done ? decoder.decode() : decoder.decode(value as Uint8Array, { stream: true }))).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
      if (done) break
    }
    if (rest !== '') yield rest
  } finally {
    await reader.cancel()
  }
}

async function problem(response: Response): Promise<GraphloomError> {
  const { code, detail } = (await response.json().catch(() => ({}))) as { readonly code?: ErrorCode; readonly detail?: string }
  return new GraphloomError(code ?? 'api.failed', detail ?? `The server answered ${response.status}.`, { retryable: [429, 503, 504].includes(response.status) })
}
