// The contract of GraphReader: what is asked of a graph is answered alike, and in the same order, from every store. The measure is the export, searched through by hand.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  commit, type EntityId, exportEntities, exportFacts, type ExportedEntity, type Fact, type FactQuery, type FoundFact, type GraphReader, type GraphStore, type Listed, prepare, retract, settle,
} from '../../graph/index.ts'
import { company, date, documentOf, NOW, ONTOLOGY, organization, person, place, type Statement } from '../graph/documents.ts'

export interface OpenedReader {
  readonly store: GraphStore
  readonly reader: GraphReader
}

const LATER = '2026-02-01T00:00:00.000Z'
const ada = person('Ada Lovelace')
const acme = company('Acme Corp', { aliases: ['Acme', 'Ácme Laboratories'] })
const ibm = company('International Business Machines', { aliases: ['IBM'], masterId: 'M1' })
const group = organization('Big Group')

/** What was said first, and what was said a month later. */
const WORLD: readonly (readonly Statement[])[] = [
  [{ head: ada, relation: 'EMPLOYED_BY', tail: acme }, { head: acme, relation: 'FOUNDED_ON', tail: date('1842') }, { head: ada, relation: 'BORN_IN', tail: place('London'), score: 0.8 }],
  [{ head: acme, relation: 'EMPLOYS', tail: person('Grace Hopper') }, { head: person('Grace Hopper'), relation: 'EMPLOYED_BY', tail: ibm, score: 0.7 }],
  [{ head: person('Zoe Young'), relation: 'SPOUSE', tail: person('Adam Old') }, { head: person('Adam Old'), relation: 'EMPLOYED_BY', tail: group }, { head: ibm, relation: 'PART_OF', tail: group }],
  [{ head: person('Adam Old'), relation: 'SPOUSE', tail: person('Zoe Young') }, { head: ada, relation: 'BORN_IN', tail: place('Paris'), score: 0.6 }, { head: person('Zoe Young'), relation: 'BORN_IN', tail: place('Zürich') }],
]
const NEWS: readonly (readonly Statement[])[] = [
  [{ head: ibm, relation: 'REVENUE', tail: { kind: 'quantity', value: '5 USD' }, score: 0.5, status: 'review' }, { head: person('李小龍'), relation: 'EMPLOYED_BY', tail: group }, { head: ada, relation: 'EMPLOYED_BY', tail: acme }],
]

let counter = 0
const fresh = (): string => `reader ${process.pid}-${Date.now()}-${counter++}`

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

/** All items of a list, page by page. */
async function all<Item>(ask: (page: { limit: number; after?: string }) => Promise<Listed<Item>>, limit = 2): Promise<readonly Item[]> {
  const items: Item[] = []
  for (let after: string | undefined; ; ) {
    const page = await ask({ limit, ...(after === undefined ? {} : { after }) })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    items.push(...page.items)
    if (page.next === undefined) return items
    expect(page.items).toHaveLength(limit)
    after = page.next
  }
}

/** The facts that answer a question, found in the export by what the question says. */
function answers(facts: readonly Fact[], query: FactQuery): readonly { readonly id: string; readonly direction: 'out' | 'in' }[] {
  const { relations } = ONTOLOGY.ontology
  const fits = (head: string, relation: string, tail: string): boolean =>
    (query.head === undefined || query.head === head) && (query.relation === undefined || query.relation === relation) && (query.tail === undefined || query.tail === tail) &&
    (query.entity === undefined || query.entity === head || query.entity === tail)
  const isOf = (end: Fact['head'] | Fact['tail']): boolean => query.type === undefined || ('type' in end && ONTOLOGY.isA(end.type, query.type))
  const statuses = query.statuses ?? ['accepted', 'review']
  return facts.flatMap((fact) => {
    const tail = 'id' in fact.tail ? fact.tail.id : fact.tail.value
    if (!statuses.includes(fact.status) || fact.score < (query.minScore ?? 0) || (!isOf(fact.head) && !isOf(fact.tail))) return []
    if (query.document !== undefined && !fact.evidence.some(({ document }) => document === query.document)) return []
    const turned = relations[fact.relation]?.symmetric ? fact.relation : relations[fact.relation]?.inverse
    if (query.entity !== undefined) {
      const named = query.relation === undefined || query.relation === fact.relation || query.relation === turned
      return named && fits(fact.head.id, query.relation ?? fact.relation, tail) ? [{ id: fact.id, direction: fact.head.id === query.entity ? 'out' as const : 'in' as const }] : []
    }
    if (fits(fact.head.id, fact.relation, tail)) return [{ id: fact.id, direction: 'out' as const }]
    return turned !== undefined && 'id' in fact.tail && fits(tail, turned, fact.head.id) ? [{ id: fact.id, direction: 'in' as const }] : []
  })
}

