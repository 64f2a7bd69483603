import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Decision, type DecisionDraft, decisionKeys, decisionOf, mergeDecisions, pairKey } from '../../graph/decision.ts'
import { readDecisions } from '../../graph/decision-file.ts'
import type { EntityReference } from '../../graph/reference.ts'

const named = (name: string): EntityReference => ({ name, family: 'Organization', form: name.toLowerCase(), type: 'Company' })
const common = { collection: 'test', by: 'eve', at: '2026-01-02T03:04:05.000Z' }
const rejected: DecisionDraft = { kind: 'reject', ...common, head: named('Acme'), relation: 'REVENUE', tail: { literal: 'quantity', value: '5 USD', text: '$5' } }

test('the id of a decision is made from what, about what, by whom and when, and from nothing that people may word otherwise', () => {
  const { id } = decisionOf(rejected)
  expect(decisionOf({ ...rejected, note: 'wrong year', head: { ...named('Acme'), name: 'ACME Corp' } }).id).toBe(id)
  for (const other of [{ ...rejected, by: 'bob' }, { ...rejected, at: '2026-01-02T03:04:06.000Z' }, { ...rejected, kind: 'accept' as const }, { ...rejected, collection: 'other' }]) expect(decisionOf(other).id).not.toBe(id)
})

test('a pair is one pair, whichever is named first', () => {
  expect(pairKey({ entity: named('Acme'), other: named('Apex') })).toBe(pairKey({ entity: named('Apex'), other: named('Acme') }))
})

test('copies of one decision merge to the same, whatever the order: undone anywhere is undone, by who was first', () => {
  const who = fc.record({ by: fc.constantFrom('a', 'b'), at: fc.constantFrom('2026-01-01', '2026-01-02') })
  const copy = fc.record({ note: fc.constantFrom('x', 'y'), undone: who }, { requiredKeys: [] }).map((more): Decision => ({ ...decisionOf(rejected), ...more }))
  fc.assert(fc.property(fc.array(copy, { minLength: 1, maxLength: 4 }), (copies) => {
    const merge = (list: readonly Decision[]): Decision => list.reduce(mergeDecisions, list[0] as Decision)
    expect(merge([...copies].reverse())).toEqual(merge(copies))
    expect(merge(copies).undone !== undefined).toBe(copies.some(({ undone }) => undone !== undefined))
  }))
})

test('a file of decisions is read as it was written, into its own collection or another', () => {
  const drafts: readonly DecisionDraft[] = [
    rejected,
    { kind: 'correct', ...common, head: named('Acme'), relation: 'OWNS', tail: named('Apex'), into: { relation: 'OWNED_BY', turned: true }, note: 'read again' },
    { kind: 'merge', ...common, entity: { ...named('Acme'), masterId: 'C-1', qualifier: 'ohio' }, other: { ...named('the company'), documents: ['doc:1'], index: 4 } },
    { kind: 'retype', ...common, entities: [named('Acme')], type: 'University', undone: { by: 'bob', at: '2026-01-03T00:00:00.000Z' } },
  ]
  const decisions = drafts.map(decisionOf)
  const file = decisions.map((decision) => JSON.stringify(decision)).join('\n')
  expect(readDecisions(file, 'test').map((decision) => JSON.stringify(decision)).join('\n')).toBe(file)
  const moved = readDecisions(file, 'other')
  expect(moved.map(({ collection }) => collection)).toEqual(['other', 'other', 'other', 'other'])
  expect(moved.map(decisionKeys)).toEqual(decisions.map(decisionKeys))
  expect(() => readDecisions(file.replace('eve', 'eva'), 'test')).toThrow(/does not fit the content/)
})
