// Paths -> a run through a queue: a plan and whatever workers could not reach otherwise go into the run's folder, references into the queue.
import { existsSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GraphloomError } from '../errors.ts'
import type { GraphStore } from '../graph/index.ts'
import { openSpool, type Queue, survey } from '../ingest/index.ts'
import type { CompiledOntology } from '../ontology/index.ts'
import { buildGraphThrough, type Followed, type PlannedReference } from '../pipeline.ts'
import { recipeOf, type RunReport, writePlan } from '../runs/index.ts'
import { openDocumentQueue } from './wire.ts'

export interface QueuedOptions {
  readonly queue: string
  /** Address of the graph, for workers; `graph` is the same, opened. */
  readonly store: string
  readonly graph: GraphStore
  readonly ontology: CompiledOntology
  readonly collection: string
  readonly precision: number
  readonly fieldMap: Readonly<Record<string, string>>
  /** Name of the run, never used before. */
  readonly run: string
  /** Folder for the runs' folders; workers must see it under the same path. */
  readonly spool: string
  readonly clock: () => number
  readonly signal: AbortSignal
  readonly onProgress: (report: RunReport) => void
  /** What becomes of the jobs when `signal` is aborted. */
  readonly onInterrupt: 'leave' | 'cancel'
  /** Told once when nobody seems to work. */
  readonly onNobody?: () => void
}

export interface QueuedRun extends Followed {
  /** Records that repeated another word for word. */
  readonly repeated: number
}

const NOBODY_AFTER = 8000 // milliseconds
const SWEPT_AFTER = 7 * 24 * 3600 * 1000

export async function ingestThroughQueue(paths: readonly string[], options: QueuedOptions): Promise<QueuedRun> {
  const { collection, fieldMap, run, clock, signal, onProgress } = options
  if (paths.includes('-')) throw new GraphloomError('usage.queue', 'Workers cannot read the standard input of this command; save it to a file and name that.')
  const queue = await openDocumentQueue(options.queue)
  const nobody = setTimeout(() => { tellNobody(queue, options).catch(() => {}) }, NOBODY_AFTER)
  try {
    await sweep(options.spool, queue)
    const folder = join(options.spool, run)
    const plan = { collection, store: absoluteStore(options.store), precision: options.precision, fieldMap, ontology: options.ontology }
    let repeated = 0
    const surveyed = () => {
      repeated = 0
      return survey(paths, { collection, fieldMap, spool: openSpool(folder), repeated: () => { repeated++ } })
    }
    const offer = { run, plan: await writePlan(folder, plan), collection, recipe: recipeOf(plan), survey: surveyed }
    const followed = await buildGraphThrough(queue, offer, { ontology: options.ontology, store: options.graph }, { collection, now: new Date().toISOString(), clock, onProgress, signal })
    if (followed.interrupted && options.onInterrupt === 'cancel') await queue.cancel({ run })
    if (!followed.interrupted && !(await isNeeded(run, queue))) await rm(folder, { recursive: true, force: true })
    return { ...followed, repeated }
  } finally {
    clearTimeout(nobody)
    await queue.close()
  }
}

/** An embedded graph by its absolute path: workers run elsewhere. */
function absoluteStore(uri: string): string {
  if (!uri.startsWith('sqlite:')) return uri
  if (uri === 'sqlite::memory:') throw new GraphloomError('usage.queue', 'Workers cannot reach a graph in the memory of this command; name a file, e.g. sqlite:graph.db.')
  return `sqlite:${resolve(uri.slice('sqlite:'.length))}`
}

/** Removes folders that interrupted runs left a week ago, of which nothing waits any more; a younger one may be about to be offered. */
async function sweep(root: string, queue: Queue<PlannedReference>): Promise<void> {
  if (!existsSync(root)) return
  for (const run of await readdir(root)) {
    const plan = await stat(join(root, run, 'plan.json')).catch(() => undefined)
    if (plan !== undefined && Date.now() - plan.mtimeMs > SWEPT_AFTER && !(await isNeeded(run, queue))) await rm(join(root, run), { recursive: true, force: true })
  }
}

async function isNeeded(run: string, queue: Queue<PlannedReference>): Promise<boolean> {
  if ((await queue.progress(run)).pending > 0) return true
  for await (const { reference } of queue.failed()) if (reference.plan.includes(`/${run}/`)) return true
  return false
}

async function tellNobody(queue: Queue<PlannedReference>, { onNobody }: QueuedOptions): Promise<void> {
  const [{ waiting, active }, paused] = await Promise.all([queue.counts(), queue.paused()])
  if (waiting > 0 && (active === 0 || paused)) onNobody?.()
}
