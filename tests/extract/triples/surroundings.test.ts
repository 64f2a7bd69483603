import { describe, expect, test } from 'vitest'
import type { Chain } from '../../../extract/chains/index.ts'
import type { Pair } from '../../../extract/pairs/index.ts'
import { surroundingsOf } from '../../../extract/triples/surroundings.ts'

const TEXT = 'In May, Ada met Bo and Cy. She left.'
const chain = (words: readonly string[], links: Chain['links'] = []): Chain => ({
  index: 0, name: words[0]!, aliases: [], links,
  mentions: words.map((text) => ({ text, start: TEXT.indexOf(text), end: TEXT.indexOf(text) + text.length, kind: 'name', sentence: 0, types: [], agreement: {}, finder: 'writing' })),
})
const chains = [chain(['Ada', 'She'], [{ from: 0, to: 1, reason: 'pronoun', score: 0.7 }]), chain(['Bo']), chain(['Cy']), chain(['May'])]
const pair = (head: number, tail: number, more: Partial<Pair> = {}): Pair => ({ head, tail, headMention: 0, tailMention: 0, relations: ['MET'], window: { start: 0, end: 26 }, sentence: 0, ...more })
const pairs = [pair(0, 1), pair(0, 2), pair(2, 1), pair(2, 0), pair(0, 3, { relations: ['LEFT'] }), pair(0, 1, { headMention: 1, sentence: 1 })]
const surroundings = surroundingsOf(pairs, chains)
const of = (at: number, relation = 'MET') => surroundings(pairs[at]!, relation, TEXT)

describe('the surroundings of a claim', () => {
  test('say which way round the ends are named', () => {
    expect([of(0).reversed, of(3).reversed]).toEqual([0, 1])
  })
  test('count how often the ends are mentioned in the document', () => {
    expect(of(0)).toMatchObject({ headMentions: 2, tailMentions: 1 })
  })
  test('count the words of the two mentions, and of the names that the ends have', () => {
    expect(of(5)).toMatchObject({ headWords: 1, tailWords: 1, headNameWords: 1, tailNameWords: 1 })
    const named = surroundingsOf(pairs, [{ ...chains[0]!, name: 'Ada of Bree' }, ...chains.slice(1)])
    expect(named(pairs[5]!, 'MET', TEXT)).toMatchObject({ headWords: 1, headNameWords: 3 })
  })
  test('count the words of the window before the ends, and the mentions between them', () => {
    expect(of(0)).toMatchObject({ before: 2, between: 0 })
    expect(of(1)).toMatchObject({ before: 2, between: 1 })
    expect(of(4, 'LEFT')).toMatchObject({ before: 1, between: 0 })
  })
  test('count the other ends that the sentence has in that relation', () => {
    expect(of(0)).toMatchObject({ tails: 1, heads: 1 })
    expect(of(4, 'LEFT')).toMatchObject({ tails: 0, heads: 0 })
    expect(of(5)).toMatchObject({ tails: 0, heads: 0 })
  })
  test('say how sure it is that a mention stands for the head: a name is, a pronoun as far as its link', () => {
    expect([of(0).headLink, of(5).headLink]).toEqual([1, 0.7])
  })
})
