// What the shipped heads hold, whatever their weights: fitted anew with each version, so their numbers are not asked here.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ComparisonHead, type Evidence, SIGNS, SURROUNDINGS } from '../../extract/encoder.ts'
import type { Scorer } from '../../extract/triples/scorer.ts'
import { scales } from '../../extract/triples/weigh.ts'

const read = (file: string): unknown => JSON.parse(readFileSync(fileURLToPath(new URL(`../../models/relation-encoder/${file}`, import.meta.url)), 'utf8'))
const { numerics } = read('manifest.json') as { readonly numerics: Readonly<Record<string, { readonly head: string }>> }
const heads = [...new Set(Object.values(numerics).map(({ head }) => head))].sort()
const scaleOf = (head: ComparisonHead, trust?: number) => scales({ prototypes: new Map([['MET', trust === undefined ? { trust: 0 } : { head: {}, trust }]]), encoder: { head } } as unknown as Scorer)('MET')

/** Values near those that signs have: logits, counts, probabilities. */
const sign = fc.oneof(fc.double({ min: -9, max: 9, noNaN: true }), fc.integer({ min: 0, max: 12 }), fc.double({ min: 0, max: 1, noNaN: true }))
const evidence = fc.record(Object.fromEntries([...SIGNS, ...SURROUNDINGS].map((name) => [name, sign]))) as fc.Arbitrary<Evidence>
const trust = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined })

describe.each(heads)('the relation encoder\'s %s', (file) => {
  const head = read(file) as ComparisonHead

  test('believes a claim no less for a clearer reading, the first or the second', () => {
    fc.assert(fc.property(evidence, trust, fc.constantFrom('first', 'second'), fc.double({ min: 0, max: 6, noNaN: true }), (known, heard, reading, clearer) => {
      const scale = scaleOf(head, heard)
      expect(scale.weigh({ ...known, [reading]: known[reading as 'first'] + clearer })).toBeGreaterThanOrEqual(scale.weigh(known))
    }), { numRuns: 500 })
  })

  test('asks for no lower score where more precision is asked for', () => {
    for (const curve of Object.values(head.operating)) {
      expect(curve.length).toBeGreaterThan(3)
      curve.slice(1).forEach(([precision, score], k) => {
        expect(precision).toBeGreaterThan(curve[k]![0])
        expect(score).toBeGreaterThanOrEqual(curve[k]![1])
      })
    }
  })
})
