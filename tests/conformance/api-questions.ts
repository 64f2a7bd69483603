// The contract of the questions that the API takes: what is asked over HTTP is answered alike, whatever store stands behind it.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportEntities, exportFacts, type ExportedEntity, type Fact, type GraphReader, type GraphStore } from '../../graph/index.ts'
import { ARCHIVE, LIBRARY, openSample, type SampleServer, writeSample } from '../api/sample.ts'
import { type Asked, ask, holdsAny } from './ask.ts'

interface Contents {
  readonly facts: readonly Fact[]
  readonly entities: readonly ExportedEntity[]
}

export function describeQuestions(name: string, open: () => Promise<{ readonly store: GraphStore; readonly reader: GraphReader }>, runs: number): void {
  describe(`questions to the API on ${name}:`, () => {
    let subject: { readonly store: GraphStore; readonly reader: GraphReader }
    let server: SampleServer
    const held = new Map<string, Contents>()
    const get = (path: string, query: Readonly<Record<string, unknown>> = {}, collection = LIBRARY): Promise<Asked> => ask(server.url, 'GET', path, { key: server.token('reader', collection), query })
    const idOf = (called: string, collection = LIBRARY): string => held.get(collection)?.entities.find((entity) => entity.name === called)?.id ?? ''
    const words = ({ head, relation, tail }: Fact): string => `${head.name} ${relation} ${'name' in tail ? tail.name : tail.value}`
    const names = async (path: string, query: Readonly<Record<string, unknown>>): Promise<readonly string[]> => (await get(path, query)).body.items.map((item: { name: string }) => item.name)
    const said = async (query: Readonly<Record<string, unknown>>): Promise<readonly string[]> => (await get('/v1/facts', query)).body.items.map((fact: Fact & { direction: string }) => `${fact.direction} ${words(fact)}`).sort()

    beforeAll(async () => {
      subject = await open()
      await writeSample(subject.store)
      server = await openSample(subject.store, subject.reader)
      for (const collection of [LIBRARY, ARCHIVE]) {
        const [facts, entities]: [Fact[], ExportedEntity[]] = [[], []]
        for await (const fact of exportFacts(subject.store, { collection })) facts.push(fact)
        for await (const entity of exportEntities(subject.store, { collection })) entities.push(entity)
        held.set(collection, { facts, entities })
      }
    }, 600_000)
    afterAll(async () => {
      await server?.close()
      await subject?.reader.close()
      await subject?.store.close()
    })

    test('asking for organizations finds companies', async () => {
      expect([...(await names('/v1/entities', { type: 'Organization' }))].sort()).toEqual(['Acme Corp', 'Big Group', 'International Business Machines'])
      expect(await names('/v1/entities', { type: 'Organization', q: 'acme c' })).toEqual(['Acme Corp'])
      expect(await names('/v1/entities', { type: 'Person', q: 'acme' })).toEqual([])
      expect((await get('/v1/entities', { type: 'Organisation' })).body).toMatchObject({ status: 400, code: 'usage.type', detail: expect.stringContaining('Organization') })
    })

    test('an entity is found by words, alias, master-data id and id', async () => {
      expect(await names('/v1/entities', { q: 'INTERNATIONAL busi' })).toEqual(['International Business Machines'])
      expect(await names('/v1/entities', { alias: 'ibm' })).toEqual(['International Business Machines'])
      expect(await names('/v1/entities', { masterId: 'C-1' })).toEqual(['Acme Corp'])
      expect((await get('/v1/entities', { alias: 'ibm', q: 'ibm' })).body).toMatchObject({ status: 400, code: 'usage.entities' })
      for (const { id, documents } of held.get(LIBRARY)?.entities ?? []) expect((await get(`/v1/entities/${id}`)).body).toMatchObject({ id, documents, support: documents.length })
    })

    test('inverse and symmetric relations answer both ways, and say which', async () => {
      expect(await said({ tail: idOf('International Business Machines'), relation: 'EMPLOYED_BY' })).toEqual(['in International Business Machines EMPLOYS Charles Babbage', 'out Grace Hopper EMPLOYED_BY International Business Machines'])
      for (const who of ['Ada Lovelace', 'William King']) expect((await said({ head: idOf(who), relation: 'SPOUSE' })).length).toBe(1)
      const staff = (await get(`/v1/entities/${idOf('International Business Machines')}/neighbours`, { relation: 'EMPLOYS', direction: 'out' })).body.items
      expect(staff.map(({ entity, fact }: { entity: { name: string }; fact: { direction: string } }) => `${entity.name} ${fact.direction}`).sort()).toEqual(['Charles Babbage out', 'Grace Hopper in'])
    })

    test('facts are asked for by every one of their parts', async () => {
      const facts = held.get(LIBRARY)?.facts ?? []
      const texts = (keep: (fact: Fact) => boolean): readonly string[] => facts.filter(keep).map((fact) => `out ${words(fact)}`).sort()
      expect(await said({})).toEqual(texts(() => true))
      expect(await said({ status: 'review' })).toEqual(texts(({ status }) => status === 'review'))
      expect(await said({ minScore: 0.95 })).toEqual(texts(({ score }) => score >= 0.95))
      expect(await said({ type: 'Place' })).toEqual(texts(({ tail }) => 'type' in tail && tail.type === 'Place'))
      expect(await said({ tail: '1842' })).toEqual(['out Acme Corp FOUNDED_ON 1842'])
      const { document = '' } = facts[0]?.evidence[0] ?? {}
      expect(await said({ document })).toEqual(texts(({ evidence }) => evidence.some((place) => place.document === document)))
      expect(await said({ since: '2025-01-01', until: '2025-12-31' })).toEqual([])
      expect(await said({ since: '2025-12-31T23:00:00-01:00' })).toEqual(texts(() => true))
      for (const query of [{ minScore: 2 }, { since: 'yesterday' }, { status: 'done' }, { relation: 'KNOWS' }, { limit: 0 }, { limit: 501 }, { nonsense: 1 }]) expect((await get('/v1/facts', query)).status).toBe(400)
    })

    test('pages join without gap or overlap, and a cursor is good for its question alone', async () => {
      const ids: string[] = []
      for (let cursor: string | undefined; ; ) {
        const { body } = await get('/v1/facts', { limit: 2, cursor })
        ids.push(...body.items.map(({ id }: Fact) => id))
        cursor = body.next
        if (cursor === undefined) break
        expect((await get('/v1/facts', { limit: 2, cursor, relation: 'SPOUSE' })).body).toMatchObject({ status: 400, code: 'api.cursor' })
        expect((await get('/v1/facts', { limit: 2, cursor }, ARCHIVE)).status).toBe(400)
      }
      expect(ids).toEqual(held.get(LIBRARY)?.facts.map(({ id }) => id))
      expect((await get('/v1/facts', { cursor: 'nonsense' })).body).toMatchObject({ status: 400, code: 'api.cursor' })
    })

    test('fields are selected, and evidence comes with those that name it, as in the export', async () => {
      expect(Object.keys((await get('/v1/facts', { fields: 'id,score' })).body.items[0])).toEqual(['id', 'score'])
      const { items } = (await get('/v1/facts', { fields: 'id,evidence' })).body
      expect(items).toEqual(held.get(LIBRARY)?.facts.map(({ id, evidence }) => ({ id, evidence })))
      const [first] = held.get(LIBRARY)?.facts ?? []
      expect((await get(`/v1/facts/${first?.id}`, { fields: 'evidence' })).body).toEqual({ evidence: first?.evidence })
      expect((await get(`/v1/entities/${first?.head.id}/facts`, { fields: 'id,evidence' })).body.items).toContainEqual({ id: first?.id, evidence: first?.evidence })
    })

    test('from a fact to its words is one request', async () => {
      for (const { id, evidence } of held.get(LIBRARY)?.facts ?? []) {
        const { items } = (await get(`/v1/facts/${id}/evidence`, { context: 40 })).body
        expect(items).toMatchObject(evidence)
        for (const { context, passage, quote } of items) {
          expect(context.quote).toBe(quote)
          expect((await get(`/v1/passages/${encodeURIComponent(passage.id)}`)).body).toEqual(passage)
          expect((await get(`/v1/documents/${passage.document}/passages`)).body.items).toContainEqual(passage)
        }
      }
    })

    test('paths and subgraphs lead over accepted facts', async () => {
      const { items } = (await get('/v1/paths', { from: idOf('Ada Lovelace'), to: idOf('Grace Hopper') })).body
      expect(items.map((path: { entities: { name: string }[] }) => path.entities.map((end) => end.name))).toEqual([['Ada Lovelace', 'Acme Corp', 'Big Group', 'International Business Machines', 'Grace Hopper']])
      expect((await get('/v1/paths', { from: idOf('Ada Lovelace'), to: idOf('Grace Hopper'), maxLength: 3 })).body).toEqual({ items: [] })
      const { entities, facts } = (await get('/v1/subgraph', { entity: idOf('Acme Corp') })).body
      expect(entities.map((entity: { name: string }) => entity.name).sort()).toEqual(['Acme Corp', 'Ada Lovelace', 'Big Group'])
      expect(facts).toHaveLength(2)
    })

    test('the ontology, the counts and the documents are told', async () => {
      const { relations, types } = (await get('/v1/ontology')).body
      expect(types.map((type: { name: string }) => type.name)).toEqual(['Company', 'Organization', 'Person', 'Place', 'University'])
      expect(relations.find((relation: { name: string }) => relation.name === 'EMPLOYED_BY')).toMatchObject({ inverse: 'EMPLOYS', domain: ['Person'] })
      expect((await get('/v1/statistics')).body).toMatchObject({ documents: 4, types: { Company: 2, Organization: 1 }, facts: { review: 1 } })
      const { items } = (await get('/v1/documents')).body
      expect(items.map((document: { uri: string }) => document.uri).sort()).toEqual(['computing.txt', 'groups.txt', 'history.txt', 'letters/ada.txt'])
      for (const document of items) expect((await get(`/v1/documents/${document.id}`)).body).toEqual(document)
    })

    test('what is not there is not found', async () => {
      const paths = ['entities/ent:0', 'entities/ent:0/facts', 'entities/ent:0/neighbours', 'facts/fact:0', 'facts/fact:0/evidence', 'documents/doc:0', 'documents/doc:0/passages', 'passages/doc:0', 'passages/doc:0%2F1', 'subgraph?entity=ent:0', 'paths?from=ent:0&to=ent:1']
      for (const path of paths) expect({ path, ...(await get(`/v1/${path}`)).body }).toMatchObject({ path, status: 404, code: 'api.not-found' })
    })

    test('no question asked with a key of one collection tells anything of another', async () => {
      const secrets = (collection: string): readonly string[] => {
        const { facts, entities } = held.get(collection) as Contents
        const others = new Set((held.get(collection === LIBRARY ? ARCHIVE : LIBRARY) as Contents).entities.map((entity) => entity.name))
        return [...facts.map(({ id }) => id), ...entities.map(({ id }) => id), ...facts.flatMap(({ evidence }) => evidence.map(({ document }) => document)), ...entities.map((entity) => entity.name).filter((called) => !others.has(called))]
      }
      const hidden = new Map([LIBRARY, ARCHIVE].map((collection) => [collection, secrets(collection)]))
      const ids = [...hidden.values()].flat()
      const id = fc.constantFrom(...ids).map(encodeURIComponent)
      const parts = fc.record({
        q: fc.constantFrom('a', 'ada', 'hidden', 'group', 's'), type: fc.constantFrom('Person', 'Organization', 'Place'), head: fc.constantFrom(...ids), tail: fc.constantFrom(...ids, '1842', '1899'), document: fc.constantFrom(...ids),
        alias: fc.constantFrom('ibm', 'hidden works'), masterId: fc.constant('C-1'), relation: fc.constantFrom('EMPLOYED_BY', 'SPOUSE', 'PART_OF'), uri: fc.constantFrom('secret.txt', 'history.txt'),
        from: fc.constantFrom(...ids), to: fc.constantFrom(...ids), entity: fc.constantFrom(...ids), since: fc.constant('2020-01-01'), collection: fc.constantFrom(LIBRARY, ARCHIVE), fields: fc.constant('id,evidence'),
      }, { requiredKeys: [] })
      const takes: Readonly<Record<string, readonly string[]>> = {
        facts: ['head', 'relation', 'tail', 'type', 'document', 'since', 'fields'], entities: ['q', 'type'], 'entities?': ['alias'], 'entities??': ['masterId'], documents: ['uri'], paths: ['from', 'to'], subgraph: ['entity'], statistics: [], ontology: [], collections: [],
      }
      const path = fc.oneof(
        fc.constantFrom(...Object.keys(takes)), id.map((one) => `entities/${one}`), id.map((one) => `entities/${one}/facts`), id.map((one) => `entities/${one}/neighbours`), id.map((one) => `facts/${one}`), id.map((one) => `facts/${one}/evidence`),
        id.map((one) => `documents/${one}`), id.map((one) => `documents/${one}/passages`), id.map((one) => `passages/${one}%2F1`),
      )
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(LIBRARY, ARCHIVE), path, parts, async (collection, asked, drawn) => {
          const query = Object.fromEntries(Object.entries(drawn).filter(([part]) => takes[asked]?.includes(part) || part === 'collection' && asked !== 'collections'))
          const { text, status } = await get(`/v1/${asked.replace(/\?+$/, '')}`, query, collection)
          expect(status).toBeLessThan(500)
          const given = Object.values(query).concat(asked.split('/'))
          const told = holdsAny(text, hidden.get(collection === LIBRARY ? ARCHIVE : LIBRARY) ?? []).filter((secret) => !given.includes(secret) && !given.includes(encodeURIComponent(secret)))
          expect({ asked, query, told }).toEqual({ asked, query, told: [] })
        }),
        { numRuns: runs },
      )
    }, 300_000)

    test('nothing failed that should not', () => expect(server.errors).toEqual([]))
  })
}
