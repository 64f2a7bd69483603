// graphloom teach: how well the examples of a relation teach it.
import { GraphloomError } from '../errors.ts'
import type { Lesson } from '../extract/index.ts'
import { openExtraction, readOntology } from './wire.ts'

export interface TeachOptions {
  readonly ontology: string
  readonly examples?: string
  readonly models?: string
  readonly device: 'auto' | 'cpu' | 'cuda' | 'webgpu'
  readonly json?: boolean
}

export async function teachRelation(relation: string, { ontology: file, examples, models, device, json }: TeachOptions): Promise<void> {
  const ontology = await readOntology(file, examples)
  if (!Object.hasOwn(ontology.ontology.relations, relation)) {
    throw new GraphloomError('usage.relation', `The ontology has no relation ${relation}; it has ${Object.keys(ontology.ontology.relations).sort().join(', ')}.`)
  }
  const extraction = await openExtraction(ontology, { ...(models ? { models } : {}), device, workers: 2, precision: 0.9, clock: () => performance.now() })
  try {
    const lesson = await extraction.extractor.lesson(relation)
    process.stdout.write(json ? `${JSON.stringify(lesson, null, 2)}\n` : described(lesson))
  } finally {
    await extraction.close()
  }
}

function described({ relation, positives, negatives, precision, recall, f1, operatingPoints, weakest, unmarked, confusable }: Lesson): string {
  if (positives === 0) return `${relation}: no examples; it is known by its name, description and aliases alone. Five examples make it better: see docs/ontology.md.\n`
  const percent = (value: number): string => `${(100 * value).toFixed(0)} %`
  return [
    `${relation}: ${positives} examples, ${negatives} negatives (declared ones, examples of other relations, reversed ends, other pairs of the examples' texts)`,
    `Each left out in turn: precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}`,
    'Operating points:',
    ...operatingPoints.map(({ target, score, precision: p, recall: r, bound }) => score === undefined
      ? `  precision ${percent(target)}: no score keeps it on these examples`
      : `  precision ${percent(target)}: from score ${score.toFixed(2)}, measured ${percent(p!)} with recall ${percent(r!)}; at least ${percent(bound!)} with 90 % confidence`),
    weakest.length > 0 ? 'Examples that the others speak against:' : 'No example stands against the others.',
    ...weakest.map(({ text, positive, score }) => `  ${positive ? 'example' : 'negative'}, score ${score.toFixed(2)}: ${text}`),
    ...(unmarked.length > 0 ? ['Pairs that nobody marked for it and that look like it (mark them, or deny them with "negative": true):', ...unmarked.map(({ text, head, tail, score }) => `  ${head} -> ${tail}, score ${score.toFixed(2)}: ${text}`)] : []),
    ...(confusable.length > 0 ? ['Nearest relations of the same types (mean score of these examples there):', ...confusable.map((other) => `  ${other.relation} ${other.score.toFixed(2)}`)] : []),
  ].join('\n').concat('\n')
}
