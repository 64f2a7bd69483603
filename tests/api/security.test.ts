// What an API is attacked with: wrong keys, other collections, pages of strangers; uploads have a file of their own.
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { type Route, ROUTES } from '../../api/index.ts'
import { exportEntities, exportFacts, type GraphStore } from '../../graph/index.ts'
import { ask, holdsAny } from '../conformance/ask.ts'
import { ARCHIVE, LIBRARY, openSample, openSampleGraph } from './sample.ts'

const { store, reader, close } = await openSampleGraph()
const server = await openSample(store, reader)
afterAll(async () => {
  await server.close()
  await close()
})

const routes = ROUTES as readonly unknown[] as readonly Route[]
const pathOf = ({ path, example }: Route) => path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(example.params?.[name] ?? ''))

describe('keys', () => {
  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s asks for one', async (_, route) => {
    expect((await ask(server.url, route.method.toUpperCase(), pathOf(route))).body).toMatchObject({ status: 401, code: 'api.unauthenticated' })
  })

  test.each(routes.filter(({ role }) => role !== 'reader').map((route) => [`${route.method} ${route.path}`, route] as const))('%s refuses a role below its own', async (_, route) => {
    const below = ({ reviewer: 'reader', writer: 'reviewer', admin: 'writer' } as const)[route.role as 'reviewer']
    expect((await ask(server.url, route.method.toUpperCase(), pathOf(route), { key: server.token(below), body: route.example.body })).body).toMatchObject({ status: 403, code: 'api.forbidden' })
  })

  test('wrong ones are all refused alike, and told nothing', async () => {
    const good = server.token('admin')
    const flipped = `${good.slice(0, -2)}${good.endsWith('A') ? 'BB' : 'AA'}`
    for (const key of ['x', flipped, good.slice(0, -1), `${good}A`, good.toUpperCase(), `glm_00000000_${'A'.repeat(43)}`, '..', 'a'.repeat(5000)]) {
      const answer = await ask(server.url, 'GET', '/v1/collections', { key })
      expect({ key, ...answer.body }).toMatchObject({ key, status: 401, code: 'api.unauthenticated', detail: 'The key is not one that this server knows.' })
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
    for (const header of ['', 'Basic abc', good, `Bearer ${good} ${good}`]) expect((await ask(server.url, 'GET', '/v1/collections', { headers: { Authorization: header } })).status).toBe(401)
    expect((await ask(server.url, 'GET', '/v1/collections', { query: { key: good } })).status).toBe(401)
  })

  test('who tries many wrong ones must wait; who has a good one need not', async () => {
    const small = await openSample(store, reader, { limits: { wrongKeys: 3 } })
    const statuses = []
    for (let n = 0; n < 5; n++) statuses.push((await ask(small.url, 'GET', '/v1/collections', { key: 'wrong' })).status)
    expect(statuses).toEqual([401, 401, 401, 429, 429])
    expect((await ask(small.url, 'GET', '/v1/collections', { key: small.token('reader') })).status).toBe(200)
    await small.close()
  })

  test('a removed key ends at once', async () => {
    const small = await openSample(store, reader)
    const key = small.token('admin', LIBRARY)
    expect((await ask(small.url, 'GET', '/v1/collections', { key })).status).toBe(200)
    await small.removeKey(key)
    expect((await ask(small.url, 'GET', '/v1/collections', { key })).status).toBe(401)
    await small.close()
  })

  test('a key that asks too often must wait as long as it is told, others need not', async () => {
    const small = await openSample(store, reader, { limits: { rate: 3 } })
    const key = small.token('reader', LIBRARY)
    const answers = []
    for (let n = 0; n < 4; n++) answers.push(await ask(small.url, 'GET', '/v1/statistics', { key }))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answers[3]?.body).toMatchObject({ code: 'api.too-many' })
    expect((await ask(small.url, 'GET', '/v1/statistics', { key: small.token('reader', ARCHIVE) })).status).toBe(200)
    await small.close()
  })
})

