import { describe, expect, test } from 'vitest'
import { type Evidence, SIGNS, SURROUNDINGS, type Tree, type Weighing } from '../../../extract/encoder.ts'
import type { Scorer } from '../../../extract/triples/scorer.ts'
import { scales } from '../../../extract/triples/weigh.ts'

const evidence = (some: Partial<Evidence>): Evidence => ({ ...Object.fromEntries([...SIGNS, ...SURROUNDINGS].map((sign) => [sign, 0])), ...some }) as Evidence
const weighing = (some: Partial<Weighing>): Weighing => ({ ...Object.fromEntries(SIGNS.map((sign) => [sign, 0])), offset: 0, ...some }) as Weighing
const verdict = { described: weighing({ second: 1, offset: -1 }), few: weighing({ second: 2 }), many: weighing({ second: 4 }) }
const scale = (trees: readonly Tree[], trust?: number) =>
  scales({ prototypes: new Map([['MET', trust === undefined ? { trust: 0.9 } : { head: {}, trust }]]), encoder: { head: { verdict, trees } } } as unknown as Scorer)('MET')
const logit = (p: number): number => Math.log(p / (1 - p))

describe('a claim', () => {
  test('is weighed by the line of its relation: by description, by few examples, by many, and between them as far as the examples are heard', () => {
    const likely = (trust?: number) => logit(scale([], trust).weigh(evidence({ second: 0.5 })))
    expect(likely()).toBeCloseTo(-0.5, 2)
    expect([likely(0), likely(0.5), likely(1)].map((value) => Math.round(value * 10) / 10)).toEqual([1, 1.5, 2])
  })

  test('gets what each tree adds: the first branch up to the bound, the second beyond', () => {
    const trees: readonly Tree[] = [['before', 3, ['reversed', 0, 0.5, -0.5], -1], 0.25]
    const added = (some: Partial<Evidence>) => Math.round(100 * (logit(scale(trees).weigh(evidence(some))) + 1)) / 100
    expect([added({ before: 3 }), added({ before: 3, reversed: 1 }), added({ before: 4 })]).toEqual([0.75, -0.25, -0.75])
  })

  test('is asked how far the examples of its relation are heard, which is not at all without any', () => {
    const trees: readonly Tree[] = [['trust', 0.5, 0, 1]]
    expect(logit(scale(trees).weigh(evidence({})))).toBeCloseTo(-1, 2)
    expect(logit(scale(trees, 0.6).weigh(evidence({})))).toBeCloseTo(1, 2)
  })

  test('is hoped for by the line alone', () => {
    expect(logit(scale([5]).hope(evidence({ second: 1 })))).toBeCloseTo(0, 2)
  })
})
