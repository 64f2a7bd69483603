import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChainGroup } from '../../graph/claim.ts'
import { claimsOf } from '../../graph/claims.ts'
import { groupOf } from '../../graph/profile.ts'
import { resolve } from '../../graph/resolve.ts'
import { company, documentOf, ONTOLOGY, organization, person, place, type Statement, type Thing } from './documents.ts'

/** Chains of documents that each say something of some things, each a group of its own. */
function chainsOf(...documents: readonly (readonly Thing[])[]): readonly ChainGroup[] {
  return documents.flatMap((things, number) => {
    const statements = things.map((thing): Statement => ({ head: thing, relation: 'SAID', tail: { kind: 'string', value: String(number) } }))
    const { document, extraction, stamp } = documentOf(`${number}.txt`, statements)
    return claimsOf(document, extraction, stamp, ONTOLOGY).chains.map((chain) => groupOf('test', { ...chain, id: `${document.id}#${chain.index}`, document: document.id }))
  })
}

/** Names of the entities' chains, each entity a list. */
function groups(chains: readonly ChainGroup[]): readonly (readonly string[])[] {
  const found = new Map<string, string[]>()
  for (const { group, entity } of resolve('test', chains, ONTOLOGY).assignments) found.set(entity, [...(found.get(entity) ?? []), group.name])
  return [...found.values()].map((names) => names.sort()).sort((a, b) => (a.join() < b.join() ? -1 : 1))
}

const sameWriting: readonly (readonly [string, Thing, Thing])[] = [
  ['case and legal suffix', company('Acme Corp'), company('ACME')],
  ['a general and a special type', organization('Acme'), company('Acme')],
  ['an alias that one document gives', company('International Business Machines', { aliases: ['IBM'] }), company('IBM')],
  ['an acronym that only one name has', company('International Business Machines'), company('IBM')],
  ['a master-data key', company('Acme', { masterId: '7' }), company('Apex', { masterId: '7' })],
  ['a name that master data know', company('Acme', { masterId: '7' }), company('Acme Inc')],
]
const otherThing: readonly (readonly [string, Thing, Thing])[] = [
  ['two keys of master data', company('Acme', { masterId: '7' }), company('Acme', { masterId: '8' })],
  ['types of two families', person('Paris Hilton'), place('Paris Hilton')],
  ['types that exclude each other', company('Stanford Works'), { name: 'Stanford Works', type: 'University' }],
  ['places with other surroundings', place('Springfield', { suffix: ', [Illinois]' }), place('Springfield', { suffix: ', [Missouri]' })],
  ['persons born in other years', person('John Smith', { suffix: ' (1820-1890)' }), person('John Smith', { suffix: ' (born 1950)' })],
  ['a surname and a full name', person('Smith'), person('John Smith')],
  ['two documents’ bare surnames', person('Smith'), person('Smith')],
  ['two documents’ "the company"', company('the company', { kind: 'nominal' }), company('the company', { kind: 'nominal' })],
  ['a part of a name', company('Stanford'), company('Stanford Works')],
]

describe('across documents', () => {
  test.each(sameWriting)('%s makes one entity', (_, a, b) => {
    expect(groups(chainsOf([a], [b])).filter((names) => names.some((name) => name === a.name || name === b.name))).toHaveLength(1)
  })

  test.each(otherThing)('%s make two', (_, a, b) => {
    expect(groups(chainsOf([a], [b])).filter((names) => names.some((name) => name === a.name || name === b.name))).toHaveLength(2)
  })
})

test('an acronym that two names have stays alone', () => {
  expect(groups(chainsOf([company('Alpha Beta Choir')], [company('Arctic Bear Club')], [company('ABC')]))).toEqual([['ABC'], ['Alpha Beta Choir'], ['Arctic Bear Club']])
})

test('a third does not vouch: what is linked only over another stays apart', () => {
  const a = company('Alpha Works', { aliases: ['Beta Works'] })
  const b = company('Beta Works', { aliases: ['Gamma'] })
  const c = company('Gamma')
  const names = groups(chainsOf([a], [b], [c]))
  expect(names).toContainEqual(['Gamma'])
  expect(names).toContainEqual(['Alpha Works', 'Beta Works'])
})

test('the order of chains plays no part', () => {
  const chains = chainsOf(...[...sameWriting, ...otherThing].flatMap(([, a, b]) => [[a], [b]]))
  const expected = resolve('test', chains, ONTOLOGY)
  fc.assert(fc.property(fc.shuffledSubarray([...chains], { minLength: chains.length }), (shuffled) => { expect(resolve('test', shuffled, ONTOLOGY)).toEqual(expected) }))
})
