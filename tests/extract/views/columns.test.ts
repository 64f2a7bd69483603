import { describe, expect, test } from 'vitest'
import { NO_VIEW, type View, withColumns } from '../../../extract/views/index.ts'
import { segmentedOf } from '../mentions/sample.ts'

const MUTE = { named: () => [], isA: () => false }
const names = ['Da Orsolina', 'Al Remo Rotto', 'Sette Sarde', 'Fratelli Scarpa']
const document = segmentedOf(`name ; place ; since\nDa Orsolina ; Burano ; 1974\nAl Remo Rotto ; Chioggia ; 2016\nSette Sarde ; Mazzorbo ; 1990\n\nFratelli Scarpa bring mussels.`)
const spanOf = (name: string) => ({ start: document.text.indexOf(name), end: document.text.indexOf(name) + name.length })
const likeness: Readonly<Record<string, number>> = { 'Da Orsolina': 0.1, 'Al Remo Rotto': 0.7, 'Sette Sarde': 0.7, 'Fratelli Scarpa': 0.2 }
const view: View = { ...NO_VIEW, kind: ({ start, end }, type) => (type === 'Restaurant' ? likeness[document.text.slice(start, end)] : undefined) }

describe('columns', () => {
  const seen = withColumns(view, document, names.map(spanOf), MUTE)

  test('lend each of their cells what the others are', () => {
    expect(seen.kind(spanOf('Da Orsolina'), 'Restaurant')).toBeCloseTo((0.1 + 0.5) / 2)
    expect(seen.kind(spanOf('Al Remo Rotto'), 'Restaurant')).toBeCloseTo((0.7 + 0.5) / 2)
  })

  test('say nothing of what stands outside the table, nor of what nobody looked at', () => {
    expect(seen.kind(spanOf('Fratelli Scarpa'), 'Restaurant')).toBe(0.2)
    expect(seen.kind(spanOf('Da Orsolina'), 'Person')).toBeUndefined()
  })

  test('need three cells', () => {
    const short = segmentedOf('name ; place\nDa Orsolina ; Burano\nAl Remo Rotto ; Chioggia')
    expect(withColumns(view, short, [], MUTE)).toBe(view)
  })

  test('are drawn to the type that their heading names, and away from others', () => {
    const places = ['Burano', 'Da Orsolina'].map(spanOf)
    const alike: View = { ...NO_VIEW, kind: () => 0.5 }
    const above: Readonly<Record<string, readonly string[]>> = { City: ['City', 'Settlement'], Port: ['Port', 'City', 'Settlement'] }
    const headed = withColumns(alike, document, places, { named: (heading) => (heading === 'place' ? ['City'] : []), isA: (type, ancestor) => (above[type] ?? [type]).includes(ancestor) })
    for (const type of ['City', 'Settlement']) expect(headed.kind(places[0]!, type)).toBeGreaterThan(0.9)
    expect(headed.kind(places[0]!, 'Port')).toBe(0.5)
    expect(headed.kind(places[0]!, 'Person')).toBeLessThan(0.1)
    expect(headed.kind(places[1]!, 'City')).toBe(0.5)
  })
})
