// The only place that names concrete adapters: which store, which encoders, with which secrets.
import { existsSync } from 'node:fs'
import { GraphloomError } from '../errors.ts'
import type { Extractor } from '../extract/index.ts'
import { type GraphReader, type GraphStore, prepare, type QueryDoor } from '../graph/index.ts'
import { type CompiledOntology, compileOntology, loadExamples, loadOntology, withExamples } from '../ontology/index.ts'
import type { Queue } from '../ingest/index.ts'
import type { PlannedReference } from '../pipeline.ts'
import { localNeo4j } from './local.ts'
import { shippedModels } from './paths.ts'

export async function readOntology(file: string, examples?: string): Promise<CompiledOntology> {
  const ontology = await loadOntology(file)
  return compileOntology(examples === undefined ? ontology : withExamples(ontology, await loadExamples(examples)))
}

/** Opens the store, and makes its schema when an ontology is given; `home` is where a local Neo4j lives. */
export async function openGraph(uri: string, ontology?: CompiledOntology, home?: string): Promise<GraphStore> {
  const { openStore } = await import('../graph/stores/index.ts')
  const store = await openStore(uri, await loginOf(uri, home))
  if (ontology) await prepare(store, ontology)
  return store
}

/** Opens a store that must exist already: reading what is not there would silently answer nothing. */
export async function openExistingGraph(uri: string, home?: string): Promise<GraphStore> {
  const path = /^sqlite:(.*)$/u.exec(uri)?.[1]
  if (path !== undefined && !existsSync(path)) throw new GraphloomError('store.missing', `There is no graph at ${uri}. Make one with: graphloom ingest PATH --ontology FILE --store ${uri}`)
  return openGraph(uri, undefined, home)
}

/** Opens what answers questions about a graph that exists. */
export async function openExistingReader(uri: string, home?: string): Promise<GraphReader> {
  const { openReader } = await import('../graph/stores/index.ts')
  return openReader(uri, await loginOf(uri, home))
}

/** Opens the store to free Cypher, read-only. */
export async function openQueryDoor(uri: string, home?: string): Promise<QueryDoor> {
  const { openQuery } = await import('../graph/stores/index.ts')
  return openQuery(uri, await loginOf(uri, home))
}

async function loginOf(uri: string, home?: string): Promise<{ readonly user: string; readonly password?: string }> {
  const password = (await localNeo4j(uri, home))?.password ?? process.env['NEO4J_PASSWORD']
  return { user: process.env['NEO4J_USER'] ?? 'neo4j', ...(password === undefined ? {} : { password }) }
}

export interface ExtractionOptions {
  readonly models?: string
  readonly device: 'auto' | 'cpu' | 'cuda' | 'webgpu'
  readonly workers: number
  readonly precision: number
  readonly clock: () => number
}

export interface OpenExtraction {
  readonly extractor: Extractor
  /** What runs and why. */
  readonly device: string
  close(): Promise<void>
}

export async function openExtraction(ontology: CompiledOntology, options: ExtractionOptions): Promise<OpenExtraction> {
  const { device, extractorOf, close } = await openExtractors(options)
  return { extractor: await extractorOf(ontology, options.precision), device, close }
}

/** One pair of encoders for extractors of many ontologies. */
export interface OpenExtractors {
  readonly device: string
  extractorOf(ontology: CompiledOntology, precision: number): Promise<Extractor>
  close(): Promise<void>
}

export async function openExtractors(options: Omit<ExtractionOptions, 'precision'>): Promise<OpenExtractors> {
  const { openEncoders } = await import('../extract/encoders/index.ts')
  const { compileExtractor } = await import('../extract/index.ts')
  const { relations: encoder, entities, device, close } = await openEncoders({ models: options.models ?? shippedModels(), device: options.device, workers: options.workers, machine: { clock: options.clock, env: process.env } })
  return {
    device: `${device.name} (${device.why})`,
    extractorOf: (ontology, precision) => compileExtractor({ ontology, encoder, entities, clock: options.clock, options: { precision } }),
    close,
  }
}

/** Opens the queue of documents at `uri`; `lock` is in milliseconds. */
export async function openDocumentQueue(uri: string, options: { readonly lock?: number } = {}): Promise<Queue<PlannedReference>> {
  const { openQueue } = await import('../ingest/queues/index.ts')
  let told = ''
  // Said once until something else goes wrong: a Redis that is away tells so with every try.
  const onError = ({ message }: Error) => { if (message !== told) process.stderr.write(`Queue: ${(told = message)}\n`) }
  return openQueue<PlannedReference>(uri, { ...options, onError })
}
