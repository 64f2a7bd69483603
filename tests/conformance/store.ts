// The contract of GraphStore: what holds on every store. Adapters are tested by nothing else.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CommittedDocument, commit, type Entity, exportEntities, exportFacts, type Fact, type GraphStore, prepare, push, retract, settle, statistics, unchanged } from '../../graph/index.ts'
import { openStore } from '../../graph/stores/index.ts'
import { company, date, documentOf, NOW, ONTOLOGY, organization, person, place, type Statement } from '../graph/documents.ts'

export interface Opened {
  readonly store: GraphStore
  /** A second connection to the same graph, as after a crash. */
  reopen(): Promise<GraphStore>
}

const NOTHING = { created: 0, updated: 0, deleted: 0 }
const EMPTY = { documents: 0, passages: 0, chains: 0, evidence: 0, entities: 0, merged: 0, facts: { accepted: 0, review: 0, rejected: 0 }, pending: 0 }

const ada = person('Ada Lovelace')
const acme = company('Acme Corp')
const ibm = company('International Business Machines', { aliases: ['IBM'] })

/** Statements of a small world, with whatever makes merging hard: aliases, acronyms, homonyms, limits, literals, inverses. */
const WORLD: readonly (readonly Statement[])[] = [
  [{ head: ada, relation: 'EMPLOYED_BY', tail: acme }, { head: acme, relation: 'FOUNDED_ON', tail: date('1842') }],
  [{ head: ada, relation: 'EMPLOYED_BY', tail: company('ACME') }, { head: ada, relation: 'BORN_IN', tail: place('London'), score: 0.8 }],
  [{ head: ada, relation: 'BORN_IN', tail: place('Paris'), score: 0.7 }, { head: acme, relation: 'FOUNDED_ON', tail: date('1843'), score: 0.6, status: 'review' }],
  [{ head: person('Grace Hopper'), relation: 'EMPLOYED_BY', tail: ibm }],
  [{ head: person('Hopper'), relation: 'EMPLOYED_BY', tail: company('IBM') }, { head: company('IBM'), relation: 'PART_OF', tail: organization('Big Group'), score: 0.8 }],
  [{ head: organization('Big Group'), relation: 'PART_OF', tail: company('I.B.M.'), score: 0.7 }, { head: company('IBM'), relation: 'EMPLOYS', tail: person('Grace Hopper'), score: 0.95 }],
  [{ head: person('Zoe Young'), relation: 'SPOUSE', tail: person('Adam Old') }, { head: company('IBM', { masterId: 'M1' }), relation: 'REVENUE', tail: { kind: 'quantity', value: '5 USD' } }],
  [{ head: person('Adam Old'), relation: 'SPOUSE', tail: person('Zoe Young'), score: 0.5, status: 'review' }, { head: ada, relation: 'BORN_IN', tail: place('Springfield', { suffix: ', [Illinois]' }), score: 0.6 }],
  [{ head: person('Hopper'), relation: 'BORN_IN', tail: place('Springfield', { suffix: ', [Missouri]' }) }],
  [{ head: person('She', { kind: 'pronoun' }), relation: 'EMPLOYED_BY', tail: company('the company', { kind: 'nominal' }) }],
]

let counter = 0
/** A collection that no other test uses: the server may be shared. */
const fresh = (): string => `test ${process.pid}-${Date.now()}-${counter++}`
const world = (collection: string): readonly CommittedDocument[] => WORLD.map((statements, index) => documentOf(`folder/${index}.txt`, statements, { collection }))

async function ingest(store: GraphStore, documents: readonly CommittedDocument[], batch = 3): Promise<void> {
  for (let from = 0; from < documents.length; from += batch) await commit(store, ONTOLOGY, documents.slice(from, from + batch), NOW)
}

export async function exported(store: GraphStore, collection: string): Promise<string> {
  const lines: string[] = []
  for await (const fact of exportFacts(store, { collection, statuses: ['accepted', 'review', 'rejected'] })) lines.push(JSON.stringify(fact))
  for await (const entity of exportEntities(store, { collection })) lines.push(JSON.stringify(entity))
  return lines.join('\n')
}

/** What the embedded store makes of the documents in their given order: the measure for every other way. */
async function reference(documents: readonly CommittedDocument[], collection: string): Promise<string> {
  const store = await openStore('sqlite::memory:')
  await ingest(store, documents)
  await settle(store, ONTOLOGY, collection, NOW)
  const text = await exported(store, collection)
  await store.close()
  return text
}

