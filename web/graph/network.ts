// The part of the graph that is on the screen: grows by what the server gives around an entity.
import type { EntityEnd, Subgraph } from '../server/index.ts'
import { isLiteral } from '../server/index.ts'

export interface Link {
  readonly key: string
  readonly head: string
  readonly tail: string
  /** Relations between the two, sorted. */
  readonly relations: readonly string[]
}
export interface Network {
  readonly entities: ReadonlyMap<string, EntityEnd>
  readonly links: ReadonlyMap<string, Link>
  /** Entities whose neighbours are all here, in the order in which they were opened. */
  readonly grown: readonly string[]
}

export const EMPTY: Network = { entities: new Map(), links: new Map(), grown: [] }

/** Adds what is around `entity`; facts in review and literals are left to the entity's page. */
export function grow(network: Network, entity: string, { entities, facts }: Subgraph): Network {
  const known = new Map(network.entities)
  for (const { id, name, type } of entities) known.set(id, { id, name, type })
  const links = new Map(network.links)
  for (const fact of facts) {
    if (fact.status !== 'accepted' || isLiteral(fact.tail)) continue
    for (const end of [fact.head, fact.tail]) if (!known.has(end.id)) known.set(end.id, end)
    const key = `${fact.head.id} ${fact.tail.id}`
    links.set(key, { key, head: fact.head.id, tail: fact.tail.id, relations: [...new Set([...(links.get(key)?.relations ?? []), fact.relation])].sort() })
  }
  return { entities: known, links, grown: [...network.grown.filter((id) => id !== entity), entity] }
}

/** Facts as shown of one entity: the other end and the relation as read from here. */
export function linksOf({ entities, links }: Network, id: string): readonly { readonly other: EntityEnd; readonly link: Link; readonly out: boolean }[] {
  return [...links.values()].flatMap((link) => {
    const out = link.head === id
    const other = out ? entities.get(link.tail) : link.tail === id ? entities.get(link.head) : undefined
    return other ? [{ other, link, out }] : []
  }).sort((a, b) => a.other.name.localeCompare(b.other.name, 'en') || (a.link.key < b.link.key ? -1 : 1))
}