const brief = (facts: readonly FoundFact[]) => facts.map(({ id, direction }) => ({ id, direction }))
const words = ({ head, relation, tail }: Pick<Fact, 'head' | 'relation' | 'tail'>): string => `${head.name} ${relation} ${'name' in tail ? tail.name : tail.value}`

/** Runs the contract on a store; `runs` bounds the generated questions, where a store is slow. */
export function describeReader(name: string, open: () => Promise<OpenedReader>, runs: number): void {
  describe(`${name} keeps the contract of a reader:`, () => {
    let store: GraphStore
    let reader: GraphReader
    let collection = ''
    let other = ''
    let facts: readonly Fact[] = []
    let entities: readonly ExportedEntity[] = []
    const idOf = (called: string): EntityId => entities.find((entity) => entity.name === called)?.id as EntityId

    beforeAll(async () => {
      ;({ store, reader } = await open())
      ;[collection, other] = [fresh(), fresh()]
      await prepare(store, ONTOLOGY)
      for (const [where, documents, now] of [[collection, WORLD, NOW], [collection, NEWS, LATER], [other, WORLD, NOW]] as const) {
        await commit(store, ONTOLOGY, documents.map((statements, index) => documentOf(`${now}/${index}.txt`, statements, { collection: where })), now)
        await settle(store, ONTOLOGY, where, now)
      }
      facts = await collect(exportFacts(store, { collection, statuses: ['accepted', 'review', 'rejected'] }))
      entities = await collect(exportEntities(store, { collection }))
    }, 600_000)
    afterAll(async () => {
      for (const where of [collection, other]) await retract(store, ONTOLOGY, where, (await reader.documents(where, {}, { limit: 100 })).items.map(({ id }) => id), NOW)
      await reader.close()
      await store.close()
    }, 600_000)

    test('collections are told with their sizes', async () => {
      const found = (await reader.collections()).filter((item) => item.name === collection || item.name === other)
      expect(found.map((item) => item.name)).toEqual([collection, other].sort())
      expect(found.find((item) => item.name === collection)).toEqual({ name: collection, documents: 5, entities: entities.length, facts: facts.filter(({ status }) => status === 'accepted').length })
    })

    test('a collection that does not exist answers as an empty one', async () => {
      const page = { limit: 5 }
      const nowhere = 'nowhere at all'
      expect(await reader.entities(nowhere, { text: 'ada' }, page)).toEqual({ items: [] })
      expect(await reader.facts(nowhere, { type: 'Person' }, page)).toEqual({ items: [] })
      expect(await reader.documents(nowhere, {}, page)).toEqual({ items: [] })
      expect(await reader.neighbours(nowhere, idOf('Ada Lovelace'), {}, page)).toEqual({ items: [] })
      expect(await reader.subgraph(nowhere, { entity: idOf('Ada Lovelace') })).toEqual({ entities: [], facts: [] })
      expect(await reader.ontology(nowhere)).toBeUndefined()
      expect((await reader.statistics(nowhere)).documents).toBe(0)
    })

    test('nothing of one collection is seen from another', async () => {
      const [page, ours] = [{ limit: 500 }, new Set([...facts.map(({ id }) => id), ...entities.map(({ id }) => id)] as string[])]
      for (const query of [{}, { type: 'Organization' }, { relation: 'EMPLOYED_BY' }, { since: NOW }]) {
        const { items } = await reader.facts(other, query, page)
        expect(items.length).toBeGreaterThan(0)
        expect(items.filter(({ id }) => ours.has(id))).toEqual([])
      }
      for (const query of [{}, { text: 'ada' }, { alias: 'ibm' }, { masterId: 'M1' }]) expect((await reader.entities(other, query, page)).items.filter(({ id }) => ours.has(id))).toEqual([])
      const [fact, entity] = [facts[0] as Fact, entities[0] as ExportedEntity]
      expect(await reader.fact(other, fact.id)).toBeUndefined()
      expect(await reader.entity(other, entity.id)).toBeUndefined()
      expect(await reader.evidence(other, fact.id, { context: 10 }, page)).toEqual({ items: [] })
      expect(await reader.facts(other, { head: fact.head.id }, page)).toEqual({ items: [] })
      expect(await reader.facts(other, { document: fact.evidence[0]?.document as string }, page)).toEqual({ items: [] })
      expect(await reader.document(other, fact.evidence[0]?.document as string)).toBeUndefined()
      expect(await reader.passages(other, fact.evidence[0]?.document as string, page)).toEqual({ items: [] })
      expect(await reader.paths(other, { from: fact.head.id, to: idOf('Acme Corp') })).toEqual([])
    })

    test('any question about facts is answered as the export says', async () => {
      const ids = [...entities.map(({ id }) => id)]
      const documents = [...new Set(facts.flatMap(({ evidence }) => evidence.map(({ document }) => document)))]
      const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
      const query = fc.record({
        head: maybe(fc.constantFrom(...ids)), tail: maybe(fc.constantFrom<string>(...ids, '1842', '5 USD')), entity: maybe(fc.constantFrom(...ids)), document: maybe(fc.constantFrom(...documents)),
        relation: maybe(fc.constantFrom(...Object.keys(ONTOLOGY.ontology.relations))), type: maybe(fc.constantFrom(...Object.keys(ONTOLOGY.ontology.types))),
        statuses: maybe(fc.subarray(['accepted', 'review', 'rejected'] as const, { minLength: 1 })), minScore: maybe(fc.constantFrom(0.6, 0.9, 1)),
      }).map((drawn) => {
        const given = Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined)) as FactQuery
        const { head: _head, tail: _tail, ...around } = given
        const { entity: _entity, ...between } = given
        return given.entity !== undefined && (given.head === undefined || given.tail === undefined) ? around : between
      })
      await fc.assert(
        fc.asyncProperty(query, fc.integer({ min: 1, max: 4 }), async (asked, limit) => {
          expect(brief(await all((page) => reader.facts(collection, asked, page), limit))).toEqual(answers(facts, asked))
        }),
        { numRuns: runs },
      )
    }, 300_000)

    test('a fact is told whole', async () => {
      for (const { evidence: _evidence, ...fact } of facts) expect(await reader.fact(collection, fact.id)).toMatchObject(fact)
      expect(await reader.fact(collection, 'fact:none')).toBeUndefined()
      const refused = facts.find(({ status }) => status === 'rejected') as Fact
      expect((await reader.fact(collection, refused.id))?.reason).toBeTypeOf('string')
    })

    test('inverse and symmetric relations answer both ways', async () => {
      const said = async (query: FactQuery): Promise<readonly string[]> => (await all((page) => reader.facts(collection, query, page))).map((fact) => `${fact.direction} ${words(fact)}`).sort()
      expect(await said({ head: idOf('Grace Hopper'), relation: 'EMPLOYED_BY' })).toEqual(['in Acme Corp EMPLOYS Grace Hopper', 'out Grace Hopper EMPLOYED_BY International Business Machines'])
      expect(await said({ head: idOf('Big Group'), relation: 'EMPLOYS' })).toEqual(['in Adam Old EMPLOYED_BY Big Group', 'in 李小龍 EMPLOYED_BY Big Group'])
      for (const who of ['Zoe Young', 'Adam Old']) expect((await said({ head: idOf(who), relation: 'SPOUSE' })).map((text) => text.replace(/^\w+ /u, ''))).toHaveLength(1)
      const around = await all((page) => reader.neighbours(collection, idOf('Acme Corp'), { relation: 'EMPLOYS', direction: 'out' }, page))
      expect(around.map(({ entity, fact }) => `${entity.name} ${fact.direction}`).sort()).toEqual(['Ada Lovelace in', 'Grace Hopper out'])
    })

    test('neighbours are the entities at the other ends of its accepted facts', async () => {
      for (const { id } of entities) {
        const beside = facts.filter((fact) => fact.status === 'accepted' && 'id' in fact.tail && (fact.head.id === id || fact.tail.id === id))
        const expected = beside.map((fact) => (fact.head.id === id ? [fact.id, 'id' in fact.tail ? fact.tail.id : '', 'out'] : [fact.id, fact.head.id, 'in']))
        expect((await all((page) => reader.neighbours(collection, id, {}, page))).map(({ entity, fact }) => [fact.id, entity.id, fact.direction])).toEqual(expected)
      }
    })

    test('asking for a type finds its subtypes', async () => {
      const types = async (type: string) => [...new Set((await all((page) => reader.entities(collection, { type }, page))).map((entity) => entity.type))].sort()
      expect(await types('Organization')).toEqual(['Company', 'Organization'])
      expect(await types('Company')).toEqual(['Company'])
      expect((await all((page) => reader.entities(collection, { type: 'Organization', text: 'i' }, page))).map((entity) => entity.name)).toEqual(['International Business Machines'])
      expect((await all((page) => reader.entities(collection, {}, page), 3)).map(({ id }) => id)).toEqual(entities.map(({ id }) => id))
    })

    test.each([
      ['ada l', ['Ada Lovelace']], ['ADA  love', ['Ada Lovelace']], ['acme lab', ['Acme Corp']], ['ibm', ['International Business Machines']], ['machines internat', ['International Business Machines']], ['zurich', ['Zürich']],
      ['小', ['李小龍']], ['nobody', []], ['!!', []], ['"ada" OR zoe*', []], ['a', ['Acme Corp', 'Ada Lovelace', 'Adam Old']],
    ])('a search for %s finds %j', async (text, expected) => {
      const found = (await all((page) => reader.entities(collection, { text }, page))).map((entity) => entity.name)
      expect(text === 'a' ? [...found].sort() : found).toEqual(expected)
    })

    test('the best match comes first, then what more documents mention', async () => {
      const found = await all((page) => reader.entities(collection, { text: 'a' }, page), 1)
      expect(found.map(({ support }) => support)).toEqual([...found.map(({ support }) => support)].sort((a, b) => b - a))
      expect((await reader.entities(collection, { text: 'acme' }, { limit: 9 })).items[0]?.name).toBe('Acme Corp')
    })

    test('an entity is found by alias, master-data id and id', async () => {
      const called = async (query: object) => (await reader.entities(collection, query, { limit: 9 })).items.map((entity) => entity.name)
      expect(await called({ alias: 'i.b.m.' })).toEqual([])
      expect(await called({ alias: 'Ibm' })).toEqual(['International Business Machines'])
      expect(await called({ alias: 'acme laboratories' })).toEqual(['Acme Corp'])
      expect(await called({ alias: 'acme', type: 'Person' })).toEqual([])
      expect(await called({ masterId: 'M1' })).toEqual(['International Business Machines'])
      expect(await called({ masterId: 'M2' })).toEqual([])
      for (const { id, name: called2, type, aliases, documents, mentions } of entities) {
        expect(await reader.entity(collection, id)).toMatchObject({ id, name: called2, type, aliases, documents, mentions, support: documents.length })
      }
      expect(await reader.entity(collection, 'ent:none')).toBeUndefined()
    })

    test('facts by time come in its order', async () => {
      const seen = await all((page) => reader.facts(collection, { since: NOW, statuses: ['accepted', 'review', 'rejected'] }, page))
      expect(seen.map(({ lastSeen, id }) => `${lastSeen} ${id}`)).toEqual([...seen.map(({ lastSeen, id }) => `${lastSeen} ${id}`)].sort())
      expect(seen).toHaveLength(facts.length)
      const news = (await all((page) => reader.facts(collection, { since: LATER }, page))).map((fact) => fact.relation).sort()
      expect(news).toEqual(['EMPLOYED_BY', 'EMPLOYED_BY', 'REVENUE'])
      expect((await all((page) => reader.facts(collection, { since: LATER, relation: 'EMPLOYS' }, page))).map(({ relation, direction }) => [relation, direction])).toEqual([['EMPLOYED_BY', 'in'], ['EMPLOYED_BY', 'in']])
      expect((await all((page) => reader.facts(collection, { until: LATER }, page))).length).toBe(facts.filter(({ status }) => status !== 'rejected').length - 3)
      expect(await all((page) => reader.facts(collection, { since: LATER, head: idOf('Zoe Young') }, page))).toEqual([])
    })

    test('evidence has its words and what stands around them', async () => {
      for (const fact of facts) {
        const places = await all((page) => reader.evidence(collection, fact.id, { context: 30 }, page), 1)
        expect(places.map(({ context: _context, passage: _passage, ...place }) => place)).toEqual(fact.evidence)
        for (const { context, passage, quote } of places) {
          expect(context.quote).toBe(quote)
          expect(context.before.length).toBeLessThanOrEqual(30)
          expect(passage?.text).toContain(quote)
        }
      }
      const born = facts.find(({ relation, head }) => relation === 'BORN_IN' && head.name === 'Zoe Young') as Fact
      expect((await reader.evidence(collection, born.id, { context: 20 }, { limit: 1 })).items[0]?.context).toEqual({ before: 'lace born_in Paris. ', quote: born.evidence[0]?.quote, after: '' })
      expect((await reader.evidence(collection, born.id, { context: 0 }, { limit: 1 })).items[0]?.context).toEqual({ before: '', quote: born.evidence[0]?.quote, after: '' })
    })

    test('documents and their passages are told, by id and by address', async () => {
      const documents = await all((page) => reader.documents(collection, {}, page))
      expect(documents).toHaveLength(5)
      expect(documents.map(({ id }) => id)).toEqual([...documents.map(({ id }) => id)].sort())
      for (const document of documents) {
        expect(await reader.document(collection, document.id)).toEqual(document)
        expect((await reader.documents(collection, { uri: document.uri }, { limit: 5 })).items).toEqual([document])
        const passages = await all((page) => reader.passages(collection, document.id, page))
        expect(passages.map(({ sentence }) => sentence)).toEqual([...passages.map(({ sentence }) => sentence)].sort((a, b) => a - b))
        for (const passage of passages) expect(await reader.passage(collection, passage.id)).toEqual(passage)
      }
      expect(documents[0]).toMatchObject({ collection, language: 'en', ontology: 'test@1.0.0', model: 'test@1' })
      expect(await reader.document(collection, 'doc:none')).toBeUndefined()
      for (const id of ['doc:none/1', 'none', `${documents[0]?.id}/x`, `${documents[0]?.id}/999`]) expect(await reader.passage(collection, id)).toBeUndefined()
    })

    test('paths lead from one entity to another, shortest first, over accepted facts', async () => {
      const paths = await reader.paths(collection, { from: idOf('Ada Lovelace'), to: idOf('Zoe Young'), maxLength: 6 })
      expect(paths.map(({ entities: on }) => on.map((end) => end.name))).toEqual([
        ['Ada Lovelace', 'Acme Corp', 'Grace Hopper', 'International Business Machines', 'Big Group', 'Adam Old', 'Zoe Young'],
      ])
      for (const { entities: on, facts: over } of paths) {
        for (const [index, fact] of over.entries()) {
          const [from, to] = fact.direction === 'out' ? [fact.head.id, (fact.tail as { id: string }).id] : [(fact.tail as { id: string }).id, fact.head.id]
          expect([from, to]).toEqual([on[index]?.id, on[index + 1]?.id])
        }
      }
      expect(await reader.paths(collection, { from: idOf('Ada Lovelace'), to: idOf('Zoe Young'), maxLength: 5 })).toEqual([])
      expect((await reader.paths(collection, { from: idOf('Grace Hopper'), to: idOf('International Business Machines') })).map((path) => path.facts.length)).toEqual([1])
      expect(await reader.paths(collection, { from: idOf('Ada Lovelace'), to: 'ent:none' })).toEqual([])
      expect(await reader.paths(collection, { from: idOf('Ada Lovelace'), to: idOf('Ada Lovelace') })).toEqual([])
    })

    test('a subgraph grows with its depth and ends at its limit', async () => {
      const around = async (depth: number, limit = 200) => {
        const { entities: on, facts: between } = await reader.subgraph(collection, { entity: idOf('Acme Corp'), depth, limit })
        const ids = new Set(on.map(({ id }) => id))
        for (const fact of between) expect(ids.has(fact.head.id) && 'id' in fact.tail && ids.has(fact.tail.id)).toBe(true)
        return [on.length, between.length]
      }
      expect(await around(1)).toEqual([3, 2])
      expect(await around(2)).toEqual([5, 4])
      expect(await around(4)).toEqual([8, 7])
      expect((await around(4, 3))[1]).toBe(3)
      const [alone] = (await reader.subgraph(collection, { entity: idOf('Acme Corp'), depth: 0 })).entities
      expect(alone).toEqual({ id: idOf('Acme Corp'), name: 'Acme Corp', type: 'Company' })
    })

    test('the ontology and the statistics are those of the collection', async () => {
      expect(await reader.ontology(collection)).toEqual(ONTOLOGY.ontology)
      const { types, relations, ...counts } = await reader.statistics(collection)
      expect(counts).toEqual(await store.statistics(collection))
      const tally = (names: readonly string[]) => Object.fromEntries([...new Set(names)].sort().map((called) => [called, names.filter((one) => one === called).length]))
      expect(types).toEqual(tally(entities.map(({ type }) => type)))
      expect(relations).toEqual(tally(facts.filter(({ status }) => status === 'accepted').map(({ relation }) => relation)))
    })

    test('an unknown type or relation is refused with the nearest name, and a foreign cursor as one', async () => {
      const page = { limit: 5 }
      await expect(reader.entities(collection, { type: 'Compnay' }, page)).rejects.toMatchObject({ code: 'usage.type', message: expect.stringContaining('"Company"') })
      await expect(reader.facts(collection, { relation: 'EMPLOYED' }, page)).rejects.toMatchObject({ code: 'usage.relation' })
      await expect(reader.neighbours(collection, idOf('Acme Corp'), { relation: "X`) //" }, page)).rejects.toMatchObject({ code: 'usage.relation' })
      for (const after of ['', 'x', Buffer.from('[1]').toString('base64url'), Buffer.from('{}').toString('base64url')]) {
        await expect(reader.facts(collection, {}, { ...page, after })).rejects.toMatchObject({ code: 'usage.cursor' })
      }
    })

    test('what was merged into another answers as that other', async () => {
      const [long, short] = [documentOf('long.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: ibm }], { collection: other }), documentOf('short.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: company('IBM') }], { collection: other })]
      await commit(store, ONTOLOGY, [short], NOW)
      await settle(store, ONTOLOGY, other, NOW)
      await commit(store, ONTOLOGY, [long], NOW)
      await settle(store, ONTOLOGY, other, NOW)
      const merged = (await reader.statistics(other)).merged
      const names = (await reader.entities(other, { text: 'ibm' }, { limit: 9 })).items.map((entity) => entity.name)
      expect(names).toHaveLength(1)
      expect(merged).toBeGreaterThanOrEqual(0)
    })
  })
}
