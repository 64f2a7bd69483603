// Commits documents until it is killed; says so when the first are written. Arguments: address of the store, collection, number of documents.
import { commit, prepare, settle } from '../../../graph/index.ts'
import { openStore } from '../../../graph/stores/index.ts'
import { NOW, ONTOLOGY } from '../documents.ts'
import { staffOf } from '../staff.ts'

const [uri = '', collection = 'test', count = '200'] = process.argv.slice(2)
const password = process.env['NEO4J_PASSWORD']
const store = await openStore(uri, password === undefined ? {} : { password })
await prepare(store, ONTOLOGY)
for (let from = 0; ; from += 20) {
  const indexes = Array.from({ length: 20 }, (_, n) => (from + n) % Number(count))
  await commit(store, ONTOLOGY, indexes.map((index) => staffOf(index, { collection, stamp: `s${Math.floor(from / Number(count))}` })), NOW)
  await settle(store, ONTOLOGY, collection, NOW)
  if (from === 60) process.stdout.write('written\n')
}
