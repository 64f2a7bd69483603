// npx tsx bench/readings.ts FOLDER... [--models DIR] [--precision P]: the evidence of every claim of annotated sets that was read twice (ontology.yaml, corpus.jsonl, gold.jsonl), one JSON line each, with
// what the annotation says: what models/train/weigh_readings.py weighs it by. Little precision is asked for, so that what the present weights hold for hopeless is seen as well. On stderr how much of what is stated each stage still holds.
import { resolve } from 'node:path'
import { openEncoders } from '../extract/encoders/index.ts'
import { bystandersOf } from '../extract/example.ts'
import { enumeratePairs } from '../extract/pairs/index.ts'
import { teach } from '../extract/prototypes/index.ts'
import { compileReading } from '../extract/reading.ts'
import { calibrate, compilePolicy, readPairs, type Scorer } from '../extract/triples/index.ts'
import { meets, readAnnotated } from './annotated.ts'

const args = process.argv.slice(2)
const option = (name: string): string | undefined => {
  const at = args.indexOf(name)
  return at < 0 ? undefined : args.splice(at, 2)[1]
}
const models = resolve(option('--models') ?? 'models')
const precision = Number(option('--precision') ?? 0.3)

const { relations: encoder, entities, close } = await openEncoders({ models, device: 'cpu', workers: 1 })
for (const folder of args) {
  const { ontology, documents } = await readAnnotated(folder)
  const read = await compileReading(ontology, entities)
  const taught = await teach(ontology, await bystandersOf(ontology, async (document) => (await read(document)).chains), encoder)
  const scorer: Scorer = { ...taught, ontology, encoder, calibrations: new Map([...taught.prototypes].map(([name, { judged }]) => [name, calibrate(judged)])), policy: compilePolicy(ontology, precision, taught.prototypes, encoder.head) }
  const count = { facts: 0, paired: 0, possible: 0 }
  for (const { id, document, triples, annotated } of documents) {
    const { chains, view } = await read(document)
    const { pairs } = enumeratePairs(document, chains, ontology)
    const { statements, first, evidence } = await readPairs(pairs, document, chains, scorer, view)
    const [paired, possible] = [new Set<number>(), new Set<number>()]
    first.forEach(({ at, relation }, k) => {
      if (annotated && !annotated.includes(relation)) return
      const { head, tail } = statements[at]!
      const symmetric = ontology.ontology.relations[relation]!.symmetric
      const found = triples.findIndex((triple) => triple.relation === relation && ((meets(head, triple.head) && meets(tail, triple.tail)) || (symmetric && meets(tail, triple.head) && meets(head, triple.tail))))
      if (found >= 0) paired.add(found)
      const known = evidence.get(k)
      if (known === undefined) return
      if (found >= 0) possible.add(found)
      const { head: h, tail: t } = pairs[at]!
      console.log(JSON.stringify({ set: folder, relation, taught: taught.prototypes.get(relation)!.head !== undefined, trust: taught.prototypes.get(relation)!.trust, fact: `${id} ${h} ${relation} ${t}`, evidence: known, holds: found >= 0 }))
    })
    count.facts += triples.length
    count.paired += paired.size
    count.possible += possible.size
  }
  console.error(`${folder}: ${count.facts} facts; a pair of mentions asked for ${count.paired}, read twice ${count.possible}`)
}
await close()
