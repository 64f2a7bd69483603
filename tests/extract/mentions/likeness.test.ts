import { describe, expect, test } from 'vitest'
import { byLikeness } from '../../../extract/mentions/likeness.ts'

const all = ['City', 'Library', 'Person', 'Region', 'Team', 'University']

describe('types by likeness', () => {
  test('keep their order where nobody looked', () => {
    expect(byLikeness(['Region', 'City'], () => undefined, all)).toEqual(['Region', 'City'])
  })

  test('come first where the encoder is surer than the signs are', () => {
    expect(byLikeness(['City', 'Region'], (type) => (type === 'Region' ? 0.9 : 0.05), all)[0]).toBe('Region')
  })

  test('take in what no sign points to and the encoder finds likely', () => {
    const found = byLikeness(['City'], (type) => ({ University: 0.6, Library: 0.25, Team: 0.05 })[type] ?? 0.01, all)
    expect(found).toEqual(['University', 'City', 'Library'])
  })

  test('take in the likeliest of all even where it is not likely, and nothing that is out of the question', () => {
    expect(byLikeness([], (type) => all.indexOf(type) / 100, all)).toEqual(['University'])
    expect(byLikeness([], () => 0.01, all)).toEqual([])
  })
})
