import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ComparisonHead, OperatingCurve } from '../../../extract/encoder.ts'
import type { Prototype } from '../../../extract/prototypes/index.ts'
import { compilePolicy, scoreAt } from '../../../extract/triples/policy.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'

const precision = fc.double({ min: 0.01, max: 0.99, noNaN: true })
const rising = fc.uniqueArray(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { minLength: 4, maxLength: 4 }).map((some) => [...some].sort((a, b) => a - b))
const curve: fc.Arbitrary<OperatingCurve> = fc.tuple(rising, rising).map(([precisions, scores]) => precisions.map((p, k) => [p, scores[k]!] as const))

const OPERATING = { described: [[0.5, 0.4], [0.9, 0.8]], few: [[0.5, 0.3], [0.9, 0.7]], many: [[0.5, 0.1], [0.9, 0.5]] } as const
const head = { operating: OPERATING } as unknown as ComparisonHead

const { ontology: read } = await parseOntology(`
name: policy
version: 1.0.0
types: { Person: { description: A human being. }, Company: { description: A business. } }
relations:
  EMPLOYED_BY: { domain: Person, range: Company, description: The head works for the tail. }
  OWNS: { domain: Person, range: Company, description: The head owns the tail., policy: { precision: 0.9 } }
`, 'o.yaml', async () => '')
const ontology = compileOntology(read!)

const prototypes = (examples: Partial<Prototype>): ReadonlyMap<string, Prototype> => new Map(['EMPLOYED_BY', 'OWNS'].map((relation) => [relation, { relation, trust: 0, ...examples } as Prototype]))

describe('the policy', () => {
  test('asks for higher scores the more precision is asked for, and for a score that there can be', () => {
    fc.assert(fc.property(curve, precision, precision, (points, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((p) => scoreAt(points, p)) as [number, number]
      expect(low).toBeLessThanOrEqual(high + 1e-12)
      expect(high).toBeLessThan(1)
      expect(low).toBeGreaterThan(0)
    }))
  })

  test('goes through what was counted', () => {
    fc.assert(fc.property(curve, (points) => {
      for (const [p, score] of points) expect(scoreAt(points, p)).toBeCloseTo(Math.max(0.1, score), 9)
    }))
  })

  test('lets people look at less sure claims than it accepts, but at none that is likelier wrong than right by three to two', () => {
    fc.assert(fc.property(precision, (p) => {
      const policy = compilePolicy(ontology, p, prototypes({}), head)
      expect(policy.review('EMPLOYED_BY')).toBeLessThan(policy.accept('EMPLOYED_BY'))
      expect(policy.review('EMPLOYED_BY')).toBeLessThanOrEqual(0.4)
    }))
  })

  test('takes what was counted of relations that are as well taught: by description alone, by few and by many examples', () => {
    const accept = (examples: Partial<Prototype>): number => compilePolicy(ontology, 0.5, prototypes(examples), head).accept('EMPLOYED_BY')
    const taught = { head: { dense: new Float32Array(0), sparse: new Map() } as unknown as NonNullable<Prototype['head']> }
    expect(accept({})).toBeCloseTo(0.4)
    expect(accept({ ...taught, trust: 0 })).toBeCloseTo(0.3)
    expect(accept({ ...taught, trust: 0.5 })).toBeCloseTo(0.2)
    expect(accept({ ...taught, trust: 1 })).toBeCloseTo(0.1)
  })

  test("puts a relation's own precision before the run's", () => {
    expect(compilePolicy(ontology, 0.5, prototypes({}), head).accept('OWNS')).toBeCloseTo(0.8)
  })
})
