import fc from 'fast-check'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openEncoders } from '../../../extract/encoders/index.ts'
import { encodeMarked, judgeMarked, type Marked } from '../../../extract/prototypes/index.ts'

const { relations: encoder, close } = await openEncoders({ models: fileURLToPath(new URL('../../../models', import.meta.url)), device: 'cpu', workers: 2 })
afterAll(close)

const text = 'In March 2019 the board of Northwind Traders, chaired by Maria Silva, agreed that Contoso Ltd of Porto would supply the plant in Aveiro until 2024.'
const names = ['Northwind Traders', 'Maria Silva', 'Contoso Ltd', 'Porto', 'Aveiro', '2024', 'March 2019', 'board']
const mark = (within: string, head: string, tail: string): Marked => {
  const span = (name: string) => ({ start: within.indexOf(name), end: within.indexOf(name) + name.length })
  return { text: within, head: span(head), tail: span(tail) }
}
const pairs = names.flatMap((head) => names.filter((tail) => tail !== head).map((tail) => mark(text, head, tail)))
const largest = (a: Float32Array, b: Float32Array): number => a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k]!)), 0)

describe('packed windows', () => {
  test('give each pair the vector that it has alone, whatever pairs share its window', async () => {
    const packed = await encodeMarked(pairs, encoder)
    const alone = (await Promise.all(pairs.map((pair) => encodeMarked([pair], encoder)))).flat()
    packed.forEach((vector, k) => expect(largest(vector, alone[k]!)).toBeLessThan(1e-4))
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(pairs.map((_, k) => k), { minLength: 1 }), async (chosen) => {
      const some = await encodeMarked(chosen.map((k) => pairs[k]!), encoder)
      some.forEach((vector, at) => expect(largest(vector, packed[chosen[at]!]!)).toBeLessThan(1e-4))
    }), { numRuns: 10 })
  })

  test('tell the two directions of a pair apart', async () => {
    const [there, back] = await encodeMarked([mark(text, 'Contoso Ltd', 'Aveiro'), mark(text, 'Aveiro', 'Contoso Ltd')], encoder)
    expect(largest(there!, back!)).toBeGreaterThan(0.01)
  })

  test('show both ends of a pair that no window of the model holds, and the middle of long texts', async () => {
    const filler = 'The minutes record nothing else of note on that day. '.repeat(120)
    const long = `Ada Lovelace spoke first. ${filler}Grace Hopper met Alan Turing. ${filler}Acme Corp was named last.`
    const [near, far] = await encodeMarked([mark(long, 'Grace Hopper', 'Alan Turing'), mark(long, 'Ada Lovelace', 'Acme Corp')], encoder)
    for (const vector of [near!, far!]) expect(vector.some((value) => value !== 0)).toBe(true)
    // What stands beside the pair counts; what stands far away does not.
    const [beside] = await encodeMarked([mark(long.replace('Hopper met Alan', 'Hopper sued Alan'), 'Grace Hopper', 'Alan Turing')], encoder)
    const [away] = await encodeMarked([mark(long.replace('Corp was named', 'Corp was sold'), 'Grace Hopper', 'Alan Turing')], encoder)
    expect(largest(near!, beside!)).toBeGreaterThan(0.01)
    expect(largest(near!, away!)).toBeLessThan(1e-6)
  })

  test('have no vector for an end without a piece', async () => {
    const [vector] = await encodeMarked([{ text: 'Ada \u0000 Acme', head: { start: 0, end: 3 }, tail: { start: 4, end: 4 } }], encoder)
    expect(vector!.every((value) => value === 0)).toBe(true)
  })
})

describe('verdicts', () => {
  const claim = 'person ; company : chairs ; the head leads the board of the tail'
  const asked = (head: string, tail: string, said = claim) => ({ marked: mark(text, head, tail), claim: said })

  test('are the same whatever else is asked of the text', async () => {
    const all = pairs.map((marked) => ({ marked, claim }))
    const packed = await judgeMarked(all, encoder)
    const alone = (await Promise.all(all.map((each) => judgeMarked([each], encoder)))).flat()
    packed.forEach((verdict, k) => expect(Math.abs(verdict - alone[k]!)).toBeLessThan(1e-3))
  })

  test('hang on the pair and on the claim', async () => {
    const [stated, reversed, other] = await judgeMarked([asked('Maria Silva', 'Northwind Traders'), asked('Contoso Ltd', 'Northwind Traders'), asked('Maria Silva', 'Northwind Traders', 'person ; company : was dismissed by ; the tail sent the head away')], encoder)
    expect(stated!).toBeGreaterThan(reversed!)
    expect(stated!).toBeGreaterThan(other!)
  })

  test('are clearly no for an end without a piece, and are given for texts and claims of any length', async () => {
    const nothing = { text: 'Ada \u0000 Acme', head: { start: 0, end: 3 }, tail: { start: 4, end: 4 } }
    const long = mark(`${'The minutes record nothing else of note. '.repeat(200)}${text}`, 'Maria Silva', 'Northwind Traders')
    const [none, far] = await judgeMarked([{ marked: nothing, claim }, { marked: long, claim: `${claim} `.repeat(40) }], encoder)
    expect(none).toBeLessThan(-6)
    expect(Number.isFinite(far)).toBe(true)
  })
})
