// Ontology -> which of its types a noun, a coarse type or a name points to; evidence comes from the words of the type's name and description.
import type { CoarseType, CompiledOntology } from '../../ontology/index.ts'
import type { CoarseGuess } from './coarse.ts'
import { neighbours, nounCoarse, singular } from './words/index.ts'

export interface Typing {
  /** Types that a singular noun points to, best first. */
  forNoun(noun: string): readonly string[]
  /** Types of a noun phrase: those its head points to, else the hinted ones of the head's coarse type where no other type could be meant. */
  forNominal(noun: string): readonly string[]
  /** Types of a name, best first: those the nouns point to (strongest noun first), then those of its coarse type, then the rest that may be. */
  forName(guess: CoarseGuess, nouns: readonly string[]): readonly string[]
  readonly persons: readonly string[]
  /** Every type. */
  readonly all: readonly string[]
}

/** Words of descriptions that say nothing about what a thing is. */
const EMPTY = new Set('a an the any some one thing being name kind type sort piece form own other such human named unwanted known large small single certain given something anything everything part entity object concept item class and or of'.split(' '))
const GENERAL = new Set(['entity', 'thing', 'person', 'human', 'organization', 'organisation', 'place', 'location', 'company', 'agent', 'concept', 'object', 'item', 'misc'])

/** Weights of a word by where it stands; neighbours in a noun group count a third. */
const NAME_HEAD = 6
const NAME_PART = 1
const DEFINITION = 4
const NEIGHBOUR = 1 / 3

/** Reads names and descriptions once. */
export function compileTyping(compiled: CompiledOntology): Typing {
  const types = Object.values(compiled.ontology.types)
  const lexicon = new Map<string, Map<string, number>>()
  const add = (noun: string, type: string, weight: number): void => {
    const row = lexicon.get(noun) ?? lexicon.set(noun, new Map()).get(noun)!
    row.set(type, Math.max(row.get(type) ?? 0, weight))
  }
  for (const type of types) for (const [noun, weight] of nounsOf(type.name, type.description)) {
    add(noun, type.name, weight)
    for (const other of neighbours(noun)) if (other !== noun) add(other, type.name, weight * NEIGHBOUR)
  }
  const sorted = (row: ReadonlyMap<string, number> | undefined): string[] => {
    if (row === undefined) return []
    const best = Math.max(...row.values())
    // A third of the best is noise beside it.
    return [...row].filter(([, weight]) => weight > best / 2.5).sort(([a, x], [b, y]) => y - x || compiled.ancestors(a).length - compiled.ancestors(b).length || (a < b ? -1 : 1)).map(([type]) => type)
  }
  const rows = new Map([...lexicon].map(([noun, row]) => [noun, sorted(row)] as const))
  const forNoun = (noun: string): readonly string[] => rows.get(noun) ?? []
  const general = (coarse: CoarseType): string[] => [...compiled.typesFor(coarse)].sort((a, b) =>
    Number(GENERAL.has(b.toLowerCase())) - Number(GENERAL.has(a.toLowerCase())) || compiled.ancestors(a).length - compiled.ancestors(b).length || (a < b ? -1 : 1))
  const hinted: Record<CoarseType, string[]> = { PER: general('PER'), ORG: general('ORG'), LOC: general('LOC'), MISC: general('MISC') }
  const inherited = new Set(Object.values(hinted).flat())
  const anyHint = types.some(type => type.ner.length > 0)
  // Types known by names or patterns only come last: their lists would have found the mention.
  const listed = (type: string): boolean => types.some(other => other.name === type && (other.gazetteer.length > 0 || other.patterns.length > 0))
  // Without evidence for a subtype the general type is meant.
  const free = types.map(type => type.name).filter(type => !inherited.has(type)).sort((a, b) => Number(listed(a)) - Number(listed(b)) || compiled.ancestors(a).length - compiled.ancestors(b).length || (a < b ? -1 : 1))
  const all = [...new Set([...free, ...types.map(type => type.name).sort()])]

  const forName = (guess: CoarseGuess, nouns: readonly string[]): readonly string[] => {
    const pointed = nouns.flatMap(forNoun)
    const coarse = hinted[guess.coarse]
    if (!anyHint) return unique([...pointed, ...all])
    const fitting = pointed.filter(type => !inherited.has(type) || coarse.includes(type))
    // MISC has no hint in most ontologies: then the types without hints are meant, and a person only where the signs are weak.
    const rest = guess.clear && guess.coarse !== 'MISC' ? [...coarse, ...free] : guess.coarse === 'MISC' ? [...coarse, ...free, ...(guess.clear && free.length > 0 ? [] : all)] : [...coarse, ...free, ...all]
    const ordered = unique([...(guess.clear ? fitting : pointed), ...rest])
    return ordered
  }
  const forNominal = (noun: string): readonly string[] => {
    const pointed = forNoun(noun)
    if (pointed.length > 0) return pointed
    const coarse = nounCoarse(noun)
    return coarse === undefined ? [] : hinted[coarse]
  }
  return { forNoun, forNominal, forName, persons: hinted.PER, all }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}

/** Singular nouns that define a type, with weights. */
function nounsOf(name: string, description: string): Map<string, number> {
  const nouns = new Map<string, number>()
  const put = (noun: string, weight: number): void => { if (noun.length > 1 && !EMPTY.has(noun)) nouns.set(noun, Math.max(nouns.get(noun) ?? 0, weight)) }
  const words = name.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[\s_-]+/u).map(word => singular(word.toLowerCase())).filter(word => word !== 'type')
  words.forEach((word, index) => put(word, index === words.length - 1 ? NAME_HEAD : NAME_PART))
  for (const segment of description.toLowerCase().split(/[:;.()]|\bsuch as\b|\bincluding\b|\be\.g\b/u)) {
    // The definition ends where a relative clause or a preposition begins.
    const defining = segment.split(/\s(?:that|which|who|whom|whose|where|when|on which|in which|with|without|inside|within|in|at|for|by|to|can|is|are|has|have|known|written|used|held|run|made)\s/u)[0]!
    for (const piece of defining.split(/,|\bor\b|\band\b/u)) put(headOf(piece), DEFINITION)
  }
  return nouns
}

function headOf(piece: string): string {
  const [left = '', right] = piece.trim().split(/\s+of\s+/u)
  const last = singular(left.trim().split(/\s+/u).at(-1) ?? '')
  return EMPTY.has(last) && right !== undefined ? singular(right.trim().split(/\s+/u).at(-1) ?? '') : last
}
