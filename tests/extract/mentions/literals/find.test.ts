import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findLiterals } from '../../../../extract/mentions/literals/index.ts'

const read = (text: string): string[] => findLiterals(text, { start: 0, end: text.length }).map(({ start, end, kind, value }) => `${text.slice(start, end)} = ${kind} ${value}`)

test.each([
  ['Born on 12 May 1990.', '12 May 1990 = date 1990-05-12'],
  ['On May 12th, 1990 it began.', 'May 12th, 1990 = date 1990-05-12'],
  ['Picked on 9.II.1999 there.', '9.II.1999 = date 1999-02-09'],
  ['Seen 04.05.21 and gone.', '04.05.21 = date --05-04'],
  ['Since 1990-05-12 it runs.', '1990-05-12 = date 1990-05-12'],
  ['In June 2004 it closed.', 'June 2004 = date 2004-06'],
  ['Founded in 1842.', '1842 = date 1842'],
  ['On 13/4/2001 it rained.', '13/4/2001 = date 2001-04-13'],
  ['On 3/4/2001 it rained.', '3/4/2001 = date 2001'],
  ['During the 1990s it grew.', '1990s = date 199X'],
  ['They met on 7 July.', '7 July = date --07-07'],
  ['It cost $5.5 million.', '$5.5 million = quantity 5500000 USD'],
  ['A share of 12 percent.', '12 percent = quantity 12 %'],
  ['It is 3,000 km long.', '3,000 km = quantity 3000 km'],
  ['He served two years.', 'two years = quantity 2 year'],
  ['Some twenty-five thousand came.', 'twenty-five thousand = number 25000'],
  ['It has 1,500.5 parts.', '1,500.5 = number 1500.5'],
  ['See www.foo.org/x, please.', 'www.foo.org/x = url http://www.foo.org/x'],
  ['Mail Bob.X@ex.com now.', 'Bob.X@ex.com = url mailto:bob.x@ex.com'],
])('%s', (text, expected) => { expect(read(text)).toEqual([expected]) })

test('a range of years gives both years', () => { expect(read('From 1990–95 it stood.')).toEqual(['1990 = date 1990', '95 = date 1995']) })
test('a count before a plural noun is no year', () => { expect(read('It has 1999 employees.')).toEqual(['1999 = number 1999']) })
test('one and may alone are no values', () => { expect(read('One may ask; it may be one of a few.')).toEqual([]) })
test('numbers keep their value whatever their grouping', () => {
  fc.assert(fc.property(fc.integer({ min: 2100, max: 999_999_999 }), value => {
    expect(read(`about ${value.toLocaleString('en-US')} in all`)).toEqual([`${value.toLocaleString('en-US')} = number ${value}`])
  }))
})
