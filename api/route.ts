// One route of the API as data: what it takes, what it answers, who may call it, and the function that does it.
// The server, the OpenAPI document, the docs and the client are all made from this; no route sees Express.
import { z } from 'zod'
import type { Key, Role } from './guard/index.ts'
import type { Services } from './services.ts'

export type Shape = Readonly<Record<string, z.ZodType>>
export type Method = 'get' | 'post' | 'delete'

/** A page of a keyset list: at most `limit` items behind `after`, which is what the list itself gave as `next`. */
export interface PageAsked {
  readonly limit: number
  readonly after?: string
}

/** What the server knows of one request, checked before `run` is called. */
export interface Context {
  /** The collection asked for; the key may see it. Every look-up takes it. */
  readonly collection: string
  readonly page: PageAsked
  /** Names of `fields=`, when given; the server does the selecting. */
  readonly fields?: ReadonlySet<string>
  readonly key: Key
  readonly services: Services
  /** Id of the request, as logs and problem documents name it. */
  readonly request: string
  /** ISO 8601. */
  readonly now: string
  /** Aborted when the client leaves or the server stops. */
  readonly signal: AbortSignal
}

/** One file of a multipart upload. */
export interface Upload {
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/** Names of the parameters of a path. */
export type ParameterNames<Path extends string> = Path extends `${string}:${infer Rest}` ? (Rest extends `${infer Name}/${infer More}` ? Name | ParameterNames<More> : Rest) : never

/** `Value` with every array and property readonly, so that records of the graph may be answered as they are. */
export type Frozen<Value> = Value extends readonly (infer Item)[] ? readonly Frozen<Item>[] : Value extends object ? { readonly [Name in keyof Value]: Frozen<Value[Name]> } : Value

export interface Asked<Path extends string, Query extends Shape, Body extends z.ZodType> {
  readonly params: Readonly<Record<ParameterNames<Path>, string>>
  readonly query: Frozen<z.output<z.ZodObject<Query>>>
  readonly body: Frozen<z.output<Body>>
  /** Files of a multipart body, where the route takes one and the client sent one. */
  readonly files?: AsyncIterable<Upload>
}

/** `json`: one value; `ndjson`: a value a line; `events`: Server-Sent Events. */
export type AnswerKind = 'json' | 'ndjson' | 'events'

/** One Server-Sent Event. */
export interface ServerEvent<Data = unknown> {
  readonly event: string
  readonly data: Data
}

export type Answer<Kind extends AnswerKind, Response extends z.ZodType> =
  Kind extends 'json' ? Promise<Frozen<z.input<Response>>> | Frozen<z.input<Response>>
    : Kind extends 'ndjson' ? AsyncIterable<Frozen<z.input<Response>>>
      : AsyncIterable<ServerEvent<Frozen<z.input<Response>>>>

export interface Route<Verb extends Method = Method, Path extends string = string, Query extends Shape = Shape, Body extends z.ZodType = z.ZodType, Response extends z.ZodType = z.ZodType, Kind extends AnswerKind = AnswerKind> {
  readonly method: Verb
  /** Parameters as `:name`. */
  readonly path: Path
  /** The least role that may call it. */
  readonly role: Role
  /** Heading in the docs. */
  readonly tag: string
  readonly summary: string
  readonly description?: string
  /** `collection`: takes `collection`, which the key must see; `none`: the route itself answers for what the key sees. */
  readonly scope: 'collection' | 'none'
  /** Takes `limit` and `cursor`; what `run` gives as `next` becomes the cursor. */
  readonly paged: boolean
  /** Query parameters beside `collection`, `limit`, `cursor` and `fields`, which the server adds. */
  readonly query: Query
  readonly body?: Body
  /** Whether files may come as multipart/form-data instead of the JSON body. */
  readonly multipart: boolean
  readonly answer: Kind
  readonly status: number
  /** What the audit log keeps of a call: nothing, that it was made, or its JSON body too. */
  readonly audit: 'none' | 'call' | 'body'
  readonly response: Response
  /** A request that works on the sample graph of the docs. */
  readonly example: Example
  run(asked: Asked<Path, Query, Body>, context: Context): Answer<Kind, Response>
}

export interface Example {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
}

type Optional = 'scope' | 'paged' | 'query' | 'multipart' | 'answer' | 'status' | 'example' | 'body' | 'audit'
type Given<Verb extends Method, Path extends string, Query extends Shape, Body extends z.ZodType, Response extends z.ZodType, Kind extends AnswerKind> =
  Omit<Route<Verb, Path, Query, Body, Response, Kind>, Optional> & Partial<Pick<Route<Verb, Path, Query, Body, Response, Kind>, Optional>>

/** Makes a route; what is left out is: one collection, not paged, no query, no body, JSON, 200, audited unless it is a GET. */
export function route<const Verb extends Method, const Path extends string, Response extends z.ZodType, Query extends Shape = Record<never, never>, Body extends z.ZodType = z.ZodUndefined, const Kind extends AnswerKind = 'json'>(
  given: Given<Verb, Path, Query, Body, Response, Kind>,
): Route<Verb, Path, Query, Body, Response, Kind> {
  return { scope: 'collection', paged: false, query: {} as Query, multipart: false, answer: 'json' as Kind, status: 200, audit: given.method === 'get' ? 'none' : 'call', example: {}, ...given }
}

/** The record of a list: items, and `next` when there are more. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().optional().describe('Cursor of the next page; absent on the last one.') })
}

/** A query parameter that is a whole number. */
export const integer = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
