// Ontology -> names by type: gazetteers, ends of the user's own examples, and invented names where a type says its coarse kind.
import type { CompiledOntology, EntityType } from '../../ontology/index.ts'
import { fold } from '../mentions/index.ts'
import { namesOfKind } from './origins.ts'

/** With so many names of its own, a type needs no invented ones. */
const ENOUGH = 8

export interface NamesByType {
  /** Types that the ontology itself gives this name (gazetteer, pattern); none where it says nothing. */
  typesOf(name: string): readonly string[]
  /** Names for an end that may be of `allowed`, sorted; none where nothing is known. */
  namesFor(allowed: readonly string[]): readonly string[]
  /** The types among `allowed` and their subtypes for which no name is known, when all of them lack names. */
  nameless(allowed: readonly string[]): readonly string[]
}

/** Whether a text reads as a name: not a pronoun, not "the company". */
export function isName(text: string): boolean {
  return /^(?:the )?[\p{Lu}\p{N}"“]|[-_/.\d]/u.test(text) && !/^(?:The|A|An|This|That|Our|His|Her|Its|Their) \p{Ll}/u.test(text) && !/^(?:I|He|She|It|They|We|You|Who|Which|His|Her|Its|Their)$/.test(text)
}

/** Collects names once; look-ups are cached. */
export function collectNames(ontology: CompiledOntology): NamesByType {
  const types = Object.values(ontology.ontology.types).sort((a, b) => (a.name < b.name ? -1 : 1))
  const known = new Map<string, Set<string>>()
  for (const type of types) for (const entry of type.gazetteer) for (const name of [entry.name, ...entry.aliases]) put(known, fold(name), type.name)
  const patterns = types.flatMap(({ name, patterns: sources }) => sources.map((source) => [name, new RegExp(`^(?:${source})$`, 'u')] as const))
  const typesOf = (name: string): readonly string[] => [...new Set([...(known.get(fold(name)) ?? []), ...patterns.filter(([, pattern]) => pattern.test(name)).map(([type]) => type)])].sort()
  const own = ownNames(ontology, types, typesOf)
  const below = (allowed: readonly string[]): string[] => types.map(({ name }) => name).filter((name) => allowed.some((type) => ontology.isA(name, type)))
  const cache = new Map<string, readonly string[]>()
  const namesFor = (allowed: readonly string[]): readonly string[] => {
    const key = [...allowed].sort().join(' ')
    const found = cache.get(key) ?? [...new Set(below(allowed).flatMap((type) => namesOf(type, ontology, own)))].sort()
    cache.set(key, found)
    return found
  }
  return { typesOf, namesFor, nameless: (allowed) => (namesFor(allowed).length > 0 ? [] : [...allowed].sort()) }
}

/** Names that the user wrote, by type: of an example's end only where it can be of one type alone. */
function ownNames(ontology: CompiledOntology, types: readonly EntityType[], typesOf: NamesByType['typesOf']): Map<string, Set<string>> {
  const own = new Map<string, Set<string>>()
  for (const { name, gazetteer } of types) for (const entry of gazetteer) put(own, name, entry.name)
  for (const relation of Object.values(ontology.ontology.relations)) {
    for (const { text, head, tail } of [...relation.examples, ...relation.negatives]) {
      for (const [[start, end], allowed] of [[head, relation.domain], ...(relation.literal ? [] : [[tail, relation.range] as const])] as const) {
        const name = text.slice(start, end)
        const said = typesOf(name)
        const [only] = said.length === 1 ? said : allowed.length === 1 ? allowed : []
        if (only !== undefined && isName(name) && Object.hasOwn(ontology.ontology.types, only)) put(own, only, name)
      }
    }
  }
  return own
}

function namesOf(type: string, ontology: CompiledOntology, own: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const names = [...(own.get(type) ?? [])]
  if (names.length >= ENOUGH) return names
  // A subtype with names or patterns of its own is narrower than its parent's coarse kind: a city is no country.
  const { ner, patterns } = ontology.ontology.types[type]!
  const kinds = names.length === 0 && patterns.length === 0 ? ontology.ancestors(type).flatMap((above) => ontology.ontology.types[above]!.ner) : ner
  return [...names, ...[...new Set(kinds)].flatMap(namesOfKind)]
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value))
}
