// One request to a server under test; whatever comes back is held against the OpenAPI document.
import { expect } from 'vitest'
import { ROUTES } from '../../api/index.ts'
import { mismatches } from '../api/described.ts'

export interface AskOptions {
  readonly key?: string | undefined
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: its shape was held against the OpenAPI document; tests look into it as they need
  readonly body: any
}

const PATTERNS = ROUTES.map(({ method, path }) => ({ method: method as string, path: path as string, pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`) }))

/** Asks, and fails where the answer is not what the OpenAPI document says. */
export async function ask(url: string, method: string, path: string, { key, query = {}, body, headers = {} }: AskOptions = {}): Promise<Asked> {
  const address = new URL(path, url)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, String(value))
  const form = body instanceof FormData
  const send = () => fetch(address, {
    method,
    headers: { ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }), ...(body === undefined || form ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: form || typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  // A kept connection may be closed by the server just as it is used again; a question may then be asked again, as browsers do.
  const response = await send().catch((error: Error) => { if (method === 'GET') return send(); throw error })
  const text = await response.text()
  const mediaType = response.headers.get('content-type')?.split(';')[0] ?? ''
  const parsed: unknown = text !== '' && /json$/.test(mediaType) && !/ndjson/.test(mediaType) ? JSON.parse(text) : undefined
  const route = PATTERNS.find(({ method: verb, pattern }) => verb === method.toLowerCase() && pattern.test(address.pathname))
  if (route && response.status !== 304) {
    const values = /ndjson/.test(mediaType) ? text.split('\n').filter(Boolean).map((line) => JSON.parse(line) as unknown)
      : /event-stream/.test(mediaType) ? [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as unknown) : [parsed]
    const wrong = values.flatMap((value) => mismatches({ method: route.method, path: route.path, status: response.status, mediaType, body: value, selected: address.searchParams.has('fields') }))
    expect({ asked: `${method} ${path}`, status: response.status, wrong }).toEqual({ asked: `${method} ${path}`, status: response.status, wrong: [] })
  }
  return { status: response.status, headers: response.headers, text, body: parsed }
}

/** Names that an answer may hold nowhere. */
export function holdsAny(text: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => text.includes(name))
}
