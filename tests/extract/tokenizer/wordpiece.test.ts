import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTokenizer, loadTokenizer } from '../../../extract/tokenizer/index.ts'

interface Golden { readonly text: string; readonly ids: number[]; readonly starts: number[]; readonly ends: number[] }
const golden = JSON.parse(readFileSync(new URL('./golden.json', import.meta.url), 'utf8')) as Golden[]
const tokenizer = await loadTokenizer(new URL('../../../models/relation-encoder/tokenizer.json', import.meta.url).pathname)

describe('the WordPiece tokenizer', () => {
  test.each(golden.map((each) => [each.text.slice(0, 40), each] as const))('gives the recorded ids for %j', (_, { text, ids }) => {
    expect([...tokenizer.tokenize(text).ids]).toEqual(ids)
  })

  test.each(golden.map((each) => [each.text.slice(0, 40), each] as const))('gives offsets that hold the recorded ones for %j', (_, { text, starts, ends }) => {
    const pieces = tokenizer.tokenize(text)
    // Combining marks behind a letter may or may not count to it: its own characters must.
    pieces.starts.forEach((start, k) => {
      expect(pieces.ends[k]! > start).toBe(true)
      expect(start < ends[k]! && starts[k]! < pieces.ends[k]!).toBe(true)
    })
  })

  test('keeps every offset inside the text, ascending and non-empty, whatever the text', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('e', '\u0301', '\u0000', '\u200d', '👩', '東', 'İ', 'ß', ' ', '-', '\ud83d', 'ﬁ', '한') }))
    fc.assert(fc.property(hostile, (text) => {
      const { ids, starts, ends } = tokenizer.tokenize(text)
      let last = 0
      for (let k = 0; k < ids.length; k += 1) {
        expect(starts[k]).toBeGreaterThanOrEqual(0)
        expect(ends[k]).toBeLessThanOrEqual(text.length)
        expect(ends[k]).toBeGreaterThan(starts[k]!)
        expect(starts[k]).toBeGreaterThanOrEqual(last)
        last = starts[k]!
      }
    }), { numRuns: 300 })
  })

  test('finds plain words where they stand', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('founded', 'Acme', 'Zürich', 'x', '東', '👍', '1842')), (words) => {
      const text = words.join(' ')
      const { starts, ends } = tokenizer.tokenize(text)
      const covered = new Set<number>()
      for (let k = 0; k < starts.length; k += 1) for (let at = starts[k]!; at < ends[k]!; at += 1) covered.add(at)
      for (let at = 0; at < text.length; at += 1) expect(covered.has(at)).toBe(text[at] !== ' ')
    }))
  })

  test('refuses another kind of model', () => {
    expect(() => createTokenizer({ model: { type: 'BPE' } })).toThrowError(expect.objectContaining({ code: 'model.tokenizer' }))
  })
})
