// Draft -> example, or the reason why not: relation and types are in the schema, both ends stand in the text.
import type { CompiledOntology, Relation, RelationExample } from '../../ontology/index.ts'
import { findLiterals } from '../mentions/index.ts'
import type { NamesByType } from './names.ts'
import { occurrences } from './swap.ts'
import type { Draft, DraftEnd, Refusal } from './synthesis.ts'

const LONGEST = 600
const FEWEST_WORDS = 3

export type Admission = { readonly example: RelationExample } | { readonly refusal: Refusal }

/** Judges a draft; ends without a place are looked for, the two nearest occurrences are taken. */
export function admit(draft: Draft, ontology: CompiledOntology, names: NamesByType): Admission {
  const relation = Object.hasOwn(ontology.ontology.relations, draft.relation) ? ontology.ontology.relations[draft.relation]! : undefined
  if (!relation) return { refusal: 'unknown-relation' }
  const { text } = draft
  if (text.length > LONGEST) return { refusal: 'too-long' }
  if ((text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < FEWEST_WORDS) return { refusal: 'too-short' }
  if (/<\/?[ht]>/.test(text)) return { refusal: 'marked' }
  const [heads, tails] = [placesOf(text, draft.head), placesOf(text, draft.tail)]
  if (heads.length === 0) return { refusal: 'head-not-in-text' }
  if (tails.length === 0) return { refusal: 'tail-not-in-text' }
  const pairs = heads.flatMap((head) => tails.map((tail) => ({ head, tail, gap: Math.max(head[0], tail[0]) - Math.min(head[1], tail[1]) }))).filter(({ gap }) => gap >= 0)
  const [nearest] = pairs.sort((a, b) => a.gap - b.gap || a.head[0] - b.head[0])
  if (!nearest) return { refusal: 'ends-overlap' }
  const fits = endsFit(relation, draft.head, draft.tail, text, nearest.tail, ontology, names)
  if (fits !== undefined) return { refusal: fits }
  return { example: { relation: draft.relation, text, head: nearest.head, tail: nearest.tail, negative: draft.negative } }
}

function placesOf(text: string, { text: end, at }: DraftEnd): (readonly [number, number])[] {
  if (at) return text.slice(...at) === end && end.trim() === end && end !== '' ? [at] : []
  return occurrences(text, end.trim(), 'end').map(({ start, end: to }) => [start, to] as const)
}

function endsFit(relation: Relation, head: DraftEnd, tail: DraftEnd, text: string, tailAt: readonly [number, number], ontology: CompiledOntology, names: NamesByType): 'head-type' | 'tail-type' | undefined {
  const straight = allowed(head, relation.domain, ontology, names)
  if (relation.literal) return !straight ? 'head-type' : isLiteral(relation, text, tailAt) ? undefined : 'tail-type'
  const tailFits = allowed(tail, relation.range, ontology, names)
  if (straight && tailFits) return undefined
  if (relation.symmetric && allowed(head, relation.range, ontology, names) && allowed(tail, relation.domain, ontology, names)) return undefined
  return straight ? 'tail-type' : 'head-type'
}

/** A type that the writer gives must be allowed; a name that the ontology knows must be of a type that could be. */
function allowed({ text, type }: DraftEnd, types: readonly string[], ontology: CompiledOntology, names: NamesByType): boolean {
  if (type !== undefined && !types.some((name) => ontology.isA(type, name))) return false
  const known = names.typesOf(text)
  return known.length === 0 || known.some((own) => types.some((name) => ontology.isA(own, name) || ontology.isA(name, own)))
}

/** Strings and truth values look like anything; of the other kinds the extractor itself must see one there. */
function isLiteral({ literal }: Relation, text: string, [start, end]: readonly [number, number]): boolean {
  if (literal === 'string' || literal === 'boolean') return true
  return findLiterals(text, { start: 0, end: text.length }).some((found) => found.kind === literal && found.start >= start && found.end <= end)
}
