import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalize, toNormalized, toOriginal } from '../../ingest/index.ts'

const messy = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\r\n', '\r', '\u200B', '\uFEFF', '\u00AD', '\0', '\u202E', '\uD800', '\f', 'é', 'e\u0301', ' \u00A0'))).map(parts => parts.join(''))

describe('normalize', () => {
  it('leaves ordinary text as it is', () => {
    const text = 'Ada\tLovelace  joined\n\nAcme Corp. in 1842 – “quoted”, e\u0301 and é, 👩‍🔬, می‌روم\u00A0…'
    expect(normalize(text)).toEqual({ text, offsets: [[0, 0]] })
  })

  it.each([
    ['a\r\nb', 'a\nb'],
    ['a\rb\fc', 'a\nb\nc'],
    ['\uFEFFa\u200Bb\u00ADc\0d', 'abcd'],
    ['a\uD800b', 'a\uFFFDb'],
  ])('turns %j into %j', (original, text) => expect(normalize(original).text).toBe(text))

  it('keeps the halves of wrongly decoded letters, which are part of names', () => {
    expect(normalize('Rodr\u00C3\u00ADguez \u00C5\u0081').text).toBe('Rodr\u00C3\u00ADguez \u00C5\u0081')
  })

  it('maps every kept character back to itself', () => {
    fc.assert(fc.property(messy, original => {
      const { text, offsets } = normalize(original)
      for (let i = 0; i < text.length; i++) {
        const source = original[toOriginal(offsets, i)]!
        if (text[i] === '\n') expect(/[\r\n\v\f\u2028\u2029]/.test(source)).toBe(true)
        else if (text[i] !== '\uFFFD') expect(source).toBe(text[i])
      }
    }))
  })

  it('has an ascending map, whose two directions agree', () => {
    fc.assert(fc.property(messy, original => {
      const { text, offsets } = normalize(original)
      for (let i = 1; i < offsets.length; i++) {
        expect(offsets[i]![0]).toBeGreaterThan(offsets[i - 1]![0])
        expect(offsets[i]![1]).toBeGreaterThan(offsets[i - 1]![1])
      }
      for (let i = 0; i < text.length; i++) expect(toNormalized(offsets, toOriginal(offsets, i))).toBe(i)
      for (let o = 1; o <= original.length; o++) expect(toNormalized(offsets, o)).toBeGreaterThanOrEqual(toNormalized(offsets, o - 1))
    }))
  })

  it('is its own fixed point', () => {
    fc.assert(fc.property(messy, original => {
      const once = normalize(original).text
      expect(normalize(once).text).toBe(once)
    }))
  })
})
