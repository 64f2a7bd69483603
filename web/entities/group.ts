// Facts of one entity -> groups by relation, read from that entity.
import type { Vocabulary } from '../ontology/index.ts'
import type { EntityEnd, Fact, LiteralEnd } from '../server/index.ts'

export interface FactGroup {
  readonly key: string
  /** As read from the entity: the inverse where the entity is the tail. */
  readonly label: string
  readonly description: string
  readonly facts: readonly { readonly fact: Fact; readonly other: EntityEnd | LiteralEnd }[]
}

/** Groups by label; inside a group the accepted first, then by score. */
export function groupFacts(facts: readonly Fact[], entity: string, vocabulary: Vocabulary): readonly FactGroup[] {
  const groups = new Map<string, { label: string; description: string; facts: { fact: Fact; other: EntityEnd | LiteralEnd }[] }>()
  for (const fact of facts) {
    const out = fact.head.id === entity
    const symmetric = vocabulary.relation(fact.relation)?.symmetric === true
    const key = `${fact.relation} ${out || symmetric}`
    const label = out ? vocabulary.label(fact.relation) : vocabulary.inverseLabel(fact.relation)
    const group = groups.get(key) ?? { label, description: vocabulary.relation(fact.relation)?.description ?? '', facts: [] }
    group.facts.push({ fact, other: out ? fact.tail : fact.head })
    groups.set(key, group)
  }
  const order = { accepted: 0, review: 1, rejected: 2 }
  return [...groups]
    .map(([key, group]) => ({ key, ...group, facts: group.facts.sort((a, b) => order[a.fact.status] - order[b.fact.status] || b.fact.score - a.fact.score || (a.fact.id < b.fact.id ? -1 : 1)) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'))
}

