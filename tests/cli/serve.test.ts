import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { addKey, listKeys, removeKey } from '../../cli/keys.ts'
import { openServer, type ServeOptions } from '../../cli/serve.ts'
import { openStore } from '../../graph/stores/index.ts'
import { LIBRARY, writeSample } from '../api/sample.ts'
import { ask } from '../conformance/ask.ts'

let folder: string
let options: ServeOptions
let printed: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'graphloom-serve-'))
  options = { port: 0, host: '127.0.0.1', store: `sqlite:${join(folder, 'graph.db')}`, data: join(folder, 'serve'), device: 'cpu', precision: 0.9 }
  printed = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => { printed += String(text); return true })
  const store = await openStore(options.store)
  await writeSample(store)
  await store.close()
})
afterEach(() => { vi.restoreAllMocks() })

test('a server that others can reach needs keys', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.0.1', 'example.com']) await expect(openServer({ ...options, host })).rejects.toMatchObject({ code: 'usage.host' })
  await expect(openServer({ ...options, keys: join(folder, 'none.json') })).rejects.toMatchObject({ code: 'usage.keys' })
})

test('a graph that is not there, Cypher without Neo4j, and a taken port are said to be so', async () => {
  await expect(openServer({ ...options, store: `sqlite:${join(folder, 'none.db')}` })).rejects.toMatchObject({ code: 'store.missing' })
  await expect(openServer({ ...options, cypher: true })).rejects.toMatchObject({ code: 'usage.cypher' })
  const server = await openServer(options)
  await expect(openServer({ ...options, port: Number(new URL(server.url).port) })).rejects.toMatchObject({ code: 'usage.port' })
  await server.close()
})

test('without an ontology the server reads and decides, and takes no documents', async () => {
  const server = await openServer(options)
  expect(server.open).toBe(true)
  expect((await ask(server.url, 'GET', '/v1/statistics', { query: { collection: LIBRARY } })).body).toMatchObject({ documents: 4 })
  expect((await ask(server.url, 'POST', '/v1/documents', { body: { documents: [{ name: 'a.txt', text: 'x' }] } })).body).toMatchObject({ status: 403, code: 'api.off' })
  expect((await ask(server.url, 'POST', '/v1/extract', { body: { text: 'x' } })).body).toMatchObject({ status: 403, code: 'api.off' })
  expect((await ask(server.url, 'GET', '/v1/jobs')).body).toEqual({ items: [] })
  await server.close()
})

test('keys are made once, listed without their secrets, and end when they are removed', async () => {
  const keys = join(folder, 'keys', 'keys.json')
  await addKey('ada', { keys, role: 'reader', collection: [LIBRARY] })
  const token = /^glm_\S+/.exec(printed)?.[0] ?? ''
  expect(statSync(keys).mode & 0o777).toBe(0o600)
  expect(readFileSync(keys, 'utf8')).not.toContain(token.split('_').slice(2).join('_'))
  await expect(addKey('ada', { keys, role: 'admin' })).rejects.toMatchObject({ code: 'usage.keys' })
  const server = await openServer({ ...options, keys })
  expect(server.open).toBe(false)
  expect((await ask(server.url, 'GET', '/v1/statistics', { key: token })).body).toMatchObject({ documents: 4 })
  printed = ''
  await listKeys({ keys })
  expect(printed).toMatch(/ada {2}reader {2}library/)
  expect(printed).not.toContain(token)
  await removeKey('ada', { keys })
  expect((await ask(server.url, 'GET', '/v1/statistics', { key: token })).status).toBe(401)
  await expect(removeKey('ada', { keys })).rejects.toMatchObject({ code: 'usage.keys' })
  await server.close()
})
