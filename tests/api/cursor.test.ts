import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openCursor, questionOf, sealCursor } from '../../api/cursor.ts'

test('a cursor gives back what was sealed in it, for its own question', () => {
  fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (path, value, after) => {
    const question = questionOf(path, { value })
    expect(openCursor(question, sealCursor(question, after))).toBe(after)
    expect(sealCursor(question, after)).toMatch(/^[\w-]*$/)
  }))
})

test('the order of parameters, and those left out, do not change a question; their values do', () => {
  expect(questionOf('/a', { x: 1, y: 'b' })).toBe(questionOf('/a', { y: 'b', z: undefined, x: 1 }))
  expect(questionOf('/a', { x: 1 })).not.toBe(questionOf('/a', { x: 2 }))
  expect(questionOf('/a', { x: 1 })).not.toBe(questionOf('/b', { x: 1 }))
})

test('anything else is refused as no cursor', () => {
  fc.assert(fc.property(fc.string(), (text) => {
    expect(() => openCursor('question', text)).toThrow(expect.objectContaining({ code: 'api.cursor' }))
  }))
})
