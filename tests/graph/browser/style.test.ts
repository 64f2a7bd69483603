import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coloursOf, contrast, styleSheet } from '../../../graph/browser/index.ts'
import { ontologyOf } from '../documents.ts'

const typesOf = (names: readonly string[]) => ontologyOf(Object.fromEntries(names.map((name) => [name, {}])), {}).ontology
const many = typesOf(Array.from({ length: 24 }, (_, index) => `Type${String(index).padStart(2, '0')}`))

/** What an eye without one kind of cone sees (Viénot, Brettel and Mollon 1999; linear RGB). */
const EYES: Readonly<Record<string, readonly (readonly number[])[]>> = {
  'with all cones': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'without red cones': [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
  'without green cones': [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
  'without blue cones': [[1, 0.14461, -0.14461], [0, 0.85924, 0.14076], [0, 0.85924, 0.14076]],
}

test.each(Object.entries(EYES))('the first eight types are told apart by an eye %s', (_, eye) => {
  const fills = [...coloursOf([many]).values()].slice(0, 8).map(({ fill }) => fill)
  const near = fills.flatMap((a, i) => fills.slice(i + 1).map((b) => ({ a, b, distance: distance(a, b, eye) }))).filter((pair) => pair.distance < 20)
  expect(near).toEqual([])
})

test('twenty-four types have a colour each', () => {
  expect(new Set([...coloursOf([many]).values()].map(({ fill }) => fill)).size).toBe(24)
})

test('every name can be read on its colour, and every border is seen on white', () => {
  for (const { fill, border, text } of coloursOf([many]).values()) {
    expect(contrast(fill, text)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(border, '#ffffff')).toBeGreaterThanOrEqual(3)
  }
})

test('a subtype stands below its parents, so that its colour wins', () => {
  const { ontology } = ontologyOf({ Apple: { parents: ['Fruit'] }, Zest: {}, Fruit: { parents: ['Thing'] }, Thing: {} }, {})
  expect([...coloursOf([ontology]).keys()]).toEqual(['Thing', 'Zest', 'Fruit', 'Apple'])
  const sheet = Object.keys(read(styleSheet([ontology])))
  expect(sheet.indexOf('node.Entity')).toBeLessThan(sheet.indexOf('node.Thing'))
  expect(sheet.indexOf('node.Fruit')).toBeLessThan(sheet.indexOf('node.Apple'))
})

test('an edge reads as its relation is called, whatever the label holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (label) => {
      const { ontology } = ontologyOf({ A: {} }, { OWNS: { domain: ['A'], range: ['A'], label }, EATS: { domain: ['A'], range: ['A'], label: 'likes to eat' } })
      const sheet = read(styleSheet([ontology]))
      expect(sheet['relationship.EATS']).toEqual({ caption: 'likes to eat' })
      expect(['<type>', label.trim()]).toContain(sheet['relationship.OWNS']?.['caption'])
      expect(sheet['relationship.PART_OF']?.['caption']).toBe('part of')
    }),
  )
})

test('an edge of Graphloom that an ontology has, too, looks as the ontology calls it', () => {
  const { ontology } = ontologyOf({ A: {} }, { PART_OF: { domain: ['A'], range: ['A'], label: 'belongs to' } })
  expect(read(styleSheet([ontology]))['relationship.PART_OF']).toEqual({ caption: 'belongs to' })
})

/** Style sheet -> rules: what stands between braces, cut at semicolons and at the first colon. */
function read(sheet: string): Record<string, Record<string, string>> {
  const rules = [...sheet.matchAll(/([^\s{}]+) \{\n((?: {2}[^\n]*;\n)*)\}\n/gu)]
  expect(rules.map(([rule]) => rule).join('\n')).toBe(sheet)
  return Object.fromEntries(rules.map(([, selector, body]) => [selector as string, Object.fromEntries((body ?? '').split(';\n').filter(Boolean).map((line) => {
    const [key, value] = line.trim().split(': ') as [string, string]
    return [key, value.replace(/^"|"$/gu, '')]
  }))]))
}

/** Difference of two colours in CIE Lab (1976) as an eye sees them. */
function distance(a: string, b: string, eye: readonly (readonly number[])[]): number {
  const [x, y] = [lab(a, eye), lab(b, eye)] as [number[], number[]]
  return Math.hypot(...x.map((value, index) => value - (y[index] as number)))
}

function lab(colour: string, eye: readonly (readonly number[])[]): number[] {
  const linear = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
  const times = (matrix: readonly (readonly number[])[], vector: readonly number[]) => matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] as number), 0))
  const seen = times(eye, linear).map((channel) => Math.min(1, Math.max(0, channel)))
  const [x, y, z] = times([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]], seen)
    .map((value, index) => value / ([0.9505, 1, 1.089][index] as number)).map((value) => (value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116)) as [number, number, number]
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}