describe('collections', () => {
  const ONLY = {
    [LIBRARY]: ['Charles Babbage', 'William King', 'London', '1842', 'letters/ada.txt', 'computing.txt', 'groups.txt', 'Big Group', 'International Business Machines'],
    [ARCHIVE]: ['Hidden Works', '1899', 'Nowhere', 'Secret Friend', 'Shadow Group', 'secret.txt', 'more secrets.txt'],
  } as const

  const exported = async () => {
    const lines: string[] = []
    for (const collection of [LIBRARY, ARCHIVE]) {
      for await (const fact of exportFacts(store, { collection, statuses: ['accepted', 'review', 'rejected'] })) lines.push(JSON.stringify(fact))
      for await (const entity of exportEntities(store, { collection })) lines.push(JSON.stringify(entity))
    }
    return lines.join('\n')
  }

  test('10,000 random requests with keys of two collections never see, nor change, what is the other one’s', async () => {
    const before = await exported()
    const ids: Record<string, string[]> = { [LIBRARY]: [], [ARCHIVE]: [] }
    for (const collection of [LIBRARY, ARCHIVE]) {
      for await (const fact of exportFacts(store, { collection })) ids[collection]!.push(fact.id)
      for await (const { id, documents } of exportEntities(store, { collection })) ids[collection]!.push(id, ...documents)
      ids[collection] = [...new Set(ids[collection])]
    }
    const every = [...ids[LIBRARY]!, ...ids[ARCHIVE]!]
    const cursors: string[] = []
    const reads = routes.filter(({ method, answer }) => method === 'get' && answer !== 'events')
    const writes = routes.filter(({ path, method }) => method === 'delete' || path === '/v1/decisions' && method === 'post')
    const word = fc.constantFrom('Ada', 'Hidden', 'Secret', 'London', 'a', '*', '%', '"', "' OR 1=1 --", 'EMPLOYED_BY', 'SPOUSE', 'Person', 'accepted', 'accepted,review,rejected', '0', '2', '2020-01-01', ...ONLY[LIBRARY], ...ONLY[ARCHIVE])
    const requests = fc.record({
      mine: fc.constantFrom(LIBRARY, ARCHIVE),
      write: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
      route: fc.nat(),
      id: fc.constantFrom(...every, `${every.at(-1)}/1`, '..', '%'),
      collection: fc.constantFrom(undefined, undefined, LIBRARY, ARCHIVE, '*', 'default', '', `${LIBRARY},${ARCHIVE}`),
      values: fc.array(fc.oneof(word, fc.constantFrom(...every)), { minLength: 12, maxLength: 12 }),
      used: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      cursor: fc.option(fc.nat(), { freq: 4, nil: undefined }),
      evidence: fc.boolean(),
    })
    const tally: Record<number, number> = {}
    const one = async ({ mine, write, route: pick, id, collection, values, used, cursor, evidence }: (typeof requests extends fc.Arbitrary<infer Made> ? Made : never)) => {
      const other = mine === LIBRARY ? ARCHIVE : LIBRARY
      const list = write ? writes : reads
      const route = list[pick % list.length]!
      const foreign = write ? ids[other]![pick % ids[other]!.length]! : id
      const path = route.path.replace(/:\w+/g, () => encodeURIComponent(foreign))
      const own = Object.keys(route.query).filter((_, index) => used[index] || ['from', 'to', 'entity'].includes(Object.keys(route.query)[index] ?? ''))
      const query = {
        ...Object.fromEntries(own.map((name, index) => [name, values[index]])), collection,
        ...(route.paged && cursor !== undefined && cursors.length ? { cursor: cursors[cursor % cursors.length] } : {}), ...(route.paged && pick % 3 === 0 ? { limit: 1 } : {}),
        ...(evidence && /facts$/.test(route.path) && !route.path.includes('export') ? { fields: 'id,head,tail,evidence' } : {}),
      }
      const body = write && route.method === 'post' ? { kind: 'reject', fact: foreign } : undefined
      const answer = await ask(server.url, route.method.toUpperCase(), path, { key: server.token(write ? 'admin' : 'reader', mine), query, body }).catch((error: Error) => { throw new Error(`${route.method} ${path} ${JSON.stringify(query)} ${JSON.stringify(body)}: ${error.message}`, { cause: error }) })
      tally[answer.status] = (tally[answer.status] ?? 0) + 1
      if (answer.status >= 500) throw new Error(`${path} ${JSON.stringify(query)}: ${answer.text}`)
      const next = (answer.body as { next?: string } | undefined)?.next
      if (answer.status === 200 && next !== undefined && cursors.length < 500) cursors.push(next)
      const sent = decodeURIComponent(path) + JSON.stringify([query, body]) // a problem may repeat what it was asked
      const names = [...ONLY[other], ...ids[other]!].filter((text) => answer.status === 200 || !sent.includes(text))
      expect({ path, query, leaked: holdsAny(answer.text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ''), names) }).toEqual({ path, query, leaked: [] })
      if (write) expect({ path, status: answer.status }).not.toMatchObject({ status: 200 })
    }
    const all = fc.sample(requests, { numRuns: 10_000, seed: 5 })
    const lane = async () => { for (let next = all.pop(); next !== undefined; next = all.pop()) await one(next) }
    await Promise.all(Array.from({ length: 16 }, lane))
    expect(await exported()).toBe(before)
    expect(tally[200]).toBeGreaterThan(1000)
    expect(server.errors).toEqual([])
  }, 900_000)

  test('a cursor is good for its own question alone, and a made-up one for none', async () => {
    const key = server.token('reader', LIBRARY)
    const { next } = (await ask(server.url, 'GET', '/v1/entities', { key, query: { limit: 1 } })).body as { next: string }
    expect((await ask(server.url, 'GET', '/v1/entities', { key, query: { limit: 2, cursor: next } })).status).toBe(200)
    for (const query of [{ cursor: next, type: 'Person' }, { cursor: 'x' }, { cursor: Buffer.from('["a","b"]').toString('base64url') }, { cursor: `${next}A` }]) {
      expect((await ask(server.url, 'GET', '/v1/entities', { key, query })).body).toMatchObject({ status: 400 })
    }
    expect((await ask(server.url, 'GET', '/v1/entities', { key: server.token('reader', ARCHIVE), query: { cursor: next } })).body).toMatchObject({ code: 'api.cursor' })
  })
})