async function facts(store: GraphStore, collection: string): Promise<readonly Fact[]> {
  const found: Fact[] = []
  for await (const fact of exportFacts(store, { collection, statuses: ['accepted', 'review', 'rejected'] })) found.push(fact)
  return found
}

async function entities(store: GraphStore, collection: string): Promise<readonly Omit<Entity, 'collection'>[]> {
  const found: Omit<Entity, 'collection'>[] = []
  for await (const entity of exportEntities(store, { collection })) found.push(entity)
  return found
}

/** Runs the contract on a store; `runs` bounds the generated cases, where a store is slow. */
export function describeStore(name: string, open: () => Promise<Opened>, runs: number): void {
  describe(`${name} keeps the contract of a store:`, () => {
    let opened: Opened
    let store: GraphStore
    const used: string[] = []
    const collectionOf = (): string => {
      const collection = fresh()
      used.push(collection)
      return collection
    }
    beforeAll(async () => {
      opened = await open()
      store = opened.store
      await prepare(store, ONTOLOGY)
    })
    afterAll(async () => {
      for (const collection of used) {
        const ids: string[] = []
        for (const claims of await store.claims(collection, { limit: 10_000 })) ids.push(claims.id)
        await retract(store, ONTOLOGY, collection, ids, NOW)
      }
      await store.close()
    })

    test('a second ingest of the same writes nothing', async () => {
      const collection = collectionOf()
      const documents = world(collection)
      expect(await commit(store, ONTOLOGY, documents, NOW)).toEqual({ created: documents.length, updated: 0, deleted: 0 })
      expect((await settle(store, ONTOLOGY, collection, NOW)).created).toBeGreaterThan(20)
      const before = await exported(store, collection)
      const asked = documents.map(({ document, stamp }) => ({ id: document.id, sha256: document.sha256, stamp }))
      expect(await unchanged(store, collection, asked)).toEqual(new Set(asked.map(({ id }) => id)))
      expect(await unchanged(store, collection, asked.map((version) => ({ ...version, stamp: 's2' })))).toEqual(new Set())
      expect(await commit(store, ONTOLOGY, documents, 'later')).toEqual(NOTHING)
      expect(await settle(store, ONTOLOGY, collection, 'later')).toEqual(NOTHING)
      expect(await exported(store, collection)).toBe(before)
      expect(before).toBe(await reference(documents, collection))
    })

    test('any order, any batches and any moments of settling give the same export', async () => {
      const expected = new Map<string, string>()
      await fc.assert(
        fc.asyncProperty(fc.shuffledSubarray([...WORLD.keys()], { minLength: WORLD.length }), fc.integer({ min: 1, max: 5 }), fc.boolean(), async (order, batch, often) => {
          const collection = collectionOf()
          const documents = world(collection)
          expected.set(collection, await reference(documents, collection))
          for (let from = 0; from < order.length; from += batch) {
            await commit(store, ONTOLOGY, order.slice(from, from + batch).map((index) => documents[index] as CommittedDocument), NOW)
            if (often) await settle(store, ONTOLOGY, collection, NOW)
          }
          await settle(store, ONTOLOGY, collection, NOW)
          expect(await exported(store, collection)).toBe(expected.get(collection))
        }),
        { numRuns: runs },
      )
    })

    test('retracting is the inverse of writing, for any part of the documents', async () => {
      await fc.assert(
        fc.asyncProperty(fc.subarray([...WORLD.keys()], { minLength: 1 }), async (removed) => {
          const collection = collectionOf()
          const documents = world(collection)
          await ingest(store, documents)
          await settle(store, ONTOLOGY, collection, NOW)
          const ids = removed.map((index) => documents[index]?.document.id as string)
          expect((await retract(store, ONTOLOGY, collection, ids, NOW)).retracted).toEqual([...ids].sort())
          expect(await exported(store, collection)).toBe(await reference(documents.filter((_, index) => !removed.includes(index)), collection))
        }),
        { numRuns: runs },
      )
    })

    test('retracting everything leaves nothing', async () => {
      const collection = collectionOf()
      await ingest(store, world(collection))
      await settle(store, ONTOLOGY, collection, NOW)
      const { retracted, unknown } = await retract(store, ONTOLOGY, collection, [...WORLD.keys()].map((index) => `folder/${index}.txt`).concat('nowhere.txt'), NOW)
      expect(retracted).toHaveLength(WORLD.length)
      expect(unknown).toEqual(['nowhere.txt'])
      expect(await statistics(store, collection)).toEqual(EMPTY)
      expect(await exported(store, collection)).toBe('')
    })

    test('a changed document is replaced whole, and only its facts change', async () => {
      const collection = collectionOf()
      const before = documentOf('a.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: acme }, { head: ada, relation: 'BORN_IN', tail: place('London') }], { collection })
      const other = documentOf('b.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: acme }], { collection })
      await ingest(store, [before, other])
      await settle(store, ONTOLOGY, collection, NOW)
      const after = documentOf('a.txt', [{ head: ada, relation: 'BORN_IN', tail: place('Paris') }], { collection })
      expect(after.document.id).toBe(before.document.id)
      expect(await commit(store, ONTOLOGY, [after], NOW)).toEqual({ created: 0, updated: 1, deleted: 0 })
      await settle(store, ONTOLOGY, collection, NOW)
      expect(await exported(store, collection)).toBe(await reference([after, other], collection))
      expect((await facts(store, collection)).map((fact) => [fact.relation, fact.support])).toEqual(expect.arrayContaining([['EMPLOYED_BY', 1], ['BORN_IN', 1]]))
    })

    test('a crash between commit and settle is mended by the next settle', async () => {
      const collection = collectionOf()
      const documents = world(collection)
      await ingest(store, documents.slice(0, 5))
      await settle(store, ONTOLOGY, collection, NOW)
      await ingest(store, documents.slice(5))
      await expect(settle(store, ONTOLOGY, collection, NOW, () => { throw new Error('killed') })).rejects.toThrow('killed')
      const again = await opened.reopen()
      await settle(again, ONTOLOGY, collection, NOW)
      expect(await exported(again, collection)).toBe(await reference(documents, collection))
      if (again !== store) await again.close()
    })

    test('a settle that dies after every single step ends in the same graph', async () => {
      const collection = collectionOf()
      const documents = world(collection)
      for (const document of documents) {
        await commit(store, ONTOLOGY, [document], NOW)
        await settle(store, ONTOLOGY, collection, NOW, () => { throw new Error('killed') }).catch(() => undefined)
      }
      await retract(store, ONTOLOGY, collection, [documents[3]?.document.id as string], NOW)
      await commit(store, ONTOLOGY, [documents[3] as CommittedDocument], NOW)
      await settle(store, ONTOLOGY, collection, NOW)
      expect(await exported(store, collection)).toBe(await reference(documents, collection))
    })

    test('collections do not see each other', async () => {
      const [one, two] = [collectionOf(), collectionOf()]
      await ingest(store, world(one))
      await settle(store, ONTOLOGY, one, NOW)
      const before = await exported(store, one)
      await ingest(store, world(two).slice(0, 4))
      await settle(store, ONTOLOGY, two, NOW)
      expect(await exported(store, one)).toBe(before)
      const ids = new Set((await entities(store, one)).map(({ id }) => id))
      expect((await entities(store, two)).filter(({ id }) => ids.has(id))).toEqual([])
      expect((await retract(store, ONTOLOGY, two, ['folder/0.txt', world(one)[1]?.document.id as string], NOW)).unknown).toHaveLength(1)
      expect(await exported(store, one)).toBe(before)
    })

    test('a push gives the same export, goes on where it was cut off, and does nothing twice', async () => {
      const collection = collectionOf()
      const source = await openStore('sqlite::memory:')
      await ingest(source, world(collection))
      await settle(source, ONTOLOGY, collection, NOW)
      await expect(push(source, store, () => { throw new Error('cut off') })).rejects.toThrow('cut off')
      const result = await push(source, store)
      expect(result).toMatchObject({ documents: WORLD.length, unchanged: WORLD.length })
      expect(await exported(store, collection)).toBe(await exported(source, collection))
      expect((await push(source, store)).written).toEqual(NOTHING)
      await source.close()
    })

    test('what it holds can be pushed back', async () => {
      const collection = collectionOf()
      await ingest(store, world(collection))
      await settle(store, ONTOLOGY, collection, NOW)
      const pages = [...(await store.claims(collection, { limit: 4 }))]
      for (let page = pages; page.length > 0; ) {
        page = [...(await store.claims(collection, { limit: 4, after: page.at(-1)?.id as string }))]
        pages.push(...page)
      }
      const target = await openStore('sqlite::memory:')
      await target.saveOntology(collection, ONTOLOGY.ontology)
      await target.replace(collection, [], pages, NOW)
      await settle(target, ONTOLOGY, collection, NOW)
      expect(await exported(target, collection)).toBe(await exported(store, collection))
      await target.close()
    })

    test('pages join without gap or overlap', async () => {
      const collection = collectionOf()
      await ingest(store, world(collection))
      await settle(store, ONTOLOGY, collection, NOW)
      const all = (await facts(store, collection)).map(({ id }) => id)
      const paged: string[] = []
      for (let after = ''; ; ) {
        const page = await store.pageFacts(collection, ['accepted', 'review', 'rejected'], { after, limit: 2 })
        paged.push(...page.map(({ fact }) => fact.id))
        if (page.length < 2) break
        after = paged.at(-1) as string
      }
      expect(paged).toEqual(all)
      expect([...all].sort()).toEqual(all)
      const known = (await entities(store, collection)).map(({ id }) => id)
      expect((await store.pageEntities(collection, { after: known[2] as string, limit: 2 })).map(({ id }) => id)).toEqual(known.slice(3, 5))
    })

    test('a merge keeps its reason, and is undone when its reason goes', async () => {
      const collection = collectionOf()
      const [long, short] = [documentOf('long.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: ibm }], { collection }), documentOf('short.txt', [{ head: ada, relation: 'EMPLOYED_BY', tail: company('IBM') }], { collection })]
      await ingest(store, [short])
      await settle(store, ONTOLOGY, collection, NOW)
      const before = await exported(store, collection)
      const alone = (await entities(store, collection)).find(({ name: called }) => called === 'IBM')?.id as string
      await ingest(store, [long])
      await settle(store, ONTOLOGY, collection, NOW)
      expect((await entities(store, collection)).filter(({ type }) => type === 'Company')).toHaveLength(1)
      expect(await store.entities(collection, [alone])).toMatchObject([{ id: alone, reason: 'alias', score: 0.9 }])
      expect((await facts(store, collection)).map(({ support }) => support)).toEqual([2])
      await retract(store, ONTOLOGY, collection, ['long.txt'], NOW)
      expect(await exported(store, collection)).toBe(before)
    })

    test('one name in two folders is two documents', async () => {
      const collection = collectionOf()
      const documents = ['one/report.txt', 'two/report.txt'].map((uri) => documentOf(uri, [{ head: ada, relation: 'EMPLOYED_BY', tail: acme }], { collection }))
      await ingest(store, documents)
      await settle(store, ONTOLOGY, collection, NOW)
      expect((await facts(store, collection))[0]).toMatchObject({ support: 2, evidence: [{ quote: 'Ada Lovelace employed_by Acme Corp.' }, { quote: 'Ada Lovelace employed_by Acme Corp.' }] })
      await retract(store, ONTOLOGY, collection, ['one/report.txt'], NOW)
      expect((await facts(store, collection))[0]).toMatchObject({ support: 1, evidence: [{ uri: 'two/report.txt' }] })
      expect(await statistics(store, collection)).toMatchObject({ passages: 1, evidence: 1 })
    })

    test('writers take turns: what one does exclusively, no other does meanwhile', async () => {
      const other = await opened.reopen()
      const seen: string[] = []
      const turn = (writer: GraphStore, called: string) => writer.exclusively(async () => {
        seen.push(`${called} begins`)
        await new Promise((resolve) => setTimeout(resolve, 30))
        seen.push(`${called} ends`)
      })
      await Promise.all([turn(store, 'a'), turn(store, 'b'), ...(other === store ? [] : [turn(other, 'c'), turn(other, 'd')])])
      for (let at = 0; at < seen.length; at += 2) expect(seen[at + 1]).toBe(seen[at]?.replace('begins', 'ends'))
      await expect(store.exclusively(async () => { throw new Error('bug') })).rejects.toThrow('bug')
      expect(await store.exclusively(async () => 'again')).toBe('again')
      if (other !== store) await other.close()
    })

    test('two stores that ingest the same documents at once give the same graph, and neither fails', async () => {
      const collection = collectionOf()
      const documents = world(collection)
      const other = await opened.reopen()
      const work = async (writer: GraphStore, own: readonly CommittedDocument[]) => {
        for (const document of own) {
          await commit(writer, ONTOLOGY, [document], NOW)
          await settle(writer, ONTOLOGY, collection, NOW)
        }
      }
      await Promise.all([work(store, documents), work(other, [...documents].reverse())])
      expect(await exported(store, collection)).toBe(await reference(documents, collection))
      if (other !== store) await other.close()
    })

    test('boilerplate that two documents share is a passage of each, and goes with its own document alone', async () => {
      const collection = collectionOf()
      const boilerplate: Statement = { head: ada, relation: 'EMPLOYED_BY', tail: acme }
      const one = documentOf('one.txt', [boilerplate, { head: ada, relation: 'BORN_IN', tail: place('London') }], { collection })
      const two = documentOf('two.txt', [boilerplate, { head: acme, relation: 'FOUNDED_ON', tail: date('1842') }], { collection })
      await ingest(store, [one, two])
      await settle(store, ONTOLOGY, collection, NOW)
      const both = await exported(store, collection)
      const shared = async (): Promise<Fact | undefined> => (await facts(store, collection)).find(({ relation }) => relation === 'EMPLOYED_BY')
      expect(await statistics(store, collection)).toMatchObject({ documents: 2, passages: 4, evidence: 4 })
      expect((await shared())?.evidence.map(({ uri, quote }) => [uri, quote]).sort()).toEqual(['one.txt', 'two.txt'].map((uri) => [uri, 'Ada Lovelace employed_by Acme Corp.']))
      await retract(store, ONTOLOGY, collection, ['one.txt'], NOW)
      expect(await statistics(store, collection)).toMatchObject({ documents: 1, passages: 2, evidence: 2 })
      expect(await shared()).toMatchObject({ support: 1, evidence: [{ uri: 'two.txt', quote: 'Ada Lovelace employed_by Acme Corp.' }] })
      expect((await facts(store, collection)).map(({ relation }) => relation).sort()).toEqual(['EMPLOYED_BY', 'FOUNDED_ON'])
      await ingest(store, [one])
      await settle(store, ONTOLOGY, collection, NOW)
      expect(await exported(store, collection)).toBe(both)
    })

    test('a bare surname in very many documents is one entity a document, and in fewer it is compared again', async () => {
      const collection = collectionOf()
      const documents = Array.from({ length: 204 }, (_, index) => documentOf(`${index}.txt`, [
        { head: person(index % 2 === 0 ? 'Smith' : 'SMITH'), relation: 'EMPLOYED_BY', tail: acme },
        ...(index % 50 === 0 ? [{ head: person('Smith'), relation: 'BORN_IN', tail: place('London') }] : []),
      ], { collection }))
      await ingest(store, documents, 100)
      await settle(store, ONTOLOGY, collection, NOW)
      const smiths = async (): Promise<number> => (await entities(store, collection)).filter(({ name }) => name.toLowerCase() === 'smith').length
      expect(await smiths()).toBe(204)
      expect((await entities(store, collection)).find(({ name }) => name === 'Acme Corp')).toMatchObject({ mentions: 204, documents: { length: 204 } })
      expect(await exported(store, collection)).toBe(await reference(documents, collection))
      const less = documents.slice(8)
      await retract(store, ONTOLOGY, collection, documents.slice(0, 8).map(({ document }) => document.id), NOW)
      expect(await smiths()).toBeLessThan(196)
      expect(await exported(store, collection)).toBe(await reference(less, collection))
    })

    test('hostile names are kept as they are', async () => {
      const collection = collectionOf()
      const names = ["Robert'); DROP TABLE entities;--", 'A`) DETACH DELETE n //', '$rows {id: 1}', 'Tab\tand "quotes" \\u0041', '제이에스 푸드플랜', '🦊 Fox', '%_*?', '!!!', 'a'.repeat(20_000)]
      const documents = names.map((called, index) => documentOf(`${called.slice(0, 50)}/../${index}'".txt`, [{ head: company(called), relation: 'REVENUE', tail: { kind: 'quantity', value: called } }], { collection }))
      await ingest(store, documents)
      await settle(store, ONTOLOGY, collection, NOW)
      expect((await entities(store, collection)).map((entity) => entity.name).sort()).toEqual([...names].sort())
      expect((await facts(store, collection)).map(({ tail }) => ('value' in tail ? tail.value : '')).sort()).toEqual([...names].sort())
      await retract(store, ONTOLOGY, collection, documents.map(({ document }) => document.uri), NOW)
      expect(await statistics(store, collection)).toEqual(EMPTY)
    })

    test('limits hold across documents, and a refused fact returns when its rival goes', async () => {
      const collection = collectionOf()
      const [strong, weak] = [0.9, 0.7].map((score, index) => documentOf(`${index}.txt`, [{ head: ada, relation: 'BORN_IN', tail: place(index === 0 ? 'London' : 'Paris'), score }], { collection })) as [CommittedDocument, CommittedDocument]
      await ingest(store, [weak, strong])
      await settle(store, ONTOLOGY, collection, NOW)
      expect((await facts(store, collection)).map(({ tail, status }) => [(tail as { name: string }).name, status]).sort()).toEqual([['London', 'accepted'], ['Paris', 'rejected']])
      await retract(store, ONTOLOGY, collection, ['0.txt'], NOW)
      expect((await facts(store, collection)).map(({ status }) => status)).toEqual(['accepted'])
    })
  })
}
