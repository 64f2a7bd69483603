import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntityId } from '../../graph/entity.ts'
import type { FactId, LiteralEnd } from '../../graph/fact.ts'
import { judge, judgedWith, scopeOf, type Unjudged } from '../../graph/limits.ts'
import type { CompiledOntology, LiteralKind } from '../../ontology/index.ts'
import { ontologyOf } from './documents.ts'

const THING = { domain: ['Thing'], range: ['Thing'] }
const LIMITED = ontologyOf(
  { Thing: {} },
  {
    FREE: THING,
    OWNS: { ...THING, inverse: 'OWNED_BY' },
    OWNED_BY: { ...THING, inverse: 'OWNS' },
    BORN_IN: { ...THING, functional: true },
    ADVISES: { ...THING, maxTails: 2 },
    CAPITAL_OF: { ...THING, maxHeads: 1 },
    PART_OF: { ...THING, acyclic: true },
    ANCESTOR: { ...THING, transitive: true, irreflexive: true },
    SPOUSE: { ...THING, symmetric: true, functional: true },
    CEO_OF: { ...THING, functional: true, inverse: 'HAS_CEO' },
    HAS_CEO: { ...THING, inverse: 'CEO_OF' },
    FOUNDED_ON: { domain: ['Thing'], range: ['date'], literal: 'date' as LiteralKind, functional: true },
  },
)

const entity = (name: string): EntityId => `ent:${name}`
const date = (value: string): LiteralEnd => ({ literal: 'date', value, text: value })

function fact(head: string, relation: string, tail: string | LiteralEnd, score = 0.9, claimed: 'accepted' | 'review' = 'accepted'): Unjudged {
  const end = typeof tail === 'string' ? entity(tail) : tail
  return { id: `fact:${head} ${relation} ${typeof tail === 'string' ? tail : tail.value}` as FactId, head: entity(head), relation, tail: end, score, claimed, support: 1, evidence: [], ontology: 'test@1.0.0', model: 'test' }
}

const verdicts = (facts: readonly Unjudged[], ontology: CompiledOntology = LIMITED): Record<string, string> =>
  Object.fromEntries(judge(facts, ontology).map(({ id, status, reason }) => [id.slice('fact:'.length), reason === undefined ? status : `${status}: ${reason}`]))

describe('how far a limit reaches', () => {
  it.each([
    ['FREE', 'none', ['FREE']],
    ['OWNS', 'twin', ['OWNED_BY', 'OWNS']],
    ['BORN_IN', 'head', ['BORN_IN']],
    ['FOUNDED_ON', 'head', ['FOUNDED_ON']],
    ['CAPITAL_OF', 'relation', ['CAPITAL_OF']],
    ['PART_OF', 'relation', ['PART_OF']],
    ['ANCESTOR', 'relation', ['ANCESTOR']],
    ['SPOUSE', 'relation', ['SPOUSE']],
    ['CEO_OF', 'relation', ['CEO_OF', 'HAS_CEO']],
    ['HAS_CEO', 'relation', ['CEO_OF', 'HAS_CEO']],
    ['GONE_SINCE_AN_EARLIER_VERSION', 'none', ['GONE_SINCE_AN_EARLIER_VERSION']],
  ] as const)('%s: %s', (name, scope, together) => {
    expect(scopeOf(LIMITED, name)).toBe(scope)
    expect(judgedWith(LIMITED, name)).toEqual(together)
  })
})

describe('judging', () => {
  it('keeps the best of what only one can be, and says which rule refused the rest', () => {
    expect(verdicts([fact('a', 'BORN_IN', 'rome', 0.7), fact('a', 'BORN_IN', 'oslo', 0.8), fact('b', 'BORN_IN', 'rome', 0.6)])).toEqual({
      'a BORN_IN oslo': 'accepted', 'a BORN_IN rome': expect.stringMatching(/^rejected: /u), 'b BORN_IN rome': 'accepted',
    })
    expect(verdicts([fact('a', 'FOUNDED_ON', date('1842'), 0.9), fact('a', 'FOUNDED_ON', date('1843'), 0.8)])).toMatchObject({ 'a FOUNDED_ON 1842': 'accepted', 'a FOUNDED_ON 1843': expect.stringMatching(/^rejected/u) })
  })

  it('limits heads as well as tails', () => {
    expect(verdicts([fact('oslo', 'CAPITAL_OF', 'norway', 0.9), fact('bergen', 'CAPITAL_OF', 'norway', 0.7)])).toMatchObject({ 'oslo CAPITAL_OF norway': 'accepted', 'bergen CAPITAL_OF norway': expect.stringMatching(/^rejected/u) })
  })

  it('opens a circle at its weakest fact', () => {
    const circle = [fact('a', 'PART_OF', 'b', 0.9), fact('b', 'PART_OF', 'c', 0.8), fact('c', 'PART_OF', 'a', 0.7)]
    expect(verdicts(circle)).toEqual({ 'a PART_OF b': 'accepted', 'b PART_OF c': 'accepted', 'c PART_OF a': expect.stringMatching(/^rejected/u) })
  })

  it('lets no entity stand in a relation to itself', () => {
    expect(verdicts([fact('a', 'FREE', 'a')])).toEqual({ 'a FREE a': 'rejected: irreflexive' })
  })

  it('never lets what is for review push out what is accepted', () => {
    expect(verdicts([fact('a', 'BORN_IN', 'rome', 0.99, 'review'), fact('a', 'BORN_IN', 'oslo', 0.6)])).toEqual({ 'a BORN_IN oslo': 'accepted', 'a BORN_IN rome': 'review' })
  })

  it('leaves facts of relations that the ontology no longer has as they were claimed', () => {
    expect(verdicts([fact('a', 'GONE', 'b'), fact('a', 'GONE', 'c', 0.9, 'review')])).toEqual({ 'a GONE b': 'accepted', 'a GONE c': 'review' })
  })

  it('does not depend on the order of the facts', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd')
    const relation = fc.constantFrom('FREE', 'BORN_IN', 'CAPITAL_OF', 'PART_OF', 'SPOUSE', 'CEO_OF')
    const facts = fc.uniqueArray(fc.tuple(name, relation, name, fc.integer({ min: 50, max: 99 })).map(([head, of, tail, score]) => fact(head, of, tail, score / 100)), { selector: ({ id }) => id, maxLength: 14 })
    fc.assert(
      fc.property(facts.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([list, shuffled]) => {
        expect(verdicts(shuffled)).toEqual(verdicts(list))
      }),
      { numRuns: 200 },
    )
  })

  it('what it accepts it accepts again', () => {
    const list = [fact('a', 'PART_OF', 'b', 0.9), fact('b', 'PART_OF', 'a', 0.8), fact('a', 'BORN_IN', 'c', 0.9), fact('a', 'BORN_IN', 'd', 0.9)]
    const kept = judge(list, LIMITED).filter(({ status }) => status === 'accepted').map(({ id }) => id)
    expect(Object.values(verdicts(list.filter(({ id }) => kept.includes(id)))).every((verdict) => verdict === 'accepted')).toBe(true)
  })
})
