import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mark, markText } from '../../../web/evidence/mark.ts'

const marks = ['quote', 'head', 'tail'] as const satisfies readonly Mark[]

describe('a marked text', () => {
  it('is the text again when its pieces are joined, each character under the marks that cover it', () => {
    const ranges = fc.array(fc.record({ start: fc.integer({ min: -5, max: 60 }), end: fc.integer({ min: -5, max: 60 }), mark: fc.constantFrom(...marks) }), { maxLength: 5 })
    fc.assert(fc.property(fc.string({ maxLength: 40 }), ranges, fc.integer({ min: 0, max: 10 }), (text, given, offset) => {
      const pieces = markText(text, given, offset)
      expect(pieces.map((piece) => piece.text).join('')).toBe(text)
      let at = 0
      for (const piece of pieces) {
        for (const mark of marks) {
          const covered = given.some(({ start, end, mark: other }) => other === mark && start - offset <= at && at < Math.min(end - offset, text.length))
          expect(piece.marks.includes(mark)).toBe(covered)
        }
        at += piece.text.length
      }
    }))
  })

  it('counts from where the text stands in its document', () => {
    expect(markText('Ada joined Acme', [{ start: 100, end: 103, mark: 'head' }, { start: 111, end: 115, mark: 'tail' }], 100)).toEqual([
      { text: 'Ada', marks: ['head'], begins: ['head'] },
      { text: ' joined ', marks: [], begins: [] },
      { text: 'Acme', marks: ['tail'], begins: ['tail'] },
    ])
  })

  it('says where a mark begins only once', () => {
    const pieces = markText('Ada joined', [{ start: 0, end: 10, mark: 'quote' }, { start: 0, end: 3, mark: 'head' }])
    expect(pieces.map(({ begins }) => begins)).toEqual([['quote', 'head'], []])
  })
})
