// graphloom evaluate: extraction against annotated documents, as numbers and as a page.
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { GraphloomError } from '../errors.ts'
import { type Evaluation, evaluate, type Extraction, type GoldDocument, parseGold, type Quality } from '../extract/index.ts'
import { read } from '../ingest/index.ts'
import { evaluationPage } from './evaluation-page.ts'
import { openExtraction, readOntology } from './wire.ts'

export interface EvaluateOptions {
  readonly gold: string
  readonly corpus?: string
  readonly ontology: string
  readonly examples?: string
  readonly precision: number
  readonly models?: string
  readonly device: 'auto' | 'cpu' | 'cuda' | 'webgpu'
  readonly fieldMap?: Readonly<Record<string, string>>
  readonly out?: string
  readonly json?: boolean
}

export async function evaluateGold(options: EvaluateOptions): Promise<void> {
  const ontology = await readOntology(options.ontology, options.examples)
  const gold = new Map<string, GoldDocument>()
  let number = 0
  for await (const line of createInterface({ input: createReadStream(options.gold), crlfDelay: Infinity })) {
    number += 1
    if (line.trim() === '') continue
    const document = parseGold(line, number, ontology)
    gold.set(document.id, document)
  }
  const extraction = await openExtraction(ontology, { ...(options.models ? { models: options.models } : {}), device: options.device, workers: 2, precision: options.precision, clock: () => performance.now() })
  const found: { extraction: Extraction; gold: GoldDocument }[] = []
  try {
    for await (const result of read([options.corpus ?? options.gold], { collection: 'evaluation', stdin: process.stdin, fieldMap: options.fieldMap ?? { id: 'id', text: 'text' } })) {
      if (result.status === 'failed') throw new GraphloomError('usage.gold', `${result.failure.uri}${result.failure.record ? `#${result.failure.record}` : ''} could not be read: ${result.failure.reason} Each gold line needs a text, or --corpus FILE with the texts by id.`)
      const annotated = gold.get(result.document.record ?? '')
      if (annotated) found.push({ extraction: await extraction.extractor.extract(result.document), gold: annotated })
    }
  } finally {
    await extraction.close()
  }
  if (found.length < gold.size) process.stderr.write(`${gold.size - found.length} of ${gold.size} gold lines have no text and were left out.\n`)
  const evaluation = evaluate(found, ontology)
  const model = found[0]?.extraction.model ?? ''
  if (options.out) {
    await writeFile(`${options.out}.json`, `${JSON.stringify({ ontology: ontology.stamp, model, precision: options.precision, ...evaluation }, null, 2)}\n`)
    await writeFile(`${options.out}.html`, evaluationPage(evaluation, { ontology: ontology.stamp, model }))
  }
  process.stdout.write(options.json ? `${JSON.stringify(evaluation, null, 2)}\n` : table(evaluation, options.out))
}

function table({ documents, strict, overlap, relations, calibrationError }: Evaluation, out: string | undefined): string {
  const row = (name: string, { precision, recall, f1, right, wrong, missed }: Quality): string =>
    `${name.padEnd(32)} ${[precision, recall, f1].map((value) => (100 * value).toFixed(1).padStart(6)).join(' ')} ${[right, wrong, missed].map((value) => String(value).padStart(7)).join(' ')}`
  return [
    `${documents} documents; accepted triples`, `${''.padEnd(32)}      P      R     F1   right   wrong  missed`,
    row('all, whole names', strict), row('all, overlapping names', overlap),
    ...Object.entries(relations).map(([name, each]) => row(name, each.overlap)),
    `Expected calibration error over accepted and doubtful triples: ${calibrationError.toFixed(3)}`,
    ...(out ? [`Written: ${out}.json, ${out}.html`] : []),
  ].join('\n').concat('\n')
}
