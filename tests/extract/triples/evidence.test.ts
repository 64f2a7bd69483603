import { describe, expect, test } from 'vitest'
import type { Chain } from '../../../extract/chains/index.ts'
import { SIGNS, type Weighing } from '../../../extract/encoder.ts'
import type { Pair } from '../../../extract/pairs/index.ts'
import type { Statement } from '../../../extract/prototypes/index.ts'
import { evidenceOf, hopedOf } from '../../../extract/triples/evidence.ts'

/** Four chains of one mention each; the third is a description, the last a number in the sentence below. */
const chains = [0, 1, 2, 3].map((index) => ({ index, name: `${index}`, aliases: [], links: [], mentions: [{ text: `${index}`, kind: index === 2 ? 'nominal' : 'name', sentence: index === 3 ? 1 : 0 }], ...(index === 3 ? { literal: { kind: 'number', value: '7' } } : {}) })) as unknown as readonly Chain[]
const pair = (head: number, tail: number, sentence = 0): Pair => ({ head, tail, headMention: 0, tailMention: 0, relations: ['LIVES_IN', 'OWNS'], window: { start: 0, end: 9 }, sentence })
const typed = { doubt: () => 0, likeness: (end: number, _: string, side: 'head' | 'tail') => (side === 'head' ? 0.9 : end / 10) }
const logit = (p: number): number => Math.log(p / (1 - p))

describe('evidence of a claim', () => {
  const pairs = [pair(0, 1), pair(0, 2), pair(0, 1, 4), pair(0, 3)]
  const first = [
    { at: 0, relation: 'LIVES_IN', score: 0.5 }, { at: 0, relation: 'OWNS', score: 0.9 }, { at: 1, relation: 'LIVES_IN', score: 0.8 },
    { at: 2, relation: 'LIVES_IN', score: 0.3 }, { at: 3, relation: 'LIVES_IN', score: 0.2 },
  ]
  const statements = pairs.map((_, at) => ({ text: '', window: { start: 0, end: 9 }, head: { start: 0, end: 1 }, tail: { start: 2, end: 3 }, ...(at === 1 ? { header: 'Lives in' } : {}) })) satisfies Statement[]
  const seen = { pairs, statements, chains, typed }
  const found = evidenceOf(first, new Map([[0, 1], [1, 2], [2, -1], [3, 0]]), seen)

  test('holds both readings and what the ends are like', () => {
    expect(found.get(2)).toMatchObject({ first: logit(0.8), second: -1, headLikeness: 0.9, tailLikeness: 0.2, literal: 0, nominalHead: 0, nominalTail: 1, pronounTail: 0, across: 0, underHeading: 1 })
  })

  test('holds the strongest rival of the same sentence, by end and by relation', () => {
    const own = found.get(0)!
    expect(own.otherTail).toBeCloseTo(0.65 * logit(0.8) - 0.3)
    expect(own.otherRelation).toBeCloseTo(0.65 * logit(0.9) + 0.6)
    expect(own.otherHead).toBe(-3)
    expect(own.listed).toBeCloseTo(Math.log(2))
  })

  test('takes what another sentence says for no rival, and nothing that was not read twice', () => {
    expect(found.get(3)).toMatchObject({ otherTail: -3, listed: 0, underHeading: 0 })
    expect(found.has(4)).toBe(false)
    expect(evidenceOf(first, new Map([[4, 0]]), seen).get(4)).toMatchObject({ literal: 1, otherTail: -3, otherRelation: -3, across: 1 })
  })

  test('knows what the rest of the document says of another tail', () => {
    expect(found.get(3)!.otherTailElsewhere).toBeCloseTo(0.65 * logit(0.8) - 0.3)
    expect(found.get(1)!.otherTailElsewhere).toBe(-3)
  })

  test('knows what other places say of the same fact, and how it stands in its document', () => {
    const twice = evidenceOf(first, new Map([[0, 1], [3, 0.5]]), seen)
    expect(twice.get(0)!.support).toBeCloseTo(0.65 * logit(0.3) + 0.15)
    expect(found.get(1)!.support).toBe(-3)
    expect(found.get(0)).toMatchObject({ headMentions: 1, tailMentions: 1, headLink: 1, tails: 2, heads: 0 })
  })

  test('knows what else its ends are in, in whatever relation', () => {
    expect(found.get(0)!.headElsewhere).toBeCloseTo(0.65 * logit(0.8) - 0.3)
    expect(found.get(2)!.headElsewhere).toBeCloseTo(0.65 * logit(0.9) + 0.6)
    expect(found.get(2)!.tailElsewhere).toBe(-3)
  })

  test('is hoped for before the second reading: a clear verdict, rivals where they do least harm by the weights, the same ends', () => {
    const weights = { ...Object.fromEntries(SIGNS.map((sign) => [sign, -0.1])), otherRelation: 0.1, offset: 0 } as Weighing
    const { second, otherTail, otherTailElsewhere, otherHead, otherRelation, listed, ...known } = hopedOf(first[2]!, weights, seen)
    expect([second, otherTail, otherTailElsewhere, otherHead, otherRelation, listed]).toEqual([3, -3, -3, -3, 0, 0])
    expect(found.get(2)).toMatchObject(known)
    expect(hopedOf(first[2]!, { ...weights, listed: 0.4 }, seen).listed).toBe(1)
  })
})
