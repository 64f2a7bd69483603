// Two versions of an ontology -> what changed, what that means for a graph made with the old one, and the next version number.
import { compileOntology } from './compile.ts'
import type { Ontology, Relation } from './ontology.ts'

/** `breaking`: facts that stand may not be allowed any more; `widening`: more can be said; `wording`: only scores can change. */
export type ChangeKind = 'breaking' | 'widening' | 'wording'

export interface OntologyChange {
  readonly kind: ChangeKind
  /** Part that changed, e.g. `relations/EMPLOYED_BY/domain`. */
  readonly path: string
  readonly message: string
}

export interface OntologyDiff {
  readonly from: string
  readonly to: string
  /** Sorted by path. */
  readonly changes: readonly OntologyChange[]
  /** The least version that semver asks of the new ontology: breaking = major, widening = minor, wording = patch. */
  readonly leastVersion: string
}

/** Compares two ontologies. */
export function diffOntologies(before: Ontology, after: Ontology): OntologyDiff {
  const changes = [...typeChanges(before, after), ...relationChanges(before, after), ...disjointChanges(before, after)]
  changes.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.message < b.message ? -1 : 1))
  const has = (kind: ChangeKind) => changes.some((change) => change.kind === kind)
  const part = has('breaking') ? 0 : has('widening') ? 1 : has('wording') ? 2 : undefined
  return { from: `${before.name}@${before.version}`, to: `${after.name}@${after.version}`, changes, leastVersion: bump(before.version, part) }
}

function* typeChanges(before: Ontology, after: Ontology): Iterable<OntologyChange> {
  const [old, now] = [compileOntology(before), compileOntology(after)]
  for (const name of allKeys(before.types, after.types)) {
    const path = `types/${name}`
    const [a, b] = [own(before.types, name), own(after.types, name)]
    if (!a) yield change('widening', path, `Type "${name}" is new.`)
    else if (!b) yield change('breaking', path, `Type "${name}" is gone.`)
    else {
      for (const lost of minus(old.ancestors(name), now.ancestors(name))) yield change('breaking', `${path}/parents`, `"${name}" is no longer a "${lost}".`)
      for (const won of minus(now.ancestors(name), old.ancestors(name))) yield change('widening', `${path}/parents`, `"${name}" is now a "${won}".`)
      for (const key of ['description', 'ner', 'gazetteer', 'patterns'] as const) {
        if (!same(a[key], b[key])) yield change('wording', `${path}/${key}`, `"${key}" of "${name}" changed.`)
      }
    }
  }
}

function* relationChanges(before: Ontology, after: Ontology): Iterable<OntologyChange> {
  for (const name of allKeys(before.relations, after.relations)) {
    const path = `relations/${name}`
    const [a, b] = [own(before.relations, name), own(after.relations, name)]
    if (!a) yield change('widening', path, `Relation "${name}" is new.`)
    else if (!b) yield change('breaking', path, `Relation "${name}" is gone.`)
    else yield* relationChange(a, b, path)
  }
}

function* relationChange(a: Relation, b: Relation, path: string): Iterable<OntologyChange> {
  for (const end of ['domain', 'range'] as const) {
    for (const lost of minus(a[end], b[end])) yield change('breaking', `${path}/${end}`, `The ${end} of "${a.name}" has lost "${lost}".`)
    for (const won of minus(b[end], a[end])) yield change('widening', `${path}/${end}`, `The ${end} of "${a.name}" has won "${won}".`)
  }
  for (const rule of ['symmetric', 'transitive', 'irreflexive', 'acyclic', 'functional'] as const) {
    if (a[rule] !== b[rule]) yield change(b[rule] ? 'breaking' : 'widening', `${path}/${rule}`, `"${a.name}" is ${b[rule] ? 'now' : 'no longer'} ${rule}.`)
  }
  for (const limit of ['maxTails', 'maxHeads'] as const) {
    const [old, now] = [a[limit] ?? Number.POSITIVE_INFINITY, b[limit] ?? Number.POSITIVE_INFINITY]
    if (old !== now) yield change(now < old ? 'breaking' : 'widening', `${path}/max`, `${limit} of "${a.name}": ${a[limit] ?? 'no limit'} -> ${b[limit] ?? 'no limit'}.`)
  }
  if (a.inverse !== b.inverse) yield change('breaking', `${path}/inverse`, `The inverse of "${a.name}": ${a.inverse ?? 'none'} -> ${b.inverse ?? 'none'}.`)
  for (const key of ['label', 'description', 'aliases', 'examples', 'negatives', 'precision'] as const) {
    if (!same(a[key], b[key])) yield change('wording', `${path}/${key}`, `"${key}" of "${a.name}" changed.`)
  }
}

function* disjointChanges(before: Ontology, after: Ontology): Iterable<OntologyChange> {
  const pairs = ({ disjoint }: Ontology) => disjoint.map((pair) => [...pair].sort().join(' and '))
  for (const won of minus(pairs(after), pairs(before))) yield change('breaking', 'disjoint', `${won} are now disjoint.`)
  for (const lost of minus(pairs(before), pairs(after))) yield change('widening', 'disjoint', `${lost} are no longer disjoint.`)
}

function bump(version: string, part: 0 | 1 | 2 | undefined): string {
  if (part === undefined) return version
  const numbers = version.split(/[-+]/)[0]!.split('.').map(Number)
  return numbers.map((number, index) => (index < part ? number : index === part ? number + 1 : 0)).join('.')
}

function change(kind: ChangeKind, path: string, message: string): OntologyChange {
  return { kind, path, message }
}

function allKeys(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function minus(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set(a)].filter((item) => !b.includes(item))
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
