// Facts under an old ontology -> the same facts under a new one: renamed, kept, or dropped with the reason.
import { GraphloomError } from '../errors.ts'
import type { CompiledOntology } from './compile.ts'
import { suggest } from './nearest.ts'
import type { Ontology } from './ontology.ts'
import { type Refusal, type ValidationTriple, validateTriples } from './validate.ts'

/** Old name -> new name; what is not listed keeps its name. */
export interface Renames {
  readonly types?: Readonly<Record<string, string>>
  readonly relations?: Readonly<Record<string, string>>
}

export interface Migration<Triple extends ValidationTriple> {
  /** Under the new names, in the order given, with the index of each in the input. */
  readonly kept: readonly { readonly index: number; readonly triple: Triple }[]
  /** What the new ontology does not allow, with the rule. */
  readonly dropped: readonly Refusal[]
}

/** Renames facts and checks them against the new ontology; throws `ontology.bad-rename` when a new name is not in it. */
export function migrateTriples<Triple extends ValidationTriple>(triples: readonly Triple[], renames: Renames, after: CompiledOntology): Migration<Triple> {
  checkRenames(renames, after.ontology)
  const renamed = triples.map((triple) => rename(triple, renames))
  const { kept, refused } = validateTriples(renamed, after)
  return { kept: kept.map((index) => ({ index, triple: renamed[index]! })), dropped: refused }
}

/** Renames that a diff suggests: a name that is gone and one that is new, with everything else about them the same. */
export function guessRenames(before: Ontology, after: Ontology): Required<Renames> {
  const types = guess(before.types, after.types, ({ name: _, ...rest }) => rest)
  const newName = (type: string) => (Object.hasOwn(types, type) ? types[type]! : type)
  const relations = guess(before.relations, after.relations, ({ name: _, label: __, examples, negatives, inverse: ___, domain, range, ...rest }, old) => ({
    ...rest,
    domain: old ? domain.map(newName) : domain,
    range: old ? range.map(newName) : range,
    examples: [...examples, ...negatives].map(({ relation: ____, ...example }) => example),
  }))
  return { types, relations }
}

function guess<Part>(before: Readonly<Record<string, Part>>, after: Readonly<Record<string, Part>>, content: (part: Part, old: boolean) => unknown): Record<string, string> {
  const won = Object.entries(after).filter(([name]) => !Object.hasOwn(before, name)).map(([name, part]) => ({ name, content: JSON.stringify(content(part, false)) }))
  const lost = Object.entries(before).filter(([name]) => !Object.hasOwn(after, name)).map(([name, part]) => ({ name, content: JSON.stringify(content(part, true)) }))
  // Only one-to-one: two that look alike are for the user to tell apart.
  const pairs = lost.flatMap((old) => {
    const matches = won.filter((now) => now.content === old.content)
    const unique = matches.length === 1 && lost.filter((other) => other.content === old.content).length === 1
    return unique ? [[old.name, matches[0]!.name] as const] : []
  })
  return Object.fromEntries(pairs)
}

function rename<Triple extends ValidationTriple>(triple: Triple, { types = {}, relations = {} }: Renames): Triple {
  const of = (names: Readonly<Record<string, string>>, name: string) => (Object.hasOwn(names, name) ? names[name]! : name)
  const tail = triple.tail.type === undefined ? triple.tail : { ...triple.tail, type: of(types, triple.tail.type) }
  return { ...triple, head: { ...triple.head, type: of(types, triple.head.type) }, relation: of(relations, triple.relation), tail }
}

function checkRenames({ types = {}, relations = {} }: Renames, after: Ontology): void {
  const wrong = [
    ...Object.entries(types).filter(([, to]) => !Object.hasOwn(after.types, to)).map(([from, to]) => `type ${from} -> ${to}: no such type.${suggest(to, Object.keys(after.types))}`),
    ...Object.entries(relations).filter(([, to]) => !Object.hasOwn(after.relations, to)).map(([from, to]) => `relation ${from} -> ${to}: no such relation.${suggest(to, Object.keys(after.relations))}`),
  ]
  if (wrong.length > 0) throw new GraphloomError('ontology.bad-rename', `The new ontology ${after.name}@${after.version} lacks what names are changed to:\n${wrong.join('\n')}`)
}
