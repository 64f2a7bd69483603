// Chain -> the types it may have. Gazetteer and patterns are sure; a coarse recognizer leaves all types that its hint allows open.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Chain } from '../chains/index.ts'

const SURE_FINDERS: ReadonlySet<string> = new Set(['gazetteer', 'pattern'])

/** Types that `chain` may have, its own first, then sorted by how early its mentions propose them; empty for literals. */
export function candidateTypes(chain: Chain, ontology: CompiledOntology): readonly string[] {
  if (chain.literal) return []
  const sure = chain.mentions.filter(({ finder, types }) => SURE_FINDERS.has(finder) && types.length > 0)
  if (sure.length > 0) return unique([...(chain.type ? [chain.type] : []), ...sure.flatMap(({ types }) => types)])
  const names = chain.mentions.filter(({ kind }) => kind === 'name')
  const proposed = unique([...(chain.type ? [chain.type] : []), ...(names.length > 0 ? names : chain.mentions).flatMap(({ types }) => types)])
  if (proposed.length > 0) return proposed
  // A name of no known kind may be of any type that no recognizer finds.
  return names.length > 0 ? unhinted(ontology) : []
}

/**
 * Whether one of `allowed` is a type that the chain's names look like. A clear person's name may yet be a system's, where no
 * recognizer knows systems, but that is unlikely as long as the ontology has a type for persons.
 */
export function looksLike(chain: Chain, allowed: readonly string[], ontology: CompiledOntology): boolean {
  const coarse = commonest(chain.mentions.flatMap((mention) => (mention.kind === 'name' && mention.coarse ? [mention.coarse] : [])))
  if (coarse === undefined) return true
  const hinted = ontology.typesFor(coarse)
  const types = candidateTypes(chain, ontology)
  const last = types.reduce((found, type, k) => (hinted.includes(type) ? k : found), -1)
  return last < 0 || types.slice(0, last + 1).some((type) => allowed.some((ancestor) => ontology.isA(type, ancestor)))
}

function commonest<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

function unhinted({ ontology: { types }, ancestors }: CompiledOntology): string[] {
  return Object.values(types).filter(({ ner, patterns, gazetteer }) => ner.length === 0 && patterns.length === 0 && gazetteer.length === 0).map(({ name }) => name)
    .sort((a, b) => ancestors(a).length - ancestors(b).length || (a < b ? -1 : 1))
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}
