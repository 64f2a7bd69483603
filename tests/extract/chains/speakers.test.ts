import { describe, expect, test } from 'vitest'
import { linkChains } from '../../../extract/chains/index.ts'
import { compileFinders, findMentions } from '../../../extract/mentions/index.ts'
import { COARSE, segmentedOf } from '../mentions/sample.ts'

/** Texts of the chain of a name. */
function chainOf(text: string, name: string): string[] {
  const document = segmentedOf(text)
  return linkChains(document, findMentions(document, compileFinders(COARSE)), COARSE).find((chain) => chain.name === name)?.mentions.map((mention) => mention.text) ?? []
}

describe('first persons', () => {
  test('are who signs the letter', () => {
    expect(chainOf('Dear all,\n\nI took the crate to Ghent myself. My van is back.\n\nKind regards\nHarlan Kerr', 'Harlan Kerr')).toEqual(['I', 'myself', 'My', 'Harlan Kerr'])
  })

  test('are who has the word, turn by turn', () => {
    const text = 'Susan Kerr: I have the key.\nHarlan Pell: I saw my lamp in Ghent.\nSusan Kerr: I will look.'
    expect(chainOf(text, 'Susan Kerr')).toEqual(['Susan Kerr', 'I', 'Susan Kerr', 'I'])
    expect(chainOf(text, 'Harlan Pell')).toEqual(['Harlan Pell', 'I', 'my'])
  })

  test('of many are the one body that the heading names', () => {
    expect(chainOf('# Brightwater Ltd\n\nWe brew beer in Ghent. Our cellar is old.', 'Brightwater Ltd')).toEqual(['Brightwater Ltd', 'We', 'Our'])
  })

  test('are found before what is left of a verb', () => {
    expect(chainOf('I’m in Ghent. I\'ve a lamp, and I\'d sell it.\n\nRegards\nHarlan Kerr', 'Harlan Kerr')).toEqual(['I', 'I', 'I', 'Harlan Kerr'])
  })

  test('are somebody else in quotation marks, and nobody where nobody signs', () => {
    expect(chainOf('“I was there,” said the man. My lamp was not.\n\nRegards\nHarlan Kerr', 'Harlan Kerr')).toEqual(['My', 'Harlan Kerr'])
    expect(chainOf('I went to see Harlan Kerr in Ghent. It was late.', 'Harlan Kerr')).toEqual(['Harlan Kerr'])
  })
})

describe('second persons', () => {
  test('are whom the letter greets', () => {
    expect(chainOf('Dear Susan,\n\nyou left your lamp here. The crate is in Ghent, and you’ll need it.\n\nRegards\nHarlan Kerr', 'Susan')).toEqual(['Susan', 'you', 'your', 'you'])
  })

  test('are nobody by name where a letter greets several', () => {
    expect(chainOf('Dear Susan Kerr and Harlan Pell,\n\nyou left your lamp here.', 'Susan Kerr')).toEqual(['Susan Kerr'])
  })

  test('are not who stands in a first line that goes on', () => {
    expect(chainOf('Hello Susan Kerr has sold the lamp to the man from Ghent who came by on Monday\n\nyou left your crate here.', 'Susan Kerr')).toEqual(['Susan Kerr'])
  })

  test('are nobody known where several have the word', () => {
    expect(chainOf('Susan Kerr: you have the key.\nHarlan Pell: you had it in Ghent.\nSusan Kerr: did you look?', 'Susan Kerr')).toEqual(['Susan Kerr', 'Susan Kerr'])
  })

  test('are the same from a sentence to the next alone', () => {
    const document = segmentedOf('You open the lid. Then you turn the key. It is late in Ghent. The lamp is out. Call when you can.')
    const chains = linkChains(document, findMentions(document, compileFinders(COARSE)), COARSE)
    expect(chains.map(({ mentions }) => mentions.map(({ text }) => text)).filter(([text]) => /^you$/iu.test(text!))).toEqual([['You', 'you'], ['you']])
  })
})
