// How far the ends of a relation look like things of its types, and what speaks against it because one looks like something else, in logits.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Chain } from '../chains/index.ts'
import { looksLike, type Pair } from '../pairs/index.ts'
import { isRest, type View } from '../views/index.ts'

/** Taken for an end that nobody looked at and whose coarse type another type is hinted for. */
const UNLIKE = 1.5
/** Most that is taken for an end that is more like a thing of another type, and the probability below which types are equally unlikely. */
const MOST = 3
const FLOOR = 0.05
/** Mentions of a chain that are asked what they are like. */
const LOOKED_AT = 8

/** What is held of an end that nobody looked at, and of one that the ontology's own names and patterns know: nobody looked at it there, either. */
const UNKNOWN = 0.3
const LISTED = 0.6

export interface Typed {
  /** Logits to take from a relation of a pair. */
  doubt(pair: Pair, relation: string): number
  /** Probability that an end is of a type that the relation takes there. */
  likeness(end: number, relation: string, side: 'head' | 'tail'): number
}

/** Looks at the ends of pairs; remembered, as ends meet often. */
export function lookAtTypes(chains: readonly Chain[], ontology: CompiledOntology, view: View): Typed {
  const known = new Map<string, number>()
  const likenesses = new Map<number, ReadonlyMap<string, number>>()
  const likenessOf = (end: number): ReadonlyMap<string, number> => {
    const found = likenesses.get(end) ?? likeness(chains[end]!, ontology, view)
    likenesses.set(end, found)
    return found
  }
  const doubt = (end: number, relation: string, side: 'head' | 'tail'): number => {
    const key = `${end} ${relation} ${side}`
    const found = known.get(key)
    if (found !== undefined) return found
    const allowed = allowedAt(relation, side, ontology)
    const likeness = likenessOf(end)
    // Who looked at the thing itself need not ask what a newspaper would call it.
    const value = chains[end]!.literal ? 0 : likeness.size > 0 ? unlike(likeness, allowed, ontology) : looksLike(chains[end]!, allowed, ontology) ? 0 : UNLIKE
    known.set(key, value)
    return value
  }
  return {
    doubt: ({ head, tail }, relation) => doubt(head, relation, 'head') + doubt(tail, relation, 'tail'),
    likeness: (end, relation, side) => {
      const allowed = allowedAt(relation, side, ontology)
      const beliefs = [...likenessOf(end)].filter(([type]) => allowed.some((ancestor) => ontology.isA(type, ancestor))).map(([, belief]) => belief)
      return beliefs.length > 0 ? Math.max(...beliefs) : isListed(chains[end]!) ? LISTED : UNKNOWN
    },
  }
}

function allowedAt(relation: string, side: 'head' | 'tail', { ontology }: CompiledOntology): readonly string[] {
  const { domain, range, symmetric } = ontology.relations[relation]!
  return symmetric ? [...domain, ...range] : side === 'head' ? domain : range
}

/** Probability of each type, on average over the chain's names, or over its other mentions where it has none; empty where its type is sure or nobody looked. */
function likeness(chain: Chain, { ontology }: CompiledOntology, view: View): ReadonlyMap<string, number> {
  if (isListed(chain)) return new Map()
  const { mentions } = chain
  const names = mentions.filter(({ kind }) => kind === 'name')
  const some = (names.length > 0 ? names : mentions.filter(({ kind }) => kind === 'nominal')).slice(0, LOOKED_AT)
  const found = new Map(Object.keys(ontology.types).flatMap((type): [string, number][] => {
    const beliefs = some.flatMap((mention) => view.kind(mention, type) ?? [])
    return beliefs.length === 0 ? [] : [[type, beliefs.reduce((sum, belief) => sum + belief, 0) / beliefs.length]]
  }))
  // A name that is like nothing else is of the rest.
  const told = Math.max(0, ...[...found].filter(([type]) => !isRest(type)).map(([, belief]) => belief))
  return names.length === 0 ? found : new Map([...found].map(([type, belief]) => [type, isRest(type) ? Math.max(belief, 1 - told) : belief]))
}

function isListed({ literal, mentions }: Chain): boolean {
  return literal === undefined && mentions.some(({ finder }) => finder === 'gazetteer' || finder === 'pattern')
}

/** How much more the end is like a type that the relation does not allow. */
function unlike(likenesses: ReadonlyMap<string, number>, allowed: readonly string[], { isA }: CompiledOntology): number {
  let [inside, outside] = [0, 0]
  for (const [type, belief] of likenesses) {
    if (allowed.some((ancestor) => isA(type, ancestor))) inside = Math.max(inside, belief)
    // What lies above an allowed type may yet be one, and so may what only the rest was left for.
    else if (!isRest(type) && !allowed.some((ancestor) => isA(ancestor, type))) outside = Math.max(outside, belief)
  }
  return likenesses.size === 0 ? 0 : Math.min(MOST, Math.max(0, Math.log((outside + FLOOR) / (inside + FLOOR))))
}
