import { describe, expect, test } from 'vitest'
import { asksForPresent, assess } from '../../../extract/triples/assertion.ts'

function judge(text: string, head = 'Ada', tail = 'Acme') {
  const span = (name: string) => ({ start: text.indexOf(name), end: text.indexOf(name) + name.length })
  return assess({ text, sentence: { start: 0, end: text.length }, head: span(head), tail: span(tail) })
}

describe('what a sentence asserts of a pair', () => {
  test.each([
    'Ada has led Acme for six years.',
    'Ada joined Acme in 1842.',
    'Ada, who never smiled, joined Acme in May.',
    'Ada joined not only Acme but also the board.',
    'Bob did not call, but Ada joined Acme.',
    'Will Ada, chair of Acme, spoke.',
    'Ada joined Acme on 3 May 1842; Bob may follow.',
  ])('states it: %s', (text) => expect(judge(text)).toBe('stated'))

  test.each([
    'Ada did not join Acme.', 'Ada never worked for Acme.', 'Ada denied that she had joined Acme.', "Ada doesn't work for Acme.",
    'Ada refused to join Acme.', 'It is not true that Ada joined Acme.', 'Ada turned down Acme.', 'Neither Ada nor Bob works for Acme.',
  ])('denies it: %s', (text) => expect(judge(text)).toBe('negated'))

  test.each([
    'If Ada joins Acme, Bob leaves.', 'Ada may join Acme.', 'Ada will join Acme in June.', 'Ada plans to join Acme.', 'Did Ada join Acme?',
    'According to rumours, Ada joined Acme.', 'Ada is in talks with Acme.', 'Ada is considering Acme.', 'Ada could become head of Acme.',
  ])('supposes it: %s', (text) => expect(judge(text)).toBe('hypothetical'))

  test.each(['Ada formerly worked for Acme.', 'Ada used to work for Acme.', 'Ada left Acme.', 'Ada, who led Acme back then, sent a card.', 'Ada ran Acme for six years.'])('says that it ended: %s', (text) => expect(judge(text)).toBe('ended'))

  test('cares for the end only where the description asks for the present', () => {
    expect(asksForPresent('The head is in charge of the tail at the time of the text; former heads do not count.')).toBe(true)
    expect(asksForPresent('The head works, or worked, for the tail.')).toBe(false)
  })
})
