// Mentions that grow together: union-find with the constraints that forbid a link, and the links with their reasons.
import type { Document } from '../../ingest/index.ts'
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Mention } from '../mentions/index.ts'
import { NO_VIEW, type View } from '../views/index.ts'
import { contradicts, forbids } from './constraints.ts'
import { readMention, type Reading } from './reading.ts'

/** A link between two mentions, by their position in the document's list. */
export interface MentionLink {
  readonly from: number
  readonly to: number
  readonly reason: string
  readonly score: number
}

export interface Clusters {
  readonly document: Document
  readonly ontology: CompiledOntology
  /** What the encoder sees of the mentions. */
  readonly view: View
  readonly mentions: readonly Mention[]
  /** What each mention says by its form and place. */
  readonly readings: readonly Reading[]
  readonly links: readonly MentionLink[]
  /** Members of the cluster that holds a mention, ascending. */
  members(mention: number): readonly number[]
  together(a: number, b: number): boolean
  /** Could the two clusters be one? */
  compatible(a: number, b: number): boolean
  /** Joins two clusters unless a constraint forbids it; `to` is the antecedent. */
  join(from: number, to: number, reason: string, score: number): boolean
  /** The same where the text itself says that the two are one: only keys and nesting forbid it. */
  declare(from: number, to: number, reason: string, score: number): boolean
}

/** Every mention alone. */
export function openClusters(document: Document, mentions: readonly Mention[], ontology: CompiledOntology, view: View = NO_VIEW): Clusters {
  const owner = mentions.map((_, index) => index)
  const groups = new Map<number, number[]>(mentions.map((_, index) => [index, [index]]))
  const readings = mentions.map((mention, index) => readMention(document, mention, mentions, index))
  const links: MentionLink[] = []
  const members = (mention: number): readonly number[] => groups.get(owner[mention]!)!
  const together = (a: number, b: number): boolean => owner[a] === owner[b]
  const compatible = (a: number, b: number): boolean => together(a, b) || !contradicts(members(a), members(b), mentions, readings, ontology)
  const merge = (from: number, to: number, reason: string, score: number): boolean => {
    links.push({ from, to, reason, score })
    const [keep, give] = owner[from]! < owner[to]! ? [owner[from]!, owner[to]!] : [owner[to]!, owner[from]!]
    const joined = mergeSorted(groups.get(keep)!, groups.get(give)!)
    for (const member of groups.get(give)!) owner[member] = keep
    groups.set(keep, joined)
    groups.delete(give)
    return true
  }
  const join: Clusters['join'] = (from, to, reason, score) => !together(from, to) && compatible(from, to) && merge(from, to, reason, score)
  const declare: Clusters['declare'] = (from, to, reason, score) => !together(from, to) && !forbids(members(from), members(to), mentions) && merge(from, to, reason, score)
  return { document, ontology, view, mentions, readings, links, members, together, compatible, join, declare }
}

function mergeSorted(a: readonly number[], b: readonly number[]): number[] {
  if (b.length === 1 && b[0]! > a.at(-1)!) return [...a, b[0]!]
  return [...a, ...b].sort((x, y) => x - y)
}
