import { expect, it } from 'vitest'
import { decisionWords } from '../../../web/review/words.ts'
import type { Decision } from '../../../web/server/index.ts'

const entity = (name: string) => ({ name, family: 'Company', form: name.toLowerCase(), type: 'Company' })
const made = { id: 'decision:1', collection: 'default', by: 'Rosa', at: '2026-01-01T00:00:00.000Z' }
const onFact = { ...made, head: entity('Acme'), relation: 'LED_BY', tail: entity('Ada') }
const label = (relation: string) => relation.toLowerCase().replace('_', ' ')

it.each<readonly [Decision, string]>([
  [{ ...onFact, kind: 'accept' }, 'Accepted: Acme led by Ada'],
  [{ ...onFact, kind: 'reject', tail: { literal: 'date', value: '1842', text: 'in 1842' } }, 'Rejected: Acme led by 1842'],
  [{ ...onFact, kind: 'correct', into: { relation: 'FOUNDED_BY', turned: false } }, 'Corrected: Acme led by Ada, to “founded by”'],
  [{ ...onFact, kind: 'correct', into: { relation: 'EMPLOYED_BY', turned: true } }, 'Corrected: Acme led by Ada, to “employed by” the other way round'],
  [{ ...made, kind: 'merge', entity: entity('Acme'), other: entity('Acme Corp') }, 'Merged Acme with Acme Corp'],
  [{ ...made, kind: 'split', entity: { ...entity('Acme'), documents: ['doc:1', 'doc:2'] }, other: entity('Acme') }, 'Split Acme in 2 documents from Acme'],
  [{ ...made, kind: 'retype', entities: [entity('Acme')], type: 'Product' }, 'Changed the type of Acme to Product'],
])('%# is said so: %s', (decision, words) => {
  expect(decisionWords(decision, label)).toBe(words)
})
