import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acronyms, isAcronym, isPartial, normalForm } from '../../graph/form.ts'

describe('the normal form of a name', () => {
  test.each([
    ['ACME Corp.', 'Acme Corporation'], ['The Beatles', 'Beatles'], ['Müller GmbH & Co. KG', 'Muller'], ['I.B.M.', 'IBM'], ['J. K. Rowling', 'J.K. Rowling'],
    ["McDonald's", 'McDonald’s'], ['AT&T', 'AT & T'], ['Café  Noir', 'cafe noir'], ['Banco S.A.', 'Banco'], ['U.S. Navy', 'US Navy'],
  ])('is one for %s and %s', (a, b) => {
    expect(normalForm(a)).toBe(normalForm(b))
  })

  test.each([['Springfield', 'Springdale'], ['First Bank', 'Second Bank'], ['Company', 'Co'], ['제이에스', '푸드플랜'], ['!!!', '???']])('differs for %s and %s', (a, b) => {
    expect(normalForm(a)).not.toBe(normalForm(b))
  })

  test('drops titles of persons, and keeps what looks like a legal suffix in their names', () => {
    expect(normalForm('Dr. Ada Co', true)).toBe('ada co')
  })

  test('is never empty and always its own form', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => name.trim() !== ''), (name) => normalForm(name) !== ''))
  })
})

test('a part of a name is partial, whichever is longer', () => {
  expect(isPartial('smith', 'john smith')).toBe(true)
  expect(isPartial('john smith', 'smith')).toBe(true)
  expect(isPartial('john smith', 'mary smith')).toBe(false)
  expect(isPartial('smith', 'smith')).toBe(false)
})

test('acronyms come from three words on, with and without small words', () => {
  expect(acronyms('international business machines')).toEqual(['ibm'])
  expect(acronyms('department of defense of utopia')).toEqual(['ddu', 'dodou'])
  expect(acronyms('john smith')).toEqual([])
  expect(isAcronym('IBM', 'ibm')).toBe(true)
  expect(isAcronym('Ibm', 'ibm')).toBe(false)
})
