import { expect, test } from 'vitest'
import { commit, type GraphStore, retract, settle, statistics } from '../../../graph/index.ts'
import { openStore } from '../../../graph/stores/index.ts'
import { describeStore, exported } from '../../conformance/store.ts'
import { company, documentOf, NOW, ONTOLOGY, person } from '../documents.ts'
import { killAndContinue } from './killed.ts'

const uri = process.env['GRAPHLOOM_TEST_NEO4J']
const password = process.env['NEO4J_PASSWORD']

if (uri === undefined || password === undefined) {
  test.skipIf(process.env['GRAPHLOOM_TEST_OFFLINE'] === '1')('a real Neo4j is there to be tested against', () => {
    expect.fail('Set GRAPHLOOM_TEST_NEO4J=bolt://HOST:PORT and NEO4J_PASSWORD, or run `npm test`, which starts a Neo4j of its own; GRAPHLOOM_TEST_OFFLINE=1 leaves these tests out.')
  })
} else {
  const open = () => openStore(uri, { password })
  describeStore('Neo4j', async () => ({ store: await open(), reopen: open }), 3)

  test('a writer that is killed leaves whole documents, and the same again goes on', { timeout: 180_000 }, async () => {
    const collection = `killed ${process.pid}-${Date.now()}`
    await killAndContinue(uri, collection, 80, { password })
    const store = await open()
    const { unknown } = await retract(store, ONTOLOGY, collection, Array.from({ length: 80 }, (_, index) => `${index}.txt`), NOW)
    expect(unknown).toEqual([])
    expect((await statistics(store, collection)).entities).toBe(0)
    await store.close()
  })

  test('eight writers of documents that share their entities meet no deadlock, and give the graph of one', async () => {
    const collection = `eight ${process.pid}-${Date.now()}`
    const documents = Array.from({ length: 40 }, (_, index) => documentOf(`${index}.txt`, [
      { head: person(`Ada Number${index % 5}`), relation: 'EMPLOYED_BY', tail: company(`Firm ${index % 3} Corp`) }, { head: person(`Ada Number${(index + 1) % 5}`), relation: 'EMPLOYED_BY', tail: company('Acme Corp') },
    ], { collection }))
    const stores = await Promise.all(Array.from({ length: 8 }, open))
    await stores[0]?.prepare(ONTOLOGY)
    await Promise.all(stores.map(async (store, index) => {
      for (const document of documents.filter((_, at) => at % 8 === index || at % 7 === index)) await commit(store, ONTOLOGY, [document], NOW)
      await settle(store, ONTOLOGY, collection, NOW)
    }))
    const alone = await openStore('sqlite::memory:')
    await commit(alone, ONTOLOGY, documents, NOW)
    await settle(alone, ONTOLOGY, collection, NOW)
    expect(await exported(stores[0] as GraphStore, collection)).toBe(await exported(alone, collection))
    await retract(stores[0] as GraphStore, ONTOLOGY, collection, documents.map(({ document }) => document.id), NOW)
    for (const store of [...stores, alone]) await store.close()
  }, 300_000)

  test('a wrong password is said to be wrong', async () => {
    await expect(openStore(uri, { password: 'not the password' })).rejects.toMatchObject({ code: 'store.password' })
  })

  test('a server that is not there is said not to be there', async () => {
    await expect(openStore('bolt://127.0.0.1:9', { password })).rejects.toMatchObject({ code: 'store.unavailable', retryable: true })
  })
}
