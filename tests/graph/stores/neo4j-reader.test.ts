import { expect, test } from 'vitest'
import { openReader, openStore } from '../../../graph/stores/index.ts'
import { describeReader } from '../../conformance/reader.ts'

const uri = process.env['GRAPHLOOM_TEST_NEO4J']
const password = process.env['NEO4J_PASSWORD']

if (uri === undefined || password === undefined) {
  test.skipIf(process.env['GRAPHLOOM_TEST_OFFLINE'] === '1')('a real Neo4j is there to be tested against', () => {
    expect.fail('Set GRAPHLOOM_TEST_NEO4J=bolt://HOST:PORT and NEO4J_PASSWORD, or run `npm test`, which starts a Neo4j of its own; GRAPHLOOM_TEST_OFFLINE=1 leaves these tests out.')
  })
} else {
  describeReader('Neo4j', async () => ({ store: await openStore(uri, { password }), reader: await openReader(uri, { password }) }), 60)
}
