// graphloom ontology check | import | export | diff | migrate.
import { readFile, writeFile } from 'node:fs/promises'
import { GraphloomError } from '../errors.ts'
import { migrateGraph } from '../graph/index.ts'
import { checkOntology, compileOntology, diffOntologies, formatProblem, fromTurtle, guessRenames, loadOntology, type Ontology, type OntologyProblem, type Renames, toShacl, toSkos, toTurtle, toYaml } from '../ontology/index.ts'
import { EXIT } from './exit.ts'
import { openExistingGraph } from './wire.ts'

export async function check(file: string, { json }: { readonly json?: boolean }): Promise<void> {
  const { ontology, problems } = await checkOntology(file)
  const errors = problems.filter(({ severity }) => severity === 'error').length
  if (json) process.stdout.write(`${JSON.stringify({ file, errors, warnings: problems.length - errors, problems }, null, 2)}\n`)
  else {
    for (const { severity, code, file: place, line, message } of problems) process.stdout.write(`${place}:${line}: ${severity}: ${message} [${code}]\n`)
    const size = ontology ? `${Object.keys(ontology.types).length} types, ${Object.keys(ontology.relations).length} relations; ` : ''
    process.stdout.write(`${file}: ${size}${errors} errors, ${problems.length - errors} warnings\n`)
  }
  if (errors) process.exitCode = EXIT.usage
}

export async function importOntology(file: string, options: { readonly out?: string; readonly name?: string; readonly as?: string }): Promise<void> {
  const { ontology, problems } = fromTurtle(await readText(file), file, { ...(options.name === undefined ? {} : { name: options.name }), ...(options.as === undefined ? {} : { version: options.as }) })
  tell(problems)
  if (ontology === undefined) throw new GraphloomError('ontology.invalid', `${file} could not be translated; the problems stand above.`)
  await deliver(toYaml(ontology), options.out)
}

const WRITERS = { turtle: toTurtle, shacl: toShacl, skos: toSkos, yaml: toYaml } as const satisfies Record<string, (ontology: Ontology) => string>
export type OntologyFormat = keyof typeof WRITERS
export const ONTOLOGY_FORMATS = Object.keys(WRITERS) as readonly OntologyFormat[]

export async function exportOntology(file: string, { format, out }: { readonly format: OntologyFormat; readonly out?: string }): Promise<void> {
  await deliver(WRITERS[format](await loadOntology(file)), out)
}

export async function diff(before: string, after: string, { json }: { readonly json?: boolean }): Promise<void> {
  const [old, now] = [await loadOntology(before), await loadOntology(after)]
  const found = diffOntologies(old, now)
  const renames = guessRenames(old, now)
  if (json) process.stdout.write(`${JSON.stringify({ ...found, renames }, null, 2)}\n`)
  else {
    for (const { kind, path, message } of found.changes) process.stdout.write(`${kind.padEnd(8)} ${path}: ${message}\n`)
    for (const [from, to] of [...Object.entries(renames.types), ...Object.entries(renames.relations)]) process.stdout.write(`renamed? ${from} -> ${to} (nothing else about it changed)\n`)
    process.stdout.write(`${found.from} -> ${found.to}: ${found.changes.length} changes; the version should be at least ${found.leastVersion}\n`)
  }
}

export interface MigrateOptions {
  readonly ontology: string
  readonly store: string
  readonly collection: string
  readonly rename?: readonly string[]
  readonly guess: boolean
  readonly dryRun?: boolean
  readonly json?: boolean
}

export async function migrate(options: MigrateOptions): Promise<void> {
  const after = compileOntology(await loadOntology(options.ontology))
  const store = await openExistingGraph(options.store)
  try {
    const before = (await store.collections()).find(({ name }) => name === options.collection)?.ontology
    if (before === undefined) throw new GraphloomError('usage.unknown-collection', `There is no collection "${options.collection}" in ${options.store}.`)
    const renames = renamesOf(before, after.ontology, options)
    const result = await migrateGraph(store, options.collection, renames, after, { now: new Date().toISOString(), ...(options.dryRun ? { dryRun: true } : {}) })
    const report = { from: `${before.name}@${before.version}`, to: after.stamp, renames, ...result }
    process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : summary(report, options.dryRun))
  } finally {
    await store.close()
  }
}

function summary({ from, to, renames, documents, changed, dropped, decisions }: Awaited<ReturnType<typeof migrateGraph>> & { from: string; to: string; renames: Required<Renames> }, dryRun = false): string {
  const names = [...Object.entries(renames.types), ...Object.entries(renames.relations)].map(([old, now]) => `  ${old} -> ${now}\n`)
  const lost = Object.entries(dropped).map(([rule, count]) => `${count} ${rule}`).join(', ')
  return `${from} -> ${to}${dryRun ? ' (nothing was written)' : ''}\n${names.join('')}${changed} of ${documents} documents changed, ${decisions} decisions renamed; statements no longer allowed: ${lost || 'none'}\n`
}

/** What the user says, after what the diff suggests. */
function renamesOf(before: Ontology, after: Ontology, { rename = [], guess }: MigrateOptions): Required<Renames> {
  const renames = guess ? guessRenames(before, after) : { types: {}, relations: {} }
  const [types, relations]: [Record<string, string>, Record<string, string>] = [{ ...renames.types }, { ...renames.relations }]
  for (const given of rename) {
    const [old, now, ...rest] = given.split('=').map((part) => part.trim())
    const kind = old === undefined ? undefined : Object.hasOwn(before.types, old) ? types : Object.hasOwn(before.relations, old) ? relations : undefined
    if (!old || !now || rest.length > 0 || kind === undefined) throw new GraphloomError('usage.rename', `--rename "${given}": expected OLD=NEW, where OLD is a type or relation of ${before.name}@${before.version}.`)
    kind[old] = now
  }
  return { types, relations }
}

function tell(problems: readonly OntologyProblem[]): void {
  for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`)
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new GraphloomError('ontology.unreadable', `Cannot read ${file}: ${(cause as Error).message}.`, { cause })
  }
}

async function deliver(content: string, out: string | undefined): Promise<void> {
  if (out === undefined) process.stdout.write(content)
  else await writeFile(out, content)
}
