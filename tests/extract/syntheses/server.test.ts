// A stub that answers as a server of the OpenAI chat protocol does, on a real socket.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openServer, synthesize } from '../../../extract/syntheses/index.ts'
import { ontology } from './ontology.ts'

interface Seen { readonly method: string; readonly path: string; readonly key: string | undefined; readonly body: { readonly model?: string; readonly seed?: number; readonly messages?: readonly { readonly role: string; readonly content: string }[] } }

let running: Server | undefined
afterEach(() => new Promise((done) => (running ? running.close(done) : done(undefined))))

async function stub(answer: (seen: Seen, response: ServerResponse, number: number) => void): Promise<{ readonly url: string; readonly seen: Seen[] }> {
  const seen: Seen[] = []
  running = createServer((request: IncomingMessage, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => {
      const one: Seen = { method: request.method!, path: request.url!, key: request.headers.authorization, body: text === '' ? {} : JSON.parse(text) as Seen['body'] }
      seen.push(one)
      answer(one, response, seen.length)
    })
  })
  await new Promise<void>((done) => running!.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(running.address() as AddressInfo).port}`, seen }
}

const json = (response: ServerResponse, value: unknown, status = 200) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
const completion = (content: string) => ({ id: 'chatcmpl-1', object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }], usage: { total_tokens: 9 } })
const rows = [{ text: 'Wanda Prill keeps the books of Hox Paints.', head: 'Wanda Prill', head_type: 'Person', tail: 'Hox Paints', tail_type: 'Company', negative: false }]
const models = { object: 'list', data: [{ id: 'small-model', object: 'model' }] }
const typical = (seen: Seen, response: ServerResponse) => json(response, seen.path === '/v1/models' ? models : completion(JSON.stringify(rows)))

describe('a server of the OpenAI chat protocol', () => {
  it('gives rows that pass the filter; the question holds the explanation and the schema', async () => {
    const { url, seen } = await stub(typical)
    const { model, ask } = await openServer({ url, key: 'secret', waits: [] })
    const { examples } = await synthesize(ontology, { count: 5, seed: 40, relations: ['EMPLOYED_BY'], ask })
    expect(model).toBe('small-model')
    expect(examples[0]?.text).toBe(rows[0]!.text)
    const [, first] = seen
    expect(first).toMatchObject({ method: 'POST', path: '/v1/chat/completions', key: 'Bearer secret', body: { model: 'small-model', seed: 40 } })
    const question = first!.body.messages!.map(({ content }) => content).join('\n')
    for (const part of ['EMPLOYED_BY', 'The head works, or worked, for the tail.', 'works for', 'Person: A human being.', 'Company: A business.', 'Ada Lovelace', '"negative":true', 'JSON array']) expect(question).toContain(part)
  })

  it('asks another manner each round', async () => {
    const { url, seen } = await stub(typical)
    const { ask } = await openServer({ url, model: 'named', waits: [] })
    await synthesize(ontology, { count: 20, seed: 1, relations: ['EMPLOYED_BY'], ask })
    const manners = seen.map(({ body }) => /Manner: ([^.]+)/.exec(body.messages!.at(-1)!.content)?.[1])
    expect(new Set(manners).size).toBe(manners.length)
    expect(seen.every(({ path }) => path === '/v1/chat/completions')).toBe(true)
  })

  it.each(['/v1', '/v1/', '/v1/chat/completions', ''])('is found at an address that ends in "%s"', async (path) => {
    const { url } = await stub(typical)
    expect((await openServer({ url: `${url}${path}`, waits: [] })).model).toBe('small-model')
  })

  it('is tried again when it is busy', async () => {
    const { url, seen } = await stub((one, response, number) => (number < 3 ? json(response, { error: { message: 'slow down' } }, number === 1 ? 429 : 503) : typical(one, response)))
    expect((await openServer({ url, waits: [1, 1] })).model).toBe('small-model')
    expect(seen).toHaveLength(3)
  })

  it('is not tried again when it refuses the key', async () => {
    const { url, seen } = await stub((_, response) => json(response, { error: { message: 'no such key' } }, 401))
    await expect(openServer({ url, waits: [1, 1] })).rejects.toMatchObject({ code: 'model.server', message: expect.stringContaining('no such key') })
    expect(seen).toHaveLength(1)
  })

  it('must answer with a chat completion', async () => {
    const { url } = await stub((seen, response) => json(response, seen.path === '/v1/models' ? models : { choices: [] }))
    const { ask } = await openServer({ url, waits: [] })
    await expect(ask([], 1)).rejects.toMatchObject({ code: 'model.server' })
  })

  it('must answer with JSON', async () => {
    const { url } = await stub((_, response) => response.end('<html>'))
    await expect(openServer({ url, waits: [] })).rejects.toMatchObject({ code: 'model.server' })
  })

  it('must list a model where none is named', async () => {
    const { url } = await stub((_, response) => json(response, { data: [] }))
    await expect(openServer({ url, waits: [] })).rejects.toMatchObject({ code: 'usage.model' })
  })

  it('is missed with a plain message when nothing listens', async () => {
    await expect(openServer({ url: 'http://127.0.0.1:9', waits: [] })).rejects.toMatchObject({ code: 'model.server', retryable: true })
  })

  it('needs an address of the web', async () => {
    await expect(openServer({ url: 'somewhere', waits: [] })).rejects.toMatchObject({ code: 'usage.server' })
  })
})
