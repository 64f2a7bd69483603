// npx tsx bench/asked.ts FOLDER... [--models DIR]: what is asked about annotated sets (ontology.yaml, corpus.jsonl, gold.jsonl) before anything is scored: one JSON line a text that the relation encoder is shown,
// with its pairs of mentions and the relations that their types allow. What train_relations.py --asked learns to tell apart, as it is found and not as it is marked.
import { basename, resolve } from 'node:path'
import { openEncoders } from '../extract/encoders/index.ts'
import { enumeratePairs } from '../extract/pairs/index.ts'
import { markedOf } from '../extract/prototypes/index.ts'
import { compileReading } from '../extract/reading.ts'
import { statementOfPair } from '../extract/triples/index.ts'
import { readAnnotated } from './annotated.ts'

const args = process.argv.slice(2)
const at = args.indexOf('--models')
const models = resolve(at < 0 ? 'models' : args.splice(at, 2)[1]!)

const { entities, close } = await openEncoders({ models, device: 'cpu', workers: 1 })
for (const folder of args) {
  const set = await readAnnotated(folder).catch((error: Error) => console.error(`${folder} is left out: ${error.message}`))
  if (!set) continue // an authored ontology may hold what the product refuses, as two kinds of literals in one range
  const { ontology, documents } = set
  const read = await compileReading(ontology, entities)
  for (const { id, document } of documents) {
    const { chains } = await read(document)
    const texts = new Map<string, object[]>()
    for (const pair of enumeratePairs(document, chains, ontology).pairs) {
      const statement = statementOfPair(pair, document, chains)
      const { text, head, tail } = markedOf(statement)
      const key = JSON.stringify({ set: basename(folder), document: id, window: spanOf(pair.window), text })
      texts.set(key, [...(texts.get(key) ?? []), { head: spanOf(head), tail: spanOf(tail), headAt: spanOf(statement.head), tailAt: spanOf(statement.tail), relations: pair.relations }])
    }
    for (const [key, pairs] of texts) console.log(JSON.stringify({ ...(JSON.parse(key) as object), pairs }))
  }
}
await close()

/** As the sets write spans. */
function spanOf({ start, end }: { readonly start: number; readonly end: number }): readonly [number, number] {
  return [start, end]
}