describe('a server without keys', () => {
  test('answers this machine, under its own name and to its own pages, and nobody else', async () => {
    const open = await openSample(store, reader, { open: true })
    const { port } = new URL(open.url)
    const send = (headers: Record<string, string>, method = 'GET'): Promise<number> => new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/v1/collections', method, headers }, (response) => { response.resume(); resolve(response.statusCode ?? 0) }).on('error', reject).end()
    })
    expect(await send({ Host: `localhost:${port}` })).toBe(200)
    expect(await send({ Host: `127.0.0.1:${port}`, Origin: `http://127.0.0.1:${port}` })).toBe(200)
    for (const headers of [{ Host: 'evil.example' }, { Host: `localhost.evil.example:${port}` }, { Host: `127.0.0.1:${port}`, Origin: 'https://evil.example' }, { Host: `127.0.0.1:${port}`, Origin: 'null' }, { Host: `127.0.0.1:${port}`, 'Sec-Fetch-Site': 'cross-site' }]) expect(await send(headers)).toBe(403)
    await open.close()
  })
})

describe('the audit log', () => {
  test('names who changed what and how it ended, refusals too, and holds no text and no key', async () => {
    const key = server.token('writer', LIBRARY)
    await ask(server.url, 'POST', '/v1/documents', { key, body: { documents: [{ name: 'audit.txt', text: 'Very private words.' }] } })
    await ask(server.url, 'POST', '/v1/decisions', { key: server.token('reviewer', LIBRARY), body: { kind: 'reject', fact: 'fact:nobody' } })
    await ask(server.url, 'DELETE', '/v1/documents/doc:nobody', { key: server.token('reader', LIBRARY) })
    const text = readFileSync(join(server.folder, 'audit.jsonl'), 'utf8')
    const entries = text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(entries).toContainEqual(expect.objectContaining({ name: `writer of ${LIBRARY}`, method: 'POST', path: '/v1/documents', collection: LIBRARY, status: 202 }))
    expect(entries).toContainEqual(expect.objectContaining({ path: '/v1/decisions', body: { kind: 'reject', fact: 'fact:nobody' }, status: 404, code: 'usage.unknown-fact' }))
    expect(entries).toContainEqual(expect.objectContaining({ name: `reader of ${LIBRARY}`, method: 'DELETE', status: 403 }))
    expect(entries.some(({ method }) => method === 'GET')).toBe(false)
    expect(text).not.toMatch(/Very private words|glm_/)
  })
})

describe('answers', () => {
  test('carry the headers that keep a browser from being used against its reader', async () => {
    const { headers } = await ask(server.url, 'GET', '/health')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('to bugs say nothing of the server’s insides', async () => {
    const broken = await openSample({ ...store, versions: () => { throw new TypeError('secret inside') } } as unknown as GraphStore, reader)
    const answer = await ask(broken.url, 'DELETE', '/v1/documents/doc:x', { key: broken.token('writer', LIBRARY) })
    expect(answer.body).toMatchObject({ status: 500, code: 'api.bug', request: expect.any(String) })
    expect(answer.text).not.toMatch(/secret inside|\.ts/)
    expect(broken.errors).toHaveLength(1)
    await broken.close()
  })
})
