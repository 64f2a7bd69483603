// What a person decided about a fact or about who is one: a record that is kept for good, with who and when. Undoing marks it and takes nothing away.
import type { FactId } from './fact.ts'
import { byCodeUnit, digest } from './identity.ts'
import { type EndReference, type EntityReference, isLiteral, referenceKey, referenceKeys } from './reference.ts'

export type DecisionId = `decision:${string}`
export type DecisionKind = Decision['kind']

export const DECISION_KINDS = ['accept', 'reject', 'correct', 'merge', 'split', 'retype'] as const satisfies readonly DecisionKind[]

export interface Who {
  readonly by: string
  /** ISO 8601, in UTC. */
  readonly at: string
}

interface Decided extends Who {
  readonly id: DecisionId
  readonly collection: string
  readonly note?: string
  readonly undone?: Who
}

/** The fact holds, or does not, whatever the model says. */
export interface Verdict extends Decided {
  readonly kind: 'accept' | 'reject'
  readonly head: EntityReference
  readonly relation: string
  readonly tail: EndReference
}

/** What the documents state is not this fact but the one with the other relation. */
export interface Correction extends Decided {
  readonly kind: 'correct'
  readonly head: EntityReference
  readonly relation: string
  readonly tail: EndReference
  /** `turned`: head and tail change places. */
  readonly into: { readonly relation: string; readonly turned: boolean }
}

/** The two are one, or they are not. */
export interface Identification extends Decided {
  readonly kind: 'merge' | 'split'
  readonly entity: EntityReference
  readonly other: EntityReference
}

/** They are of this type; several where one entity is known under several names. */
export interface Retyping extends Decided {
  readonly kind: 'retype'
  readonly entities: readonly EntityReference[]
  readonly type: string
}

export type FactDecision = Verdict | Correction
export type IdentityDecision = Identification | Retyping
export type Decision = FactDecision | IdentityDecision

/** A decision before it has an id. */
export type DecisionDraft = Draft<Decision>
type Draft<Whole> = Whole extends Decision ? Omit<Whole, 'id'> : never

/** A decision as kept: with the fact that it is about in the graph as it stands, and the fact that a correction makes of that. */
export interface DecisionRow {
  readonly decision: Decision
  readonly fact?: FactId
  readonly into?: FactId
}

export function isFactDecision(decision: Decision): decision is FactDecision {
  return decision.kind === 'accept' || decision.kind === 'reject' || decision.kind === 'correct'
}

/** Gives a draft its id, which is made from all but note and undoing. */
export function decisionOf(draft: DecisionDraft): Decision {
  return { id: `decision:${digest(draft.collection, subjectOf(draft), draft.by, draft.at)}`, ...draft } as Decision
}

/** What is decided, without who and when; equal for the same decision taken twice. */
export function subjectOf(decision: DecisionDraft | Decision): string {
  switch (decision.kind) {
    case 'accept':
    case 'reject':
      return JSON.stringify([decision.kind, referenceKey(decision.head), decision.relation, endKey(decision.tail)])
    case 'correct':
      return JSON.stringify([decision.kind, referenceKey(decision.head), decision.relation, endKey(decision.tail), decision.into.relation, decision.into.turned])
    case 'retype':
      return JSON.stringify([decision.kind, decision.entities.map(referenceKey), decision.type])
    default:
      return JSON.stringify([decision.kind, pairKey(decision)])
  }
}

/** The same for both ways of naming two entities. */
export function pairKey({ entity, other }: Pick<Identification, 'entity' | 'other'>): string {
  return JSON.stringify([referenceKey(entity), referenceKey(other)].sort(byCodeUnit))
}

/** Blocks of chains that the decision depends on, sorted. */
export function decisionKeys(decision: Decision): readonly string[] {
  return [...new Set(referencesOf(decision).flatMap(referenceKeys))].sort(byCodeUnit)
}

/** Entities that a decision names. */
export function referencesOf(decision: Decision): readonly EntityReference[] {
  if (decision.kind === 'retype') return decision.entities
  const ends = isFactDecision(decision) ? [decision.head, decision.tail] : [decision.entity, decision.other]
  return ends.filter((end): end is EntityReference => !isLiteral(end))
}

/** Later decisions first: the last word counts. */
export function laterFirst(a: Decision, b: Decision): number {
  return byCodeUnit(b.at, a.at) || byCodeUnit(b.id, a.id)
}

/** Two copies of one decision as one: undone in either is undone. */
export function mergeDecisions(a: Decision, b: Decision): Decision {
  const undone = [a.undone, b.undone].filter((who) => who !== undefined).sort((x, y) => byCodeUnit(x.at, y.at) || byCodeUnit(x.by, y.by))[0]
  const note = [a.note, b.note].filter((text) => text !== undefined).sort(byCodeUnit)[0]
  const { undone: _undone, note: _note, ...rest } = a
  return { ...rest, ...(note === undefined ? {} : { note }), ...(undone === undefined ? {} : { undone }) } as Decision
}

/** A line for people: `reject Ada Lovelace EMPLOYED_BY Acme Corp`. */
export function describeDecision(decision: Decision): string {
  const named = (end: EndReference): string => (isLiteral(end) ? end.value : `${end.name}${end.documents === undefined || end.index !== undefined ? '' : ` (in ${end.documents.length} documents)`}`)
  switch (decision.kind) {
    case 'accept':
    case 'reject':
      return `${decision.kind} ${named(decision.head)} ${decision.relation} ${named(decision.tail)}`
    case 'correct':
      return `correct ${named(decision.head)} ${decision.relation} ${named(decision.tail)} to ${decision.into.relation}${decision.into.turned ? ', turned round' : ''}`
    case 'retype':
      return `retype ${decision.entities.map(named).join(', ')} to ${decision.type}`
    default:
      return `${decision.kind} ${named(decision.entity)} ${decision.kind === 'merge' ? 'and' : 'from'} ${named(decision.other)}`
  }
}

function endKey(end: EndReference): string {
  return isLiteral(end) ? JSON.stringify(['literal', end.literal, end.value]) : referenceKey(end)
}
