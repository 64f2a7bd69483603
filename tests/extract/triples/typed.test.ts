// What the ends of relations look like, with a view that says what it is told to.
import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../extract/chains/index.ts'
import type { Pair } from '../../../extract/pairs/index.ts'
import { lookAtTypes } from '../../../extract/triples/typed.ts'
import { NO_VIEW, type View } from '../../../extract/views/index.ts'
import type { Relation } from '../../../ontology/index.ts'
import { ontologyOf } from '../mentions/sample.ts'

const relation = (name: string, domain: string, range: string): Relation => ({
  name, label: name, description: '', aliases: [], domain: [domain], range: [range], symmetric: false, examples: [], negatives: [],
} as unknown as Relation)
const ontology = ontologyOf({ Software: {}, Person: {}, Thing: {} }, { MADE_BY: relation('MADE_BY', 'Software', 'Thing'), WRITTEN_BY: relation('WRITTEN_BY', 'Software', 'Person') })
const BELIEFS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Ledger: { Software: 0.9, Person: 0.01, Thing: 0.1 }, Acme: { Software: 0.05, Person: 0.02, Thing: 0.1 }, Ada: { Software: 0.02, Person: 0.95, Thing: 0.1 },
}
const chains = Object.keys(BELIEFS).map((text, index) => ({ index, mentions: [{ kind: 'name', text, types: [] }] })) as unknown as readonly Chain[]
const view: View = { ...NO_VIEW, kind: (span, type) => BELIEFS[(span as { text?: string }).text!]![type] }
const typed = lookAtTypes(chains, ontology, view)
const pair = (head: number, tail: number) => ({ head, tail }) as Pair

describe('what an end looks like', () => {
  it('is how likely it is of a type that the relation takes there', () => {
    expect(typed.likeness(0, 'MADE_BY', 'head')).toBe(0.9)
    expect(typed.likeness(2, 'WRITTEN_BY', 'tail')).toBe(0.95)
  })

  it('is of the rest as far as it is like nothing else', () => {
    expect(typed.likeness(1, 'MADE_BY', 'tail')).toBeCloseTo(0.95)
    expect(typed.likeness(2, 'MADE_BY', 'tail')).toBe(0.1)
  })

  it('speaks against a relation whose ends look like something else, which the rest never is', () => {
    expect(typed.doubt(pair(0, 2), 'WRITTEN_BY')).toBe(0)
    expect(typed.doubt(pair(0, 1), 'WRITTEN_BY')).toBeLessThan(0.5)
    expect(typed.doubt(pair(0, 0), 'WRITTEN_BY')).toBeGreaterThan(2)
    expect(typed.doubt(pair(0, 2), 'MADE_BY')).toBeGreaterThan(1.5)
  })

  it('is likelier for an end that the lists or patterns of the ontology know', () => {
    const listed = ['gazetteer', 'pattern'].map((finder, index) => ({ index, mentions: [{ kind: 'name', text: 'Ledger', types: ['Software'], finder }] })) as unknown as readonly Chain[]
    const known = lookAtTypes(listed, ontology, view)
    expect([known.likeness(0, 'MADE_BY', 'head'), known.likeness(1, 'MADE_BY', 'head')]).toEqual([0.6, 0.6])
    expect(known.doubt(pair(0, 1), 'MADE_BY')).toBe(0)
  })

  it('is not known of an end that nobody looked at', () => {
    expect(lookAtTypes(chains, ontology, NO_VIEW).likeness(0, 'MADE_BY', 'head')).toBe(0.3)
  })
})
