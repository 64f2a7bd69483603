import { describe, expect, it } from 'vitest'
import { EMPTY, grow, linksOf } from '../../../web/graph/network.ts'
import { placeNetwork } from '../../../web/graph/place.ts'
import type { Fact, Subgraph } from '../../../web/server/index.ts'

const end = (id: string) => ({ id, name: id.toUpperCase(), type: 'Thing' })
const fact = (head: string, relation: string, tail: string, status: Fact['status'] = 'accepted'): Fact =>
  ({ id: `fact:${head}${relation}${tail}`, head: end(head), relation, tail: end(tail), score: 1, status, support: 1, ontology: 'o@1.0.0', model: 'm@1' })
const around = (id: string, ...facts: readonly Fact[]): Subgraph => ({ entities: [end(id)], facts })

describe('the network', () => {
  const first = grow(EMPTY, 'a', around('a', fact('a', 'KNOWS', 'b'), fact('a', 'HELPS', 'b'), fact('c', 'KNOWS', 'a')))

  it('holds each entity once, and one link for all relations between two', () => {
    expect([...first.entities.keys()].sort()).toEqual(['a', 'b', 'c'])
    expect([...first.links.values()]).toEqual([{ key: 'a b', head: 'a', tail: 'b', relations: ['HELPS', 'KNOWS'] }, { key: 'c a', head: 'c', tail: 'a', relations: ['KNOWS'] }])
  })

  it('grows by what is around another entity, and is the same when that is asked twice', () => {
    const more = around('b', fact('a', 'KNOWS', 'b'), fact('b', 'KNOWS', 'd'))
    const second = grow(first, 'b', more)
    expect(second.entities.size).toBe(4)
    expect(second.grown).toEqual(['a', 'b'])
    expect(grow(second, 'b', more)).toEqual(second)
  })

  it('shows no fact that is in doubt, and no literal', () => {
    const literal: Fact = { ...fact('a', 'BORN_ON', 'x'), tail: { literal: 'date', value: '1815', text: '1815' } }
    expect(grow(EMPTY, 'a', around('a', fact('a', 'KNOWS', 'b', 'review'), literal)).links.size).toBe(0)
  })

  it('lists links from either end', () => {
    expect(linksOf(first, 'a').map(({ other, out }) => [other.id, out])).toEqual([['b', true], ['c', false]])
    expect(linksOf(first, 'c').map(({ other, out }) => [other.id, out])).toEqual([['a', true]])
  })

  it('is placed the same way each time, every entity at a place of its own', () => {
    const places = placeNetwork(first, new Map())
    expect(placeNetwork(first, new Map())).toEqual(places)
    expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(3)
    expect([...places.values()].every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))).toBe(true)
  })
})
