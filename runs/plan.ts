// How the documents of one run are to be worked: written once by who offers them, read by every worker, referred to by its path.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { GraphloomError } from '../errors.ts'
import { type CompiledOntology, compileOntology, type Ontology } from '../ontology/index.ts'

export interface Plan {
  readonly collection: string
  /** URI of the graph; an embedded one by its absolute path. */
  readonly store: string
  readonly precision: number
  readonly fieldMap: Readonly<Record<string, string>>
  readonly ontology: CompiledOntology
}

/** Writes the plan into a folder that every worker can read, and gives its path. */
export async function writePlan(folder: string, { ontology, ...rest }: Plan): Promise<string> {
  const path = join(resolve(folder), 'plan.json')
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.part`, JSON.stringify({ ...rest, hash: ontology.hash, ontology: ontology.ontology }), { mode: 0o600 })
  await rename(`${path}.part`, path)
  return path
}

export async function readPlan(path: string): Promise<Plan> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new GraphloomError('queue.plan', `The plan ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? String(cause)}). A worker needs the folders of who runs ingest (plan and documents) under the same paths; was the run's folder removed?`, { cause, retryable: true })
  }
  const { hash, ontology, ...rest } = JSON.parse(text) as Omit<Plan, 'ontology'> & { readonly hash: string; readonly ontology: Ontology }
  const compiled = compileOntology(ontology)
  if (compiled.hash !== hash) throw new GraphloomError('queue.plan', `This worker reads the ontology of ${path} differently than it was written: run the same version of Graphloom everywhere.`)
  return { ...rest, ontology: compiled }
}

/** Hash of what decides how a document is extracted, for the ids of its jobs. */
export function recipeOf({ ontology, precision, fieldMap, store }: Plan): string {
  const fields = Object.entries(fieldMap).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify([ontology.hash, precision, fields, store])).digest('hex').slice(0, 32)
}
