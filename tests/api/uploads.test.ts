// What uploads are attacked with: names that leave their folder, bodies too large, too slow or broken.
import { existsSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ask } from '../conformance/ask.ts'
import { LIBRARY, openSample, openSampleGraph } from './sample.ts'

const { store, reader, close } = await openSampleGraph()
const server = await openSample(store, reader, { limits: { jsonBytes: 20_000, bodyTime: 300, uploads: { files: 5, bytes: 50_000, stall: 300 } } })
afterAll(async () => {
  await server.close()
  await close()
})

const spooled = () => (existsSync(join(server.folder, 'spool')) ? readdirSync(join(server.folder, 'spool')) : [])

describe('uploads', () => {
  const upload = (name: string, text = 'Nothing of note.') => {
    const boundary = 'b'.repeat(20)
    const quoted = name.replaceAll('"', '\\"')
    return ask(server.url, 'POST', '/v1/documents', {
      key: server.token('writer', LIBRARY), headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
      body: `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${quoted}"\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--${boundary}--\r\n`,
    })
  }
  const TRICKS = [
    '../up.txt', '..', '.', 'a/../../up.txt', '/etc/passwd', '//etc/passwd', '\\\\server\\share', '..\\up.txt', 'a\\..\\..\\up.txt', 'C:\\up.txt', 'c:up.txt', '~/up.txt', '.hidden', 'a/.hidden/b.txt', 'a//b.txt', 'a/',
    'con', 'NUL.txt', 'a/lpt1.txt', 'trailing. ', 'a:b.txt', 'a|b.txt', 'a?.txt', 'x'.repeat(300), `${'a/'.repeat(40)}b.txt`, 'zero\u0000byte.txt', 'new\u0085line.txt', 'right\u202eto-left.txt', '',
  ]

  test.each(TRICKS)('as a file named %j is refused, and nothing is left of it', async (name) => {
    const before = spooled()
    const status = (await upload(name)).status
    expect({ name, status }).toEqual({ name, status: 400 })
    const json = await ask(server.url, 'POST', '/v1/documents', { key: server.token('writer', LIBRARY), body: { documents: [{ name, text: 'x' }] } })
    expect(json.status).toBe(400)
    // What an earlier upload left may go meanwhile.
    expect(spooled().filter((name) => !before.includes(name))).toEqual([])
    expect(existsSync(join(server.folder, 'up.txt'))).toBe(false)
  })

  test.each(['plain.txt', 'with space.txt', "it's.txt", 'a"quote'.replace('"', ''), 'ünïcode/日本.txt', 'a/b/c.txt', '%2e%2e%2fup.txt', '$(touch up).txt', '-rf.txt', 'a;b.txt'])('as a file named %j is a document of that name', async (name) => {
    const { status, body } = await upload(name)
    expect(status).toBe(202)
    let job = body.job as { id: string; state: string }
    while (['waiting', 'active'].includes(job.state)) job = (await ask(server.url, 'GET', `/v1/jobs/${job.id}`, { key: server.token('writer', LIBRARY) })).body
    expect(job).toMatchObject({ state: 'done', progress: { documents: 1, done: 1 } })
    const [document] = (await ask(server.url, 'GET', '/v1/documents', { key: server.token('writer', LIBRARY), query: { uri: name.normalize('NFC') } })).body.items
    expect(document).toMatchObject({ uri: name.normalize('NFC') })
    expect((await ask(server.url, 'DELETE', `/v1/documents/${document.id}`, { key: server.token('writer', LIBRARY) })).status).toBe(200)
  })

  test('of one name twice are refused, however they are spelt', async () => {
    const form = new FormData()
    form.append('files', new Blob(['a']), 'same.txt')
    form.append('files', new Blob(['b']), 'SAME.txt')
    expect((await ask(server.url, 'POST', '/v1/documents', { key: server.token('writer', LIBRARY), body: form })).body).toMatchObject({ code: 'api.unsafe-name' })
  })

  test('too large, too many, or broken, are refused, and nothing is left of them', async () => {
    const before = spooled()
    const send = (form: FormData | string, headers = {}) => ask(server.url, 'POST', '/v1/documents', { key: server.token('writer', LIBRARY), body: form, headers })
    const large = new FormData()
    large.append('files', new Blob(['x'.repeat(60_000)]), 'large.txt')
    expect((await send(large)).body).toMatchObject({ status: 413, code: 'api.too-large' })
    const many = new FormData()
    for (let n = 0; n < 7; n++) many.append('files', new Blob(['x']), `${n}.txt`)
    expect((await send(many)).body).toMatchObject({ status: 413 })
    expect((await send(new FormData())).status).toBe(400)
    for (const [body, type] of [['', 'multipart/form-data'], ['nothing', 'multipart/form-data; boundary=b'], ['--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf', 'multipart/form-data; boundary=b']] as const) {
      const { status } = await send(body, { 'Content-Type': type })
      expect({ body, status: status >= 400 && status < 500 }).toEqual({ body, status: true })
    }
    expect((await ask(server.url, 'POST', '/v1/documents', { key: server.token('writer', LIBRARY), body: { documents: [{ name: 'a.txt', text: 'x'.repeat(30_000) }] } })).body).toMatchObject({ status: 413 })
    // What an earlier upload left may go meanwhile.
    expect(spooled().filter((name) => !before.includes(name))).toEqual([])
  })
})

