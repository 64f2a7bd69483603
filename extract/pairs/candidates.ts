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

function unhinted({ ontology: { types } }: CompiledOntology): string[] {
  return Object.values(types).filter(({ ner, patterns, gazetteer }) => ner.length === 0 && patterns.length === 0 && gazetteer.length === 0).map(({ name }) => name).sort()
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)]
}
