// Commits documents until it is killed; says so when the first are written.
import { commit, settle } from '../../../graph/index.ts'
import { openStore } from '../../../graph/stores/index.ts'
import { company, documentOf, NOW, ONTOLOGY, person } from '../documents.ts'

const store = await openStore(process.argv[2] ?? '')
for (let from = 0; ; from += 20) {
  const documents = Array.from({ length: 20 }, (_, n) => (from + n) % 400).map((index) =>
    documentOf(`${index}.txt`, Array.from({ length: 10 }, (_unused, n) => ({ head: person(`Person ${index % 40} Name${n}`), relation: 'EMPLOYED_BY', tail: company(`Firm ${n}`) })), { stamp: `s${Math.floor(from / 400)}` }),
  )
  await commit(store, ONTOLOGY, documents, NOW)
  await settle(store, ONTOLOGY, 'test', NOW)
  if (from === 60) process.stdout.write('written\n')
}