describe('bodies', () => {
  /** Sends the head and a part of the body, then nothing; gives what the server says to that. */
  const trickle = (type: string, start: string): Promise<string> => new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname, () => socket.write(`POST /v1/documents HTTP/1.1\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${server.token('writer', LIBRARY)}\r\nContent-Type: ${type}\r\nContent-Length: 10000\r\n\r\n${start}`))
    let text = ''
    socket.on('data', (chunk) => { text += chunk.toString(); if (text.includes('api.timeout')) socket.destroy() })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })

  test('that stop arriving are given up', async () => {
    expect(await trickle('application/json', '{"documents":[')).toMatch(/^HTTP\/1\.1 408 [\s\S]*api\.timeout/)
    expect(await trickle('multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhalf')).toMatch(/^HTTP\/1\.1 408 [\s\S]*api\.timeout/)
  })

  test('that are not JSON, or not what the route takes, are refused with the place', async () => {
    const send = (body: unknown, headers = {}) => ask(server.url, 'POST', '/v1/documents', { key: server.token('writer', LIBRARY), body, headers })
    expect((await send('{"documents":', { 'Content-Type': 'application/json' })).body).toMatchObject({ status: 400, code: 'api.invalid' })
    expect((await send('text', { 'Content-Type': 'text/plain' })).body).toMatchObject({ status: 415, code: 'api.media-type' })
    expect((await send({ documents: [{ name: 'a.txt' }] })).body).toMatchObject({ status: 400, detail: expect.stringContaining('body.documents.0.text') })
    expect((await send({ documents: [{ name: 'a.txt', text: 'x', path: '/etc/passwd' }] })).body).toMatchObject({ status: 400, detail: expect.stringContaining('path') })
    expect((await send('{"documents":[],"__proto__":{"admin":true}}', { 'Content-Type': 'application/json' })).status).toBe(400)
  })

  test('and addresses that say strange things are refused, not believed', async () => {
    const key = server.token('reader', LIBRARY)
    for (const path of ['/v1/entities?limit=0', '/v1/entities?limit=501', '/v1/entities?limit=1&limit=2', '/v1/entities?nonsense=1', '/v1/facts?minScore=2', '/v1/facts?fields=nonsense', '/v1/entities/%', '/v1/entities?collection[]=library', `/v1/entities/${'x'.repeat(400)}`, '/v1/entities/a%00b']) {
      const { status } = await ask(server.url, 'GET', path, { key })
      expect({ path, status }).toEqual({ path, status: 400 })
    }
    expect((await ask(server.url, 'PUT', '/v1/entities', { key })).body).toMatchObject({ status: 405 })
    expect((await ask(server.url, 'GET', '/v1/../keys.json', { key })).status).toBe(404)
    expect((await ask(server.url, 'GET', '/v1/nothing', { key })).body).toMatchObject({ status: 404, code: 'api.not-found' })
  })
})
