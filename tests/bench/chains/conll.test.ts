import { describe, expect, test } from 'vitest'
import { bestMatching, conllScore, countChains } from '../../../bench/chains/conll.ts'

const chains = (...letters: readonly string[]) => letters.map((some) => new Set(some))

describe('the CoNLL score', () => {
  // The worked example of Pradhan et al., ACL 2014, figure 1.
  test('counts what its authors count', () => {
    const [muc, cubed, ceaf] = countChains(chains('abc', 'defg'), chains('ab', 'cd', 'fghi'))
    expect([muc!.recall, muc!.precision]).toEqual([[2, 5], [2, 5]])
    expect(cubed!.recall[0] / cubed!.recall[1]).toBeCloseTo(0.42, 2)
    expect(cubed!.precision[0] / cubed!.precision[1]).toBeCloseTo(0.5, 2)
    expect(ceaf!.recall[0] / ceaf!.recall[1]).toBeCloseTo(0.65, 2)
    expect(ceaf!.precision[0] / ceaf!.precision[1]).toBeCloseTo(0.43, 2)
  })

  test('is one for the same chains, whatever stands alone beside them', () => {
    expect(conllScore([countChains(chains('abc', 'de', 'x'), chains('de', 'abc', 'y', 'z'))]).mean).toBe(1)
  })

  test('matches each row with one column at most', () => {
    expect(bestMatching([[0.5, 0.9], [0.8, 0.7]])).toBeCloseTo(1.7)
    expect(bestMatching([[1, 0.2, 0.3]])).toBe(1)
    expect(bestMatching([])).toBe(0)
  })
})
