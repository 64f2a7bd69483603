// An entity, named by what survives another reading of its documents: form of its name, kind of type, master-data id. Ids of entities do not:
// they change when a namesake comes or another name joins.
import type { ChainGroup, ChainRow } from './claim.ts'
import { masterKey, mostFrequent, nameKey, unnamedKey } from './claims.ts'
import type { LiteralEnd } from './fact.ts'
import { byCodeUnit } from './identity.ts'
import { type IsA, inLine, leafType } from './type-order.ts'

export interface EntityReference {
  /** For people; the form is what counts. */
  readonly name: string
  readonly family: string
  readonly form: string
  /** As its documents claim it; tells namesakes of other types apart. */
  readonly type: string
  readonly masterId?: string
  /** Tells namesakes apart: "Illinois" of "Springfield, Illinois". */
  readonly qualifier?: string
  /** The mentions in these documents only; always there for a bare surname or a thing without a name. */
  readonly documents?: readonly string[]
  /** Index of the chain in its document, of a thing without a name. */
  readonly index?: number
}

/** An end of a fact. */
export type EndReference = EntityReference | LiteralEnd

const MAX_DOCUMENTS = 50

export function isLiteral(end: EndReference): end is LiteralEnd {
  return 'literal' in end
}

/** A reference to what these chains, which are one unit, are. */
export function referenceOf(chains: readonly ChainRow[], isA: IsA): EntityReference {
  const first = chains[0]
  if (first === undefined) throw new Error('an entity has a chain')
  const qualifiers = chains.flatMap(({ traits }) => traits.qualifier ?? [])
  const local = first.masterId === undefined ? first.traits.local : undefined
  return {
    name: mostFrequent(chains.map(({ name }) => name)),
    family: first.traits.family,
    form: mostFrequent(chains.map(({ traits }) => traits.form)),
    type: leafType(chains.map(({ type }) => ({ type, count: 1 })), isA),
    ...(first.masterId === undefined ? {} : { masterId: first.masterId }),
    ...(qualifiers.length === 0 ? {} : { qualifier: mostFrequent(qualifiers) }),
    ...(local === undefined ? {} : { documents: documentsOf(chains) }),
    ...(local === 'unnamed' ? { index: first.index } : {}),
  }
}

/** The same entity, as far as these documents mention it. */
export function within(reference: EntityReference, documents: readonly string[]): EntityReference {
  return { ...reference, documents: [...new Set(documents)].sort(byCodeUnit) }
}

/** Blocks in which chains of the entity can be. */
export function referenceKeys(reference: EntityReference): readonly string[] {
  const { family, form, masterId, documents = [], index } = reference
  if (index !== undefined) return documents.map((document) => unnamedKey(document, index))
  return [nameKey(family, form), ...(masterId === undefined ? [] : [masterKey(family, masterId)])]
}

/** What a reference says, without the name that people call it; equal for equal references. */
export function referenceKey({ family, form, type, masterId, qualifier, documents, index }: EntityReference): string {
  return JSON.stringify([family, form, type, masterId ?? null, qualifier ?? null, documents ?? null, index ?? null])
}

/** Those of the chains that the reference means; `chains` must hold its blocks, and by themselves those of the documents that it names. */
export function meantBy(reference: EntityReference, chains: readonly ChainGroup[], isA: IsA): readonly ChainGroup[] {
  const fits = chains.filter((chain) => fitsReference(chain, reference, isA))
  const alike = fits.filter(({ traits }) => traits.qualifier === reference.qualifier)
  const found = alike.length > 0 ? alike : fits.filter(({ traits }) => reference.qualifier === undefined || traits.qualifier === undefined)
  const same = found.filter(({ masterId }) => masterId === reference.masterId)
  return same.length > 0 && reference.masterId !== undefined ? same : found
}

function fitsReference(chain: ChainGroup, { family, form, type, masterId, documents, index }: EntityReference, isA: IsA): boolean {
  if (chain.traits.family !== family || !inLine(chain.type, type, isA)) return false
  if (documents !== undefined && !documents.includes(chain.document)) return false
  if (index !== undefined) return chain.traits.local === 'unnamed' && chain.index === index
  if (chain.traits.local === 'unnamed') return false
  if (masterId !== undefined && chain.masterId !== undefined) return masterId === chain.masterId
  return chain.traits.form === form
}

function documentsOf(chains: readonly ChainRow[]): readonly string[] {
  return [...new Set(chains.map(({ document }) => document))].sort(byCodeUnit).slice(0, MAX_DOCUMENTS)
}
