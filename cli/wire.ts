// The only place that names concrete adapters: which store, which encoder, with which secrets.
import { existsSync } from 'node:fs'
import { GraphloomError } from '../errors.ts'
import type { Extractor } from '../extract/index.ts'
import { type GraphStore, prepare } from '../graph/index.ts'
import { type CompiledOntology, compileOntology, loadExamples, loadOntology, withExamples } from '../ontology/index.ts'
import { shippedModels } from './paths.ts'

export async function readOntology(file: string, examples?: string): Promise<CompiledOntology> {
  const ontology = await loadOntology(file)
  return compileOntology(examples === undefined ? ontology : withExamples(ontology, await loadExamples(examples)))
}

/** Opens the store, and makes its schema when an ontology is given. */
export async function openGraph(uri: string, ontology?: CompiledOntology): Promise<GraphStore> {
  const { openStore } = await import('../graph/stores/index.ts')
  const password = process.env['NEO4J_PASSWORD'] ?? (await localPassword(uri))
  const store = await openStore(uri, { user: process.env['NEO4J_USER'] ?? 'neo4j', ...(password === undefined ? {} : { password }) })
  if (ontology) await prepare(store, ontology)
  return store
}

/** Opens a store that must exist already: reading what is not there would silently answer nothing. */
export async function openExistingGraph(uri: string): Promise<GraphStore> {
  const path = /^sqlite:(.*)$/u.exec(uri)?.[1]
  if (path !== undefined && !existsSync(path)) throw new GraphloomError('store.missing', `There is no graph at ${uri}. Make one with: graphloom ingest PATH --ontology FILE --store ${uri}`)
  return openGraph(uri)
}

/** The password of the Neo4j that `graphloom neo4j start` runs here, when the URI is its address. */
async function localPassword(uri: string): Promise<string | undefined> {
  if (!/^(neo4j|bolt)/u.test(uri) || !existsSync('.graphloom/neo4j')) return undefined
  const { neo4jStatus } = await import('./neo4j/index.ts')
  const status = await neo4jStatus('.graphloom/neo4j')
  const port = (address: string) => new URL(address).port || '7687'
  return status.running && port(status.boltUri) === port(uri) ? status.password : undefined
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
  const { openEncoder } = await import('../extract/encoders/index.ts')
  const { compileExtractor } = await import('../extract/index.ts')
  const encoder = await openEncoder({ models: options.models ?? shippedModels(), device: options.device, workers: options.workers })
  const extractor = await compileExtractor({ ontology, encoder, clock: options.clock, options: { precision: options.precision } })
  return { extractor, device: `${encoder.device.name} (${encoder.device.why})`, close: () => encoder.close() }
}
