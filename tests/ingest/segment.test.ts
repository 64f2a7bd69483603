import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segment } from '../../ingest/index.ts'

const split = (text: string): string[] => segment(text).sentences.map(sentence => text.slice(sentence.start, sentence.end))
const kinds = (text: string): string[] => segment(text).sentences.map(sentence => sentence.kind)

describe('sentences', () => {
  it.each([
    'Dr. Mina Okafor met Prof. J. R. Hale at St. Ives.',
    'Brightwater Inc. Chairman Leo Tan resigned.',
    'The pump, i.e. the old one, cost approx. 3.5 million, see No. 5 and p. 12.',
    'She was born on Feb. 3, 1950 in the U.S. Virgin Islands.',
    'He plays for 1. FC Harbour and came third in the 3. Liga.',
    '"Is it ready?" she asked.',
    'The works (cf. Sec. 4. and the annex) were closed.',
    'The site example.org runs Node.js 4.2 on it.',
    'Written by Osei et al. (2019) for the society.',
    'Yahoo! announced it.',
    'Picked on 9.II.1999 by the lake.',
  ])('does not split %j', text => expect(split(text)).toEqual([text]))

  it.each([
    ['She founded Brightwater Inc. The firm grew.', ['She founded Brightwater Inc.', 'The firm grew.']],
    ['It opened in 1990. He left in 1999.', ['It opened in 1990.', 'He left in 1999.']],
    ['They met at 5 p.m. Then they left.', ['They met at 5 p.m.', 'Then they left.']],
    ['"It works." Nobody knew why.', ['"It works."', 'Nobody knew why.']],
    ['The queue stopped. tax-calc-2 was asleep.', ['The queue stopped.', 'tax-calc-2 was asleep.']],
    ['We chose plan B. It failed.', ['We chose plan B.', 'It failed.']],
    ['Fire! All ran out.', ['Fire!', 'All ran out.']],
    ['Was it late? No. It was early.', ['Was it late?', 'No.', 'It was early.']],
  ])('splits %j', (text, sentences) => expect(split(text)).toEqual(sentences))

  it('keeps the lines of a title page apart where fields stand below them', () => {
    const page = 'Dissertation by Tsering Dolkar-Hansen\nPublic defence passed on 17 January 2020\nPromotor and supervisor: Prof. Wiebe Hoekzema\nOpponent: S. Mutasa-Vik'
    expect(split(page)).toHaveLength(4)
  })

  it('joins a hard-wrapped paragraph and keeps short lines apart', () => {
    const wrapped = 'The board of Kestrel Foundry has decided to close the old mill in\nBryn Harbour and to move its forty workers to the new site, which\nopens in May. Nobody was asked.'
    expect(split(wrapped)).toHaveLength(2)
    expect(split('Kestrel Foundry\n12 Mill Lane\nBryn Harbour')).toHaveLength(3)
  })

  it('keeps log lines and fields of a form apart', () => {
    expect(split('22:10 Shift begins\n23:47 Pump P-4 stops\n00:09 Restarted')).toHaveLength(3)
    expect(split('ada: is the pump on?\nbo: no\nada: since when\nbo: monday, it broke')).toHaveLength(4)
    expect(split('Place: Karlo Bay\nReported by: J. Osei\nCause of the event: unknown')).toHaveLength(3)
  })

  it('knows items, headings and rows', () => {
    expect(kinds('REPORT OF THE YEAR\n\n1. Sales rose.\n2. Costs fell,\n   as planned.\n\n- one\n- two')).toEqual(['heading', 'item', 'item', 'item', 'item'])
    expect(kinds('Context\nThe engine kept its invoices in the old store for many years.\nDecision\nIt gets a store of its own, and nothing else may write there.')).toEqual(['heading', 'prose', 'heading', 'prose'])
    expect(kinds('Dear colleagues,\n\nwe move.\n\nStatus: accepted')).toEqual(['prose', 'prose', 'prose'])
  })

  it('maps the cells of a table in plain text to their headings', () => {
    const text = 'Inventory\n\nname ; runs on ; owner\nclaims ; app-07 ; Heron\nrates ; app-09 ; -'
    const rows = segment(text).sentences.filter(sentence => sentence.kind === 'row')
    expect(rows.map(row => row.cells!.map(cell => [cell.header, text.slice(cell.start, cell.end)]))).toEqual([
      [[undefined, 'name'], [undefined, 'runs on'], [undefined, 'owner']],
      [['name', 'claims'], ['runs on', 'app-07'], ['owner', 'Heron']],
      [['name', 'rates'], ['runs on', 'app-09'], ['owner', '-']],
    ])
    expect(kinds('| a | b |\n|---|---|\n| 1 | 2 |')).toEqual(['row', 'row', 'row'])
    expect(kinds('city\tpeople\tarea\nBryn\t12\t4')).toEqual(['row', 'row'])
  })

  it('nests sections by level', () => {
    const { sections } = segment('# Top\n\ntext\n\n## Part one\n\nmore\n\n## Part two\n\nend')
    expect(sections.map(section => section.path)).toEqual([['Top'], ['Top', 'Part one'], ['Top', 'Part two']])
    expect(sections[0]!.end).toBeGreaterThanOrEqual(sections[2]!.end)
    expect(sections[1]!.end).toBe(sections[2]!.start)
  })

  it('are in order, do not overlap and cover all that is not blank, whatever the text', () => {
    const word = fc.constantFrom('Acme', 'Inc.', 'the', 'e.g.', '1.', '(b.', '1990)', '"Oh!"', '- x', '|', 'a | b', '\t', ';', ' ; ', '\n', '\n\n', '.', '?', '22:10', 'Key:', '# H', '---', '===', '•', 'é', '👩‍🔬', '...', 'J.', '3.5')
    const texts = fc.oneof(fc.array(word, { maxLength: 60 }).map(words => words.join(' ')), fc.string({ unit: 'grapheme', maxLength: 300 }), fc.array(fc.constantFrom('a', ' ', '\n', '.', ';', '|', '\t', 'B', '-', '1'), { maxLength: 80 }).map(chars => chars.join('')))
    fc.assert(fc.property(texts, text => {
      const { sentences, sections } = segment(text)
      let end = 0
      sentences.forEach((sentence, index) => {
        expect(sentence.index).toBe(index)
        expect(sentence.start).toBeGreaterThanOrEqual(end)
        expect(sentence.end).toBeGreaterThan(sentence.start)
        expect(text.slice(end, sentence.start).trim()).toBe('')
        expect(text.slice(sentence.start, sentence.end).trim()).toBe(text.slice(sentence.start, sentence.end))
        for (const cell of sentence.cells ?? []) expect(sentence.start <= cell.start && cell.start <= cell.end && cell.end <= sentence.end).toBe(true)
        end = sentence.end
      })
      expect(text.slice(end).trim()).toBe('')
      for (const section of sections) expect(section.end).toBeGreaterThanOrEqual(section.start)
    }), { numRuns: 500 })
  })

  it('splits a paragraph of a million characters in linear time', () => {
    const text = 'Mr. Okafor moved 3.5 tons to the Mill on Feb. 3 again. '.repeat(20_000).trimEnd()
    expect(segment(text).sentences).toHaveLength(20_000)
  }, 20_000)

  it.each([
    ['log lines', '22:10 Pump P-4 stops for a while and nobody knows why\n'],
    ['plain lines', 'The quick brown fox jumps over the lazy dog of the\n'],
    ['tabs that do not agree', 'a\tb\nc\td\te\n'],
    ['dashes', `${'-'.repeat(500)}x\n`],
    ['lower case with dots', 'so. it. goes. on. and on. '],
    ['blanks', `x${' '.repeat(500)}`],
  ])('segments half a megabyte of %s in linear time', (_, unit) => {
    const { sentences } = segment(unit.repeat(500_000 / unit.length))
    expect(sentences.length).toBeGreaterThan(0)
  }, 20_000)

  it('covers a text without any sentence end', () => {
    const text = 'x'.repeat(50_000) + ' ' + 'word '.repeat(10_000).trimEnd()
    const { sentences } = segment(text)
    expect(sentences.reduce((sum, sentence) => sum + sentence.end - sentence.start, 0)).toBeGreaterThan(text.length * 0.99)
  })
})
