// graphloom work: a worker. Takes documents from the queue, extracts, and writes to the graph when it is its turn.
import { cpus } from 'node:os'
import { GraphloomError, isGraphloomError } from '../errors.ts'
import type { GraphStore } from '../graph/index.ts'
import { type Planned, work } from '../pipeline.ts'
import { readPlan } from '../runs/index.ts'
import { openDocumentQueue, openExistingGraph, openExtractors, type OpenExtractors } from './wire.ts'

export interface WorkerOptions {
  readonly queue: string
  /** Instead of the address that the plan names, where the same graph has another one here. */
  readonly store?: string
  readonly workers?: number
  readonly device: 'auto' | 'cpu' | 'cuda' | 'webgpu'
  readonly models?: string
  /** Seconds after which the documents of a silent worker go to another. */
  readonly lock: number
}

export async function workUntilStopped(options: WorkerOptions): Promise<void> {
  const clock = () => performance.now()
  const workers = options.workers ?? cpus().length
  const extractors = await openExtractors({ ...options, workers, clock })
  const queue = await openDocumentQueue(options.queue, { lock: options.lock * 1000 })
  const stop = stopSignal()
  const plans = new Plans(extractors, options.store, stop.fail)
  const consumer = await work(queue, {
    clock, now: () => new Date().toISOString(), concurrency: 4 * workers, batch: Math.max(8, 4 * workers),
    open: (path) => plans.open(path),
    onWait: (error) => { process.stderr.write(`Waiting: ${error.message} [${error.code}]\n`) },
  })
  process.stderr.write(`Working for ${options.queue.replace(/\/\/[^@/]*@/u, '//…@')}; encoder on ${extractors.device}. Stop with Ctrl-C: documents in hand are finished first.\n`)
  try {
    await stop.reached
  } finally {
    process.stderr.write('Stopping after what is in hand.\n')
    await consumer.stop()
    await queue.close()
    await plans.close()
    await extractors.close()
    if (process.connected) process.disconnect() // the channel to the parent would keep this process alive
  }
}

/** Ctrl-C, the end of the parent that started this worker, or a reason why it cannot work at all. */
function stopSignal(): { readonly reached: Promise<void>; readonly fail: (error: Error) => void } {
  let fail: (error: Error) => void = () => {}
  const reached = new Promise<void>((resolve, reject) => {
    fail = reject
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve()).once('disconnect', () => resolve())
  })
  reached.catch(() => {}) // whoever waits for it hears of it
  return { reached, fail }
}

/** What plans ask for, opened once; graphs are shared by plans of one address. */
class Plans {
  readonly #planned = new Map<string, Promise<Planned>>()
  readonly #graphs = new Map<string, Promise<GraphStore>>()
  readonly #extractors: OpenExtractors
  readonly #store: string | undefined
  readonly #fail: (error: Error) => void

  constructor(extractors: OpenExtractors, store: string | undefined, fail: (error: Error) => void) {
    this.#extractors = extractors
    this.#store = store
    this.#fail = fail
  }

  open(path: string): Promise<Planned> {
    const known = this.#planned.get(path)
    if (known !== undefined) return known
    const opened = this.#open(path)
    this.#planned.set(path, opened)
    opened.catch(() => this.#planned.delete(path))
    for (const [oldest] of this.#planned) if (this.#planned.size > MOST_PLANS) this.#planned.delete(oldest)
    return opened
  }

  async close(): Promise<void> {
    for (const graph of this.#graphs.values()) await (await graph.catch(() => undefined))?.close()
  }

  async #open(path: string): Promise<Planned> {
    const { collection, fieldMap, ontology, precision, store } = await readPlan(path)
    try {
      const [extractor, graph] = await Promise.all([this.#extractors.extractorOf(ontology, precision), this.#graph(this.#store ?? store)])
      return { ontology, extractor, store: graph, collection, fieldMap }
    } catch (error) {
      // Not the document's fault, and not one that passes: this worker leaves, and its documents go to others.
      if (!isGraphloomError(error) || error.retryable) throw error
      this.#fail(error)
      throw new GraphloomError(error.code, error.message, { retryable: true, cause: error })
    }
  }

  #graph(uri: string): Promise<GraphStore> {
    const known = this.#graphs.get(uri) ?? openExistingGraph(uri)
    this.#graphs.set(uri, known)
    known.catch(() => this.#graphs.delete(uri))
    return known
  }
}

const MOST_PLANS = 8
