import { describe, expect, test } from 'vitest'
import { isRest } from '../../../extract/views/index.ts'

describe('types for the rest', () => {
  test('are told by their names', () => {
    expect(['Thing', 'Entity', 'NamedEntity', 'OtherThing', 'misc', 'Other', 'Concept'].every(isRest)).toBe(true)
    expect(['Person', 'ThingOfBeauty', 'Misconduct', 'LegalEntity', 'ObjectLesson'].some(isRest)).toBe(false)
  })
})
