// npx tsx bench/unrelated.ts SET... [--models DIR] [--precision P]: how often a fact is accepted of two entities that stand together and of which the annotation states nothing, in either
// direction and under any relation that was looked for. Whole documents are extracted as `graphloom ingest` does.
import { resolve } from 'node:path'
import { openEncoders } from '../extract/encoders/index.ts'
import { compileExtractor, DEFAULTS } from '../extract/extract.ts'
import { enumeratePairs } from '../extract/pairs/index.ts'
import { compileReading } from '../extract/reading.ts'
import { type AnnotatedTriple, meets, readAnnotated } from './annotated.ts'
import { table } from './table.ts'

const args = process.argv.slice(2)
const option = (name: string): string | undefined => { const at = args.indexOf(name); return at < 0 ? undefined : args.splice(at, 2)[1] }
const models = resolve(option('--models') ?? 'models')
const precision = Number(option('--precision') ?? DEFAULTS.precision)

const { relations: encoder, entities, close } = await openEncoders({ models, device: 'cpu', workers: 1 })
const rows: (readonly (string | number)[])[] = []
for (const folder of args) {
  const { ontology, documents } = await readAnnotated(folder)
  const [read, extractor] = [await compileReading(ontology, entities), await compileExtractor({ ontology, encoder, entities, clock: () => performance.now(), options: { precision } })]
  const count = { unrelated: 0, accepted: 0, review: 0, empty: 0, acceptedThere: 0 }
  for (const { document, triples, annotated } of documents) {
    const { chains } = await read(document)
    const extraction = await extractor.extract(document)
    const looked = (relation: string): boolean => annotated?.includes(relation) ?? true
    const stands = (chain: number, end: AnnotatedTriple['head']): boolean => chains[chain]!.mentions.some((mention) => meets(mention, end))
    const isRelated = (a: number, b: number): boolean => triples.some(({ head, tail }) => (stands(a, head) && stands(b, tail)) || (stands(b, head) && stands(a, tail)))
    const key = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`
    const together = new Map(enumeratePairs(document, chains, ontology).pairs.filter(({ relations }) => relations.some(looked)).map(({ head, tail }) => [key(head, tail), [head, tail] as const]))
    const unrelated = new Set([...together].filter(([, [a, b]]) => !isRelated(a, b)).map(([pair]) => pair))
    const claimed = (status: string): number => new Set((extraction.triples.filter((triple) => triple.status === status && looked(triple.relation))).map(({ head, tail }) => key(head, tail)).filter((pair) => unrelated.has(pair))).size
    count.unrelated += unrelated.size
    count.accepted += claimed('accepted')
    count.review += claimed('review')
    if (triples.length > 0) continue
    count.empty += unrelated.size
    count.acceptedThere += claimed('accepted')
  }
  const share = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`
  rows.push([folder.split('/').at(-1)!, count.unrelated, count.accepted, share(count.accepted, count.unrelated), share(count.review, count.unrelated), count.empty, count.acceptedThere, share(count.acceptedThere, count.empty)])
}
await close()
console.log(`precision ${precision}\n`)
console.log(table(['set', 'unrelated pairs', 'accepted', 'share', 'in review', 'in documents without a fact', 'accepted', 'share'], rows))
