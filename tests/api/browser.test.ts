// The pages for Neo4j Browser over HTTP: for pages of this machine without keys, and for a key that sees everything where there are keys.
import { request } from 'node:http'
import { afterAll, expect, test } from 'vitest'
import { LIBRARY, openSample, openSampleGraph } from './sample.ts'

const { store, reader, close } = await openSampleGraph()
const open = await openSample(store, reader, { open: true, readOnly: true })
const keyed = await openSample(store, reader, { readOnly: true })
afterAll(async () => {
  await open.close()
  await keyed.close()
  await close()
})

const BROWSER = 'http://127.0.0.1:7474'

test('style sheet, guide and saved queries are made from what the graph holds', async () => {
  const style = await fetch(`${open.url}/browser/style.grass`)
  expect(style.headers.get('cache-control')).toBe('no-store')
  expect(await style.text()).toContain('node.Person {')
  const guide = await fetch(`${open.url}/browser/guide.html`)
  expect(guide.headers.get('content-type')).toContain('text/html')
  expect(await guide.text()).toContain('MATCH (n:`Person`)')
  expect([...new Uint8Array(await (await fetch(`${open.url}/browser/queries.zip`)).arrayBuffer()).slice(0, 2)]).toEqual([0x50, 0x4b])
  expect((await fetch(`${open.url}/browser/other.html`)).status).toBe(404)
})

test('Neo4j Browser on another port of this machine may read them, as it asks first', async () => {
  const asked = await fetch(`${open.url}/browser/guide.html`, { method: 'OPTIONS', headers: { origin: BROWSER, 'access-control-request-method': 'GET', 'access-control-request-headers': 'cache-control,pragma' } })
  expect({ status: asked.status, origin: asked.headers.get('access-control-allow-origin'), headers: asked.headers.get('access-control-allow-headers') }).toEqual({ status: 204, origin: BROWSER, headers: 'cache-control, pragma' })
  const read = await fetch(`${open.url}/browser/guide.html`, { headers: { origin: BROWSER, 'cache-control': 'no-cache', pragma: 'no-cache' } })
  expect({ status: read.status, origin: read.headers.get('access-control-allow-origin') }).toEqual({ status: 200, origin: BROWSER })
})

test('a page of another site may not, nor by a name that it points here', async () => {
  for (const origin of ['https://example.com', 'http://127.0.0.1.example.com', 'null']) {
    const answer = await fetch(`${open.url}/browser/guide.html`, { headers: { origin } })
    expect({ origin, status: answer.status, allowed: answer.headers.get('access-control-allow-origin') }).toEqual({ origin, status: 403, allowed: null })
  }
  const status = await new Promise((answered, failed) => {
    request(`${open.url}/browser/guide.html`, { headers: { host: 'example.com' } }, (response) => { response.resume(); answered(response.statusCode) }).on('error', failed).end()
  })
  expect(status).toBe(403)
})

test('a server with keys asks for one that sees every collection', async () => {
  const status = async (token?: string) => (await fetch(`${keyed.url}/browser/guide.html`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })).status
  expect(await status()).toBe(401)
  expect(await status(keyed.token('reader', LIBRARY))).toBe(403)
  expect(await status(keyed.token('reader'))).toBe(200)
})
