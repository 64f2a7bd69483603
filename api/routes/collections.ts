// Collections that the key may see, with their counts.
import { sees } from '../guard/index.ts'
import { Collection } from '../records/index.ts'
import { listOf, route } from '../route.ts'

export const listCollections = route({
  method: 'get', path: '/v1/collections', role: 'reader', tag: 'Overview', scope: 'none',
  summary: 'Collections with their counts',
  description: 'Only those that the key may see; sorted by name.',
  response: listOf(Collection),
  async run(_, { key, services: { reader } }) {
    return { items: (await reader.collections()).filter(({ name }) => sees(key, name)) }
  },
})
