import { expect, test } from 'vitest'
import { openStore } from '../../../graph/stores/index.ts'
import { describeStore } from '../../conformance/store.ts'

const uri = process.env['GRAPHLOOM_TEST_NEO4J']
const password = process.env['NEO4J_PASSWORD']

if (uri === undefined || password === undefined) {
  test.skipIf(process.env['GRAPHLOOM_TEST_OFFLINE'] === '1')('a real Neo4j is there to be tested against', () => {
    expect.fail('Set GRAPHLOOM_TEST_NEO4J=bolt://HOST:PORT and NEO4J_PASSWORD, or run `npm test`, which starts a Neo4j of its own; GRAPHLOOM_TEST_OFFLINE=1 leaves these tests out.')
  })
} else {
  const open = () => openStore(uri, { password })
  describeStore('Neo4j', async () => ({ store: await open(), reopen: open }), 3)

  test('a wrong password is said to be wrong', async () => {
    await expect(openStore(uri, { password: 'not the password' })).rejects.toMatchObject({ code: 'store.password' })
  })

  test('a server that is not there is said not to be there', async () => {
    await expect(openStore('bolt://127.0.0.1:9', { password })).rejects.toMatchObject({ code: 'store.unavailable', retryable: true })
  })
}
