import { describe, expect, it } from 'vitest'
import { namesOf } from '../../../extract/views/names.ts'

const COARSE = ['PER', 'ORG', 'LOC', 'MISC', 'TIME', 'NUM']
/** One row of probabilities for each tag such as `B-PER`; `O` is outside. */
const rows = (...tags: string[]) => tags.map((tag) => Float32Array.from({ length: 13 }, (_, k) => (k === (tag === 'O' ? 0 : 1 + 2 * COARSE.indexOf(tag.slice(2)) + (tag[0] === 'I' ? 1 : 0)) ? 1 : 0)))
const text = 'Ada Lovelace saw Acme-Corp.'
const piece = (words: string, sentence = 0, from = 0) => ({ id: 0, start: text.indexOf(words, from), end: text.indexOf(words, from) + words.length, sentence })
const said = (names: ReturnType<typeof namesOf>) => names.map(({ start, end, coarse }) => [text.slice(start, end), coarse])

describe('namesOf', () => {
  it('joins what begins and what is inside', () => {
    expect(said(namesOf([piece('Ada'), piece('Lovelace'), piece('saw')], text, rows('B-PER', 'I-PER', 'O'), COARSE))).toEqual([['Ada Lovelace', 'PER']])
  })

  it('keeps words whole, whatever their later pieces are taken for', () => {
    expect(said(namesOf([piece('Ada'), piece('Love'), piece('lace')], text, rows('B-PER', 'I-PER', 'O'), COARSE))).toEqual([['Ada Lovelace', 'PER']])
  })

  it('ends before a mark that touches it', () => {
    expect(said(namesOf([piece('Corp'), piece('.')], text, rows('B-ORG', 'O'), COARSE))).toEqual([['Corp', 'ORG']])
  })

  it('parts two names that stand side by side, and sentences', () => {
    expect(said(namesOf([piece('Ada'), piece('Lovelace')], text, rows('B-PER', 'B-PER'), COARSE))).toEqual([['Ada', 'PER'], ['Lovelace', 'PER']])
    expect(said(namesOf([piece('Ada'), piece('Lovelace', 1)], text, rows('B-PER', 'I-PER'), COARSE))).toEqual([['Ada', 'PER'], ['Lovelace', 'PER']])
  })

  it('settles where a name begins and ends before what it is', () => {
    const tags = rows('B-PER', 'I-ORG', 'O')
    tags[1]!.set([0, 0, 0.2, 0, 0, 0, 0.5, 0, 0.3]) // inside of a person, of a place, and of something else
    expect(said(namesOf([piece('Ada'), piece('Lovelace'), piece('saw')], text, tags, COARSE))).toEqual([['Ada Lovelace', 'PER']])
  })

  it('lets nothing go on that did not begin', () => {
    const tags = rows('O', 'O', 'O')
    tags[1]!.set([0.45, 0, 0.55]) // as likely inside as outside, and nothing before it
    expect(said(namesOf([piece('Ada'), piece('Lovelace'), piece('saw')], text, tags, COARSE))).toEqual([])
    tags[0]!.set([0.6, 0.4])
    expect(said(namesOf([piece('Ada'), piece('Lovelace'), piece('saw')], text, tags, COARSE))).toEqual([])
    tags[0]!.set([0.5, 0.5])
    expect(said(namesOf([piece('Ada'), piece('Lovelace'), piece('saw')], text, tags, COARSE))).toEqual([['Ada Lovelace', 'PER']])
  })

  it('leaves times and numbers to those who normalize them', () => {
    expect(namesOf([piece('Ada')], text, rows('B-TIME'), COARSE)).toEqual([])
  })
})
