// The port to a language model, and its adapter for servers that speak the OpenAI chat protocol.
import { GraphloomError } from '../../errors.ts'
import type { Message } from './prompt.ts'

/** Asks a language model; gives the text of its answer. */
export type Ask = (messages: readonly Message[], seed: number) => Promise<string>

export interface ServerOptions {
  /** Base address, with or without `/v1`. */
  readonly url: string
  /** Default: the first model that the server lists. */
  readonly model?: string
  readonly key?: string
  /** Milliseconds before a request is given up. */
  readonly timeout?: number
  /** Waits between tries, in milliseconds. */
  readonly waits?: readonly number[]
}

/** Finds the server and its model; throws `model.server` when it does not answer as such a server does. */
export async function openServer({ url, model, key, timeout = 120_000, waits = [1_000, 4_000] }: ServerOptions): Promise<{ readonly model: string; readonly ask: Ask }> {
  const base = baseOf(url)
  const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) }
  const call = (path: string, body?: unknown) => patient(waits, () => request(`${base}${path}`, { headers, signal: AbortSignal.timeout(timeout), ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }) }))
  const chosen = model ?? firstModel(await call('/models'), base)
  return {
    model: chosen,
    ask: async (messages, seed) => {
      const answer = await call('/chat/completions', { model: chosen, messages, temperature: 0.9, seed }) as { readonly choices?: readonly { readonly message?: { readonly content?: unknown } }[] }
      const content = answer?.choices?.[0]?.message?.content
      if (typeof content !== 'string') throw new GraphloomError('model.server', `${base} answered without choices[0].message.content; expected a server that speaks the OpenAI chat protocol.`)
      return content
    },
  }
}

function baseOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new GraphloomError('usage.server', `--server has "${url}"; expected an address such as http://127.0.0.1:8000/v1.`)
  const { origin, pathname } = new URL(url)
  const path = pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '')
  return `${origin}${path === '' ? '/v1' : path}`
}

function firstModel(answer: unknown, base: string): string {
  const id = (answer as { readonly data?: readonly { readonly id?: unknown }[] } | null)?.data?.[0]?.id
  if (typeof id !== 'string') throw new GraphloomError('usage.model', `${base} lists no models; name one with --model.`)
  return id
}

async function request(url: string, init: RequestInit): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (cause) {
    throw new GraphloomError('model.server', `${url} does not answer: ${(cause as Error).message}. Is the server running?`, { retryable: true, cause })
  }
  const text = await response.text()
  if (!response.ok) throw new GraphloomError('model.server', `${url} answered ${response.status}: ${text.slice(0, 300)}`, { retryable: response.status === 429 || response.status >= 500 })
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new GraphloomError('model.server', `${url} answered with something other than JSON: ${text.slice(0, 100)}`, { cause })
  }
}

async function patient<Answer>(waits: readonly number[], call: () => Promise<Answer>): Promise<Answer> {
  const [wait, ...later] = waits
  try {
    return await call()
  } catch (error) {
    if (wait === undefined || !(error instanceof GraphloomError) || !error.retryable) throw error
  }
  await new Promise((done) => setTimeout(done, wait))
  return patient(later, call)
}
