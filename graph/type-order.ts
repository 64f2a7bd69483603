// Types of many chains -> the most specific one; types of an earlier ontology are strangers to all others.
import type { CompiledOntology } from '../ontology/index.ts'
import { counted, mostCounted } from './claims.ts'
import { byCodeUnit } from './identity.ts'

export type IsA = (type: string, ancestor: string) => boolean

/** `isA` that also knows types of an earlier ontology, as strangers to all others. */
export function typeOrder(ontology: CompiledOntology): IsA {
  const known = ontology.ontology.types
  return (type, ancestor) => type === ancestor || (Object.hasOwn(known, type) && Object.hasOwn(known, ancestor) && ontology.isA(type, ancestor))
}

/** Is one of the two the other or a kind of it? */
export function inLine(a: string, b: string, isA: IsA): boolean {
  return isA(a, b) || isA(b, a)
}

/** Types of which no other in the list is a subtype; sorted. */
export function leaves(types: readonly string[], isA: IsA): readonly string[] {
  const distinct = [...new Set(types)].sort(byCodeUnit)
  return distinct.filter((type) => !distinct.some((other) => other !== type && isA(other, type)))
}

/** The most specific type that the chains give; of several the most frequent. */
export function leafType(chains: readonly { readonly type: string; readonly count: number }[], isA: IsA): string {
  const kept = new Set(leaves(chains.map(({ type }) => type), isA))
  return mostCounted(counted(chains, ({ type }) => (kept.has(type) ? type : undefined)))
}
