import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadTokenizer } from '../../../extract/tokenizer/index.ts'
import { inputOf, windowsOf } from '../../../extract/views/windows.ts'
import { documentOf } from '../mentions/sample.ts'

const tokenizer = await loadTokenizer(fileURLToPath(new URL('../../../models/entity-encoder/tokenizer.json', import.meta.url)))

describe('windowsOf', () => {
  it('holds whole sentences, as many as fit, and loses no piece', () => {
    const document = documentOf(Array.from({ length: 30 }, (_, k) => `Sentence number ${k} has words.`))
    const windows = [...windowsOf(document, tokenizer, 40)]
    for (const window of windows) expect(window.length).toBeLessThanOrEqual(38)
    for (const sentence of document.sentences.keys()) expect(windows.filter((window) => window.some((piece) => piece.sentence === sentence))).toHaveLength(1)
    expect(windows.flat().map(({ start, end }) => document.text.slice(start, end)).join('')).toBe(document.text.replaceAll(' ', ''))
  })

  it('goes on in the next window where a sentence is too long', () => {
    const document = documentOf(['word '.repeat(100).trim()])
    expect([...windowsOf(document, tokenizer, 42)].map(({ length }) => length)).toEqual([40, 40, 20])
  })
})

describe('inputOf', () => {
  it('keeps the letter case that the vocabulary lacks', () => {
    const document = documentOf(['the Acme NASA X 42 c3'])
    const [window] = [...windowsOf(document, tokenizer, 64)]
    const { ids, shapes } = inputOf(window!, document.text, tokenizer)
    expect([ids[0], ids.at(-1)]).toEqual([tokenizer.startId, tokenizer.endId])
    const shapeOf = (words: string) => shapes[1 + window!.findIndex(({ start }) => start === document.text.indexOf(words))]
    expect([shapes[0], shapeOf('the'), shapeOf('Acme'), shapeOf('NASA'), shapeOf('X'), shapeOf('42')]).toEqual([0, 1, 2, 3, 4, 6])
  })
})
