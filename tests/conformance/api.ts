// The contract of the API over HTTP: what holds whatever store stands behind it. Questions to the graph have their own suite beside this one.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Route, ROUTES } from '../../api/index.ts'
import { exportEntities, exportFacts, type GraphReader, type GraphStore, type QueryDoor } from '../../graph/index.ts'
import { ARCHIVE, LIBRARY, openSample, type SampleServer, writeSample } from '../api/sample.ts'
import { type Asked, ask, type AskOptions } from './ask.ts'

export interface ApiSubject {
  readonly store: GraphStore
  readonly reader: GraphReader
  readonly cypher?: QueryDoor
}

const routes = ROUTES as readonly unknown[] as readonly Route[]

export function describeApi(name: string, open: () => Promise<ApiSubject>): void {
  describe(`the API on ${name}:`, () => {
    let subject: ApiSubject
    let server: SampleServer
    const get = (path: string, options: AskOptions = {}) => ask(server.url, 'GET', path, { key: server.token('admin', LIBRARY), ...options })
    const send = (method: string, path: string, options: AskOptions = {}) => ask(server.url, method, path, { key: server.token('admin', LIBRARY), ...options })
    beforeAll(async () => {
      subject = await open()
      await writeSample(subject.store)
      server = await openSample(subject.store, subject.reader, subject.cypher ? { cypher: subject.cypher } : {})
    })
    afterAll(async () => {
      await server?.close()
      await subject?.cypher?.close()
      await subject?.reader.close()
      await subject?.store.close()
    })
    const upload = async (body: unknown, key = server.token('writer', LIBRARY)): Promise<string> => {
      const { status, body: answer } = await send('POST', '/v1/documents', { key, body })
      expect(status).toBe(202)
      return (answer as { job: { id: string } }).job.id
    }
    const settledJob = async (id: string): Promise<Asked['body']> => {
      for (;;) {
        const { body } = await get(`/v1/jobs/${id}`, { key: server.token('admin') })
        if (!['waiting', 'active'].includes(body.state)) return body
        await sleep(20)
      }
    }

    test.each(routes.filter(({ method, scope }) => method === 'get' && scope !== 'none').map((route) => [route.path, route] as const))('GET %s is one question with one answer, tagged', async (_, route) => {
      const asked = await example(route)
      expect(asked.status).toBe(200)
      if (route.answer !== 'json') return
      const tag = asked.headers.get('etag') ?? ''
      expect(tag).toMatch(/^"[\w-]{27}"$/)
      expect((await example(route, { headers: { 'If-None-Match': tag } })).status).toBe(304)
      expect((await example(route)).text).toBe(asked.text)
    })

    const example = (route: Route, options: AskOptions = {}): Promise<Asked> => {
      const path = route.path.replace(/:(\w+)/g, (__, name: string) => encodeURIComponent(route.example.params?.[name] ?? ''))
      return send(route.method.toUpperCase(), path, { ...(route.example.query ? { query: route.example.query } : {}), ...(route.example.body === undefined ? {} : { body: route.example.body }), ...options })
    }

    test('a key sees its collections, and only those', async () => {
      expect((await get('/v1/collections')).body.items.map(({ name: collection }: { name: string }) => collection)).toEqual([LIBRARY])
      const all = (await get('/v1/collections', { key: server.token('reader') })).body.items as { name: string; documents: number; facts: number }[]
      expect(all.filter(({ name: collection }) => [LIBRARY, ARCHIVE].includes(collection))).toMatchObject([{ name: ARCHIVE, documents: 2 }, { name: LIBRARY, documents: 4, facts: 8 }])
      expect((await get('/v1/export/facts', { query: { collection: ARCHIVE } })).body).toMatchObject({ status: 403, code: 'api.forbidden' })
      expect((await get('/v1/export/facts', { key: server.token('reader', LIBRARY, ARCHIVE), query: { collection: ARCHIVE } })).status).toBe(200)
    })

    test('exports are the bytes of graphloom export', async () => {
      const lines = async (records: AsyncIterable<unknown>) => { let text = ''; for await (const record of records) text += `${JSON.stringify(record)}\n`; return text }
      expect((await get('/v1/export/facts')).text).toBe(await lines(exportFacts(subject.store, { collection: LIBRARY })))
      expect((await get('/v1/export/entities')).text).toBe(await lines(exportEntities(subject.store, { collection: LIBRARY })))
      expect((await get('/v1/export/facts', { query: { status: 'review' } })).text).toBe(await lines(exportFacts(subject.store, { collection: LIBRARY, statuses: ['review'] })))
      expect((await get('/v1/export/facts', { query: { status: 'nonsense' } })).status).toBe(400)
    })

    test('an upload becomes a job, whose document is in the graph when it is done, and out of it when it is deleted', async () => {
      const job = await settledJob(await upload({ documents: [{ name: 'new/letter.txt', text: 'Joan Clarke joined Bletchley Works in 1940.' }] }))
      expect(job).toMatchObject({ state: 'done', collection: LIBRARY, by: `writer of ${LIBRARY}`, files: 1, progress: { documents: 1, done: 1, failed: 0 }, seconds: { total: expect.any(Number) } })
      const line = (await get('/v1/export/facts')).text.split('\n').find((text) => text.includes('Joan Clarke')) ?? ''
      const fact = JSON.parse(line) as { evidence: { document: string; uri: string; quote: string }[] }
      expect(fact.evidence).toMatchObject([{ uri: 'new/letter.txt', quote: 'Joan Clarke joined Bletchley Works in 1940.' }])
      const document = fact.evidence[0]?.document ?? ''
      expect((await send('DELETE', `/v1/documents/${document}`, { key: server.token('writer', ARCHIVE) })).status).toBe(404)
      expect((await send('DELETE', `/v1/documents/${document}`, { key: server.token('writer', LIBRARY) })).body).toEqual({ retracted: [document] })
      expect((await get('/v1/export/facts')).text).not.toContain('Joan Clarke')
      expect((await send('DELETE', `/v1/documents/${document}`)).body).toMatchObject({ status: 404, code: 'api.not-found' })
      expect((await send('DELETE', `/v1/documents/${encodeURIComponent('history.txt')}`)).status).toBe(404)
    })

    test('a multipart upload takes many files; what cannot be read is a failure of the job, with its reason', async () => {
      const form = new FormData()
      form.append('files', new Blob(['Mary Somerville joined Royal Society in 1835.']), 'papers/mary.txt')
      form.append('files', new Blob([Buffer.from('%PDF-1.7 broken')]), 'broken.pdf')
      const { status, body } = await send('POST', '/v1/documents', { body: form })
      expect(status).toBe(202)
      const job = await settledJob((body as { job: { id: string } }).job.id)
      expect(job).toMatchObject({ state: 'done', files: 2, progress: { done: 1, failed: 1 } })
      expect(job.failures).toMatchObject([{ uri: 'broken.pdf', code: expect.stringMatching(/^ingest\./) }])
      const again = await send('POST', `/v1/jobs/${job.id}/retry`)
      expect(again.status).toBe(202)
      expect(await settledJob(job.id)).toMatchObject({ state: 'done', progress: { failed: 1 } })
      for (const line of (await get('/v1/export/facts')).text.split('\n').filter((text) => text.includes('Mary Somerville'))) await send('DELETE', `/v1/documents/${JSON.parse(line).evidence[0].document}`)
    })

    test('documents with ids are records of one source', async () => {
      await settledJob(await upload({ documents: [{ name: 'people.jsonl', id: 'r1', text: 'Emmy Noether joined Erlangen Works in 1908.' }, { name: 'people.jsonl', id: 'r2', text: 'Lise Meitner joined Berlin Works in 1907.' }] }))
      const facts = (await get('/v1/export/facts')).text.split('\n').filter((line) => /Noether|Meitner/.test(line)).map((line) => JSON.parse(line))
      expect(facts.map(({ evidence }) => [evidence[0].uri, evidence[0].record]).sort()).toEqual([['people.jsonl', 'r1'], ['people.jsonl', 'r2']])
      for (const { evidence } of facts) expect((await send('DELETE', `/v1/documents/${evidence[0].document}`)).status).toBe(200)
    })

    test('jobs are listed the latest first, page by page, to keys of their collection', async () => {
      const ids = [await upload({ documents: [{ name: 'a.txt', text: 'Nothing of note.' }] }), await upload({ documents: [{ name: 'b.txt', text: 'Nothing of note.' }] })]
      for (const id of ids) await settledJob(id)
      const first = (await get('/v1/jobs', { query: { limit: 1 } })).body
      expect(first.items.map(({ id }: { id: string }) => id)).toEqual([ids[1]])
      expect((await get('/v1/jobs', { query: { limit: 1, cursor: first.next } })).body.items.map(({ id }: { id: string }) => id)).toEqual([ids[0]])
      expect((await get('/v1/jobs', { key: server.token('admin', ARCHIVE) })).body).toEqual({ items: [] })
      expect((await get(`/v1/jobs/${ids[0]}`, { key: server.token('admin', ARCHIVE) })).status).toBe(404)
      expect((await send('POST', `/v1/jobs/${ids[0]}/retry`)).body).toMatchObject({ status: 409, code: 'api.conflict' })
      const events = await get(`/v1/jobs/${ids[0]}/events`)
      expect(events.headers.get('content-type')).toContain('text/event-stream')
      expect(events.text).toMatch(/^event: done\ndata: \{.*"state":"done".*\}\n\n$/)
      for (const { id } of await subject.store.claims(LIBRARY, { limit: 100 })) if (/^[ab]\.txt$/.test((await subject.store.versions(LIBRARY, [id]))[0]?.uri ?? '')) await send('DELETE', `/v1/documents/${id}`)
    })

    test('a text is extracted without a trace', async () => {
      const before = (await get('/v1/export/facts')).text
      const { status, body } = await send('POST', '/v1/extract', { key: server.token('reader', LIBRARY), body: { text: 'Rosalind Franklin joined Kings College in 1951.' } })
      expect(status).toBe(200)
      expect(body.triples).toMatchObject([{ head: { name: 'Rosalind Franklin' }, relation: 'EMPLOYED_BY', tail: { name: 'Kings College' }, status: 'accepted', evidence: [{ quote: 'Rosalind Franklin joined Kings College in 1951.' }] }])
      expect(body.mentions.map(({ start, end }: { start: number; end: number }) => body.text.slice(start, end))).toEqual(['Rosalind Franklin', 'Kings College'])
      expect((await get('/v1/export/facts')).text).toBe(before)
    })

    test('a decision is taken, listed, audited by name and taken back; a key of another collection sees and decides nothing', async () => {
      const fact = JSON.parse((await get('/v1/export/facts', { query: { status: 'review' } })).text.split('\n')[0] ?? '') as { id: string }
      const key = server.token('reviewer', LIBRARY)
      const body = { kind: 'accept', fact: fact.id, note: 'seen in the paper' }
      expect((await send('POST', '/v1/decisions', { key: server.token('reader', LIBRARY), body })).body).toMatchObject({ status: 403, code: 'api.forbidden' })
      expect((await send('POST', '/v1/decisions', { key: server.token('reviewer', ARCHIVE), body })).body).toMatchObject({ status: 404, code: 'usage.unknown-fact' })
      const { status, body: decision } = await send('POST', '/v1/decisions', { key, body })
      expect([status, decision]).toMatchObject([201, { kind: 'accept', by: `reviewer of ${LIBRARY}`, note: 'seen in the paper', relation: 'EMPLOYED_BY' }])
      expect((await get('/v1/export/facts', { query: { status: 'accepted' } })).text).toContain(fact.id)
      expect((await get('/v1/decisions', { query: { kind: 'accept' } })).body.items).toEqual([decision])
      expect((await get('/v1/decisions', { query: { kind: 'merge' } })).body.items).toEqual([])
      expect((await get('/v1/decisions', { key: server.token('reader', ARCHIVE) })).body.items).toEqual([])
      expect((await send('DELETE', `/v1/decisions/${decision.id}`, { key: server.token('reviewer', ARCHIVE) })).status).toBe(404)
      expect((await send('DELETE', `/v1/decisions/${decision.id}`, { key })).body).toMatchObject({ id: decision.id, undone: { by: `reviewer of ${LIBRARY}` } })
      expect((await get('/v1/export/facts', { query: { status: 'review' } })).text).toContain(fact.id)
      for (const wrong of [{ kind: 'accept' }, { kind: 'nonsense', fact: fact.id }, { ...body, more: 1 }, { kind: 'correct', fact: fact.id, relation: 'NOTHING' }]) expect((await send('POST', '/v1/decisions', { key, body: wrong })).status).toBe(400)
    })

    test('free Cypher is off unless it is turned on, and for keys of everything', async () => {
      const body = routes.find(({ path }) => path === '/v1/cypher')?.example.body
      if (subject.cypher === undefined) expect((await send('POST', '/v1/cypher', { key: server.token('admin'), body })).body).toMatchObject({ status: 403, code: 'api.off' })
      else {
        expect((await send('POST', '/v1/cypher', { key: server.token('admin'), body })).body).toEqual({ columns: ['name'], rows: [['Acme Corp']], truncated: false })
        expect((await send('POST', '/v1/cypher', { body })).body).toMatchObject({ status: 403, code: 'api.forbidden' })
        expect((await send('POST', '/v1/cypher', { key: server.token('writer'), body })).status).toBe(403)
      }
    })

    test('health, readiness, metrics, the document and its page answer', async () => {
      expect((await get('/health', { key: undefined })).body).toEqual({ status: 'alive' })
      expect((await get('/ready', { key: undefined })).body).toEqual({ status: 'ready' })
      expect((await get('/metrics', { key: undefined })).status).toBe(401)
      const metrics = (await get('/metrics')).text
      expect(metrics).toMatch(/graphloom_http_request_seconds_count\{method="GET",route="\/v1\/collections",status="200"\} [1-9]/)
      expect(metrics).toContain('graphloom_queue_jobs{queue="documents",state="waiting"} 3\n')
      expect(metrics).toContain('graphloom_queue_jobs{queue="documents",state="delayed"} 2\n')
      expect(metrics).toMatch(/graphloom_queue_jobs\{queue="uploads",state="active"\} \d/)
      for (const [queue, up] of [['documents', 1], ['uploads', 1], ['away', 0]]) expect(metrics).toContain(`graphloom_queue_up{queue="${queue}"} ${up}\n`)
      expect(metrics).not.toContain('graphloom_queue_jobs{queue="away"')
      expect((await get('/openapi.json', { key: undefined })).body.openapi).toBe('3.1.0')
      const page = (await get('/docs', { key: undefined })).text
      for (const { path } of ROUTES) expect(page).toContain(path.replace(/:(\w+)/g, '{$1}'))
      expect(page).not.toMatch(/<script|https?:\/\/(?!www\.apache)/)
    })

    test('a typed client asks what curl asks', async () => {
      const client = server.client('writer', LIBRARY)
      expect((await client.get('/v1/collections')).items.map(({ name: collection }) => collection)).toEqual([LIBRARY])
      const facts = []
      for await (const fact of client.lines('/v1/export/facts')) facts.push(fact)
      expect(facts.length).toBe(9)
      const { job } = await client.post('/v1/documents', { body: { documents: [{ name: 'c.txt', text: 'Nothing of note.' }] } })
      const states = []
      for await (const { event, data } of client.events('/v1/jobs/:id/events', { params: { id: job.id } })) states.push([event, data.state])
      expect(states.at(-1)).toEqual(['done', 'done'])
      const jobs = []
      for await (const { id } of client.all('/v1/jobs', { query: { limit: 1 } })) jobs.push(id)
      expect(new Set(jobs).size).toBe(jobs.length)
      await expect(client.get('/v1/jobs/:id', { params: { id: 'nobody' } })).rejects.toMatchObject({ code: 'api.not-found' })
      for (const { id } of await subject.store.claims(LIBRARY, { limit: 100 })) if ((await subject.store.versions(LIBRARY, [id]))[0]?.uri === 'c.txt') await client.delete('/v1/documents/:id', { params: { id } })
    })

    test('nothing failed that should not', () => expect(server.errors).toEqual([]))
  })
}
