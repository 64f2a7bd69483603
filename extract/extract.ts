// Document -> what it claims: find mentions, link chains, enumerate pairs, score, decide. The calls in order.
import { createHash } from 'node:crypto'
import { GraphloomError } from '../errors.ts'
import type { Document } from '../ingest/index.ts'
import type { CompiledOntology } from '../ontology/index.ts'
import type { Chain } from './chains/index.ts'
import type { Encoder } from './encoder.ts'
import { bystandersOf } from './example.ts'
import type { Extraction } from './extraction.ts'
import type { EntityEncoder } from './entity-encoder.ts'
import { enumeratePairs } from './pairs/index.ts'
import { teach } from './prototypes/index.ts'
import { compileReading } from './reading.ts'
import { assessLesson, calibrate, compilePolicy, decide, type Lesson, scorePairs, type Scorer } from './triples/index.ts'

/** Changes whenever the same document, ontology and model may give another extraction. */
const EXTRACTOR_VERSION = '17'

export interface ExtractorOptions {
  /** Precision that accepted triples shall have, in (0, 1). */
  readonly precision: number
}

/** Three of four accepted facts right: relations by description alone have few that are surer. */
export const DEFAULTS: ExtractorOptions = { precision: 0.75 }

export interface ExtractorInput {
  readonly ontology: CompiledOntology
  readonly encoder: Encoder
  readonly entities: EntityEncoder
  /** Milliseconds from any origin. */
  readonly clock: () => number
  readonly options?: Partial<ExtractorOptions>
}

export interface Extractor {
  /** Hash of model, ontology and extractor: equal stamp and equal document give an equal extraction. */
  readonly stamp: string
  extract(document: Document): Promise<Extraction>
  /** How well `relation`, one of the ontology's, is taught. */
  lesson(relation: string): Promise<Lesson>
}

/** Teaches the ontology's relations from their descriptions and examples, once for all documents. */
export async function compileExtractor({ ontology, encoder, entities, clock, options }: ExtractorInput): Promise<Extractor> {
  const { precision } = { ...DEFAULTS, ...options }
  if (!(precision > 0 && precision < 1)) throw new GraphloomError('usage.precision', `The precision is ${precision}; expected a number above 0 and below 1, such as 0.9.`)
  const model = `${encoder.model} ${entities.model}`
  const read = await compileReading(ontology, entities)
  const taught = await teach(ontology, await bystandersOf(ontology, async (document) => (await read(document)).chains), encoder)
  const calibrations = new Map([...taught.prototypes].map(([name, { judged }]) => [name, calibrate(judged)]))
  const policy = compilePolicy(ontology, precision, taught.prototypes, encoder.head)
  const scorer: Scorer = { ...taught, calibrations, ontology, encoder, policy }
  const stamp = createHash('sha256').update(JSON.stringify([EXTRACTOR_VERSION, model, ontology.hash, precision])).digest('hex').slice(0, 32)

  const extract = async (document: Document): Promise<Extraction> => {
    const watch = stopwatch(clock)
    const { mentions, chains: linked, view } = await read(document, watch.lap)
    const { pairs, dropped } = enumeratePairs(document, linked, ontology)
    watch.lap('enumerate')
    const scored = await scorePairs(pairs, document, linked, scorer, view)
    watch.lap('score')
    const { chains, triples, rejected } = decide(scored, document, linked, ontology, policy)
    watch.lap('decide')
    return {
      document: document.id, ontology: ontology.stamp, model, chains, triples,
      counts: {
        charactersSeen: charactersSeen(document), mentions: mentions.length, chains: chains.length, pairs: pairs.length,
        scored: scored.length, rejected, milliseconds: watch.laps,
      },
      warnings: warningsOf(linked, pairs.length, dropped),
    }
  }
  return { stamp, extract, lesson: (relation) => assessLesson(relation, taught, calibrations, ontology, encoder) }
}

/** What a person should know of a document that was read without failure. */
function warningsOf(chains: readonly Chain[], pairs: number, dropped: number): string[] {
  const typed = chains.filter(({ type }) => type !== undefined).length
  return [
    ...(dropped > 0 ? [`${dropped} pairs beyond the limit of one document were not scored; the nearest ${pairs} were.`] : []),
    ...(pairs === 0 && typed > 1 ? [`${typed} entities have a type, but no pair of them fits domain and range of a relation within neighbouring sentences.`] : []),
  ]
}

/** Characters in sentences, which every finder reads, and the white space between them. */
function charactersSeen({ text, sentences }: Document): number {
  let seen = 0
  let at = 0
  for (const { start, end } of sentences) {
    if (start > at && text.slice(at, start).trim() === '') seen += start - at
    seen += Math.max(0, end - Math.max(at, start))
    at = Math.max(at, end)
  }
  return text.slice(at).trim() === '' ? seen + text.length - at : seen
}

function stopwatch(clock: () => number): { readonly laps: Readonly<Record<string, number>>; lap(stage: string): void } {
  const laps: Record<string, number> = {}
  let last = clock()
  return {
    laps,
    lap(stage) {
      const now = clock()
      laps[stage] = (laps[stage] ?? 0) + now - last
      last = now
    },
  }
}
