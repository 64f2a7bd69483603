// Tree -> values of the expected kind; whatever is not as expected is reported with its place, and reading goes on.
import { suggest } from '../nearest.ts'
import type { Place, Report } from '../report.ts'
import type { Entry, ScalarTree, Tree } from './yaml.ts'

/** What the readers of one file share. */
export interface Reading {
  readonly file: string
  readonly report: Report
}

/** What reading one ontology needs beside its tree. */
export interface OntologyReading extends Reading {
  /** Reads a file named in the ontology, relative to it. */
  readonly readFile: (path: string) => Promise<string>
  /** Path of a named file as it is shown in problems. */
  readonly resolve: (path: string) => string
  /** Place of a part by its path, e.g. `relations/EMPLOYED_BY/inverse`; filled while reading. */
  readonly places: Map<string, Place>
}

export type Fields<Key extends string> = Partial<Readonly<Record<Key, Entry>>>

/** The entries of a map by key; unknown keys are errors that name the nearest valid one. */
export function readFields<Key extends string>(tree: Tree, what: string, keys: readonly Key[], reading: Reading): Fields<Key> {
  const fields: Partial<Record<Key, Entry>> = {}
  for (const entry of readEntries(tree, what, reading)) {
    const key = keys.find((known) => known === entry.key)
    if (key !== undefined) fields[key] = entry
    else reportAt(reading, 'unknown-key', entry.line, `Unknown key "${entry.key}" in ${what}.${suggest(entry.key, keys)}`)
  }
  return fields
}

/** The entries of a map whose keys are the user's own; an empty value counts as an empty map. */
export function readEntries(tree: Tree, what: string, reading: Reading): readonly Entry[] {
  if (tree.kind === 'map') return tree.entries
  if (tree.kind !== 'scalar' || tree.value !== null) wrongKind(reading, tree, what, 'a map of keys and values')
  return []
}

export function readText(entry: Entry | undefined, reading: Reading): string | undefined {
  if (!entry) return undefined
  return textOf(entry.value, `"${entry.key}"`, reading)?.text
}

/** One text or a list of texts; the line of each is kept. */
export function readTexts(entry: Entry | undefined, reading: Reading): readonly ScalarTree[] {
  if (!entry) return []
  const items = entry.value.kind === 'list' ? entry.value.items : [entry.value]
  return items.flatMap((item) => textOf(item, `"${entry.key}"`, reading) ?? [])
}

export function readFlag(entry: Entry | undefined, reading: Reading): boolean {
  if (!entry) return false
  const { value } = entry
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value
  wrongKind(reading, value, `"${entry.key}"`, 'true or false')
  return false
}

export function readCount(entry: Entry | undefined, reading: Reading): number | undefined {
  if (!entry) return undefined
  const { value } = entry
  if (value.kind === 'scalar' && typeof value.value === 'number' && Number.isSafeInteger(value.value) && value.value > 0) return value.value
  wrongKind(reading, value, `"${entry.key}"`, 'a whole number from 1')
  return undefined
}

export function readProbability(entry: Entry | undefined, reading: Reading): number | undefined {
  if (!entry) return undefined
  const { value } = entry
  if (value.kind === 'scalar' && typeof value.value === 'number' && value.value > 0 && value.value < 1) return value.value
  wrongKind(reading, value, `"${entry.key}"`, 'a number between 0 and 1, both excluded')
  return undefined
}

export function reportAt(reading: Reading, code: string, line: number, message: string): void {
  reading.report.error(code, { file: reading.file, line }, message)
}

function textOf(tree: Tree, what: string, reading: Reading): ScalarTree | undefined {
  // Numbers and booleans are taken as written: a band may be called 1984, a product True.
  if (tree.kind === 'scalar' && tree.value !== null) return tree
  wrongKind(reading, tree, what, 'a text')
  return undefined
}

/** Reports that `tree` is not what was expected. */
export function wrongKind(reading: Reading, tree: Tree, what: string, expected: string): void {
  const given = tree.kind === 'scalar' ? (tree.value === null ? 'nothing' : `"${tree.text}"`) : `a ${tree.kind}`
  reportAt(reading, 'wrong-kind', tree.line, `${capital(what)} must be ${expected}; given: ${given}.`)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
