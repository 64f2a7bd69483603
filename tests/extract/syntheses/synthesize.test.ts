import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLiterals } from '../../../extract/mentions/index.ts'
import { type Ask, synthesize } from '../../../extract/syntheses/index.ts'
import { withExamples } from '../../../ontology/index.ts'
import { ontology } from './ontology.ts'

const of = async (relation: string, count = 30, seed = 1) => (await synthesize(ontology, { count, seed, relations: [relation] })).examples
const shown = ({ text, head, tail }: { text: string; head: readonly [number, number]; tail: readonly [number, number] }) => ({ text, head: text.slice(...head), tail: text.slice(...tail) })

describe('synthesis without a server', () => {
  it('gives statements and negatives in the proportion of six to four', async () => {
    const { counts } = await synthesize(ontology, { count: 20, seed: 1, relations: ['EMPLOYED_BY'] })
    expect(counts).toMatchObject([{ relation: 'EMPLOYED_BY', statements: 12, negatives: 8, nameless: [] }])
  })

  it('gives the same rows for the same seed and other rows for another', async () => {
    expect(await of('EMPLOYED_BY', 20, 7)).toEqual(await of('EMPLOYED_BY', 20, 7))
    expect(await of('EMPLOYED_BY', 20, 7)).not.toEqual(await of('EMPLOYED_BY', 20, 8))
  })

  it('writes rows that the examples file takes back', async () => {
    const { examples } = await synthesize(ontology, { count: 20, seed: 1 })
    expect(examples.length).toBeGreaterThan(80)
    const extended = withExamples(ontology.ontology, examples)
    expect(Object.values(extended.relations).reduce((sum, { examples: e, negatives: n }) => sum + e.length + n.length, 0)).toBe(examples.length + 6)
  })

  it('marks ends that stand apart in the text, whatever the seed and the number', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 40 }), async (seed, count) => {
      const { examples, counts } = await synthesize(ontology, { count, seed })
      for (const { text, head, tail } of examples) {
        expect(text.slice(...head).trim()).not.toBe('')
        expect(text.slice(...tail).trim()).not.toBe('')
        expect(head[1] <= tail[0] || tail[1] <= head[0]).toBe(true)
        expect(text).not.toMatch(/[‹›]|undefined/)
      }
      expect(counts.every(({ statements, negatives }) => statements + negatives <= count)).toBe(true)
      expect(new Set(examples.map((example) => JSON.stringify(example))).size).toBe(examples.length)
    }), { numRuns: 15 })
  })

  it('repeats none of the user\'s own sentences', async () => {
    const own = Object.values(ontology.ontology.relations).flatMap(({ examples, negatives }) => [...examples, ...negatives]).map(({ text }) => text)
    const { examples } = await synthesize(ontology, { count: 40, seed: 3 })
    expect(examples.filter(({ text }) => own.includes(text))).toEqual([])
  })

  it('exchanges every occurrence of a name in an example, and its article', async () => {
    const rows = (await of('EMPLOYED_BY', 60)).map(shown)
    const swapped = rows.filter(({ text }) => text.includes('after her studies'))
    expect(swapped.length).toBeGreaterThan(0)
    for (const { text, head, tail } of swapped) {
      expect(text).toBe(`${head} joined ${tail} after her studies; ${tail} was small then.`)
      expect(head).not.toBe('Ada Lovelace')
    }
  })

  it('leaves an example alone where part of an old name would stay behind', async () => {
    expect((await of('EMPLOYED_BY', 60)).filter(({ text }) => text.includes('an Acme badge') && !text.includes('Acme Corp'))).toEqual([])
  })

  it('says aliases of the other voice with the ends exchanged', async () => {
    const rows = (await of('OWNS', 60)).filter(({ negative }) => !negative).map(shown)
    const passive = rows.filter(({ text }) => text.includes('owned by'))
    expect(passive.length).toBeGreaterThan(0)
    for (const { text, head, tail } of passive) expect(text.indexOf(tail)).toBeLessThan(text.indexOf(head))
  })

  it('has the exchanged direction among the negatives, unless the relation is symmetric', async () => {
    const plain = (await of('OWNS', 60)).filter(({ negative }) => negative).map(shown)
    expect(plain.some(({ text, head, tail }) => text.includes(`${tail} owns ${head}`) || text.includes(`${head} is owned by ${tail}`))).toBe(true)
    const symmetric = (await of('PARTNER', 60)).filter(({ negative }) => negative).map(shown)
    expect(symmetric.some(({ text, head, tail }) => text.includes(`${tail} is the partner of ${head}.`))).toBe(false)
  })

  it('takes names of a type from the user\'s examples where the type gives no others', async () => {
    const names = new Set((await of('CALLS', 30)).map(shown).flatMap(({ head, tail }) => [head, tail]))
    expect([...names].sort()).toEqual(['order-api', 'stock-api', 'user-db', 'web-api'])
  })

  it('writes literal tails that the extractor itself reads as that kind', async () => {
    for (const [relation, kind] of [['FOUNDED_ON', 'date'], ['WEIGHS', 'quantity']] as const) {
      const rows = await of(relation, 30)
      expect(rows.length).toBeGreaterThan(15)
      for (const { text, tail } of rows) expect(findLiterals(text, { start: 0, end: text.length }).some((found) => found.kind === kind && found.start >= tail[0] && found.end <= tail[1])).toBe(true)
    }
  })

  it('writes a day after on, and a month or year after in', async () => {
    for (const { text, tail } of await of('FOUNDED_ON', 60)) {
      const [before, date] = [text.slice(0, tail[0]), text.slice(...tail)]
      if (/\b[Oo]n $/.test(before)) expect(date).toMatch(/\d{1,2} \p{Lu}|\p{Lu}\p{Ll}+ \d{1,2},|-\d\d-/u)
      if (/\b[Ii]n $/.test(before)) expect(date).toMatch(/^(?:\p{Lu}\p{Ll}+ )?\d{4}$/u)
    }
  })

  it('says for which types no name is known, and makes nothing up for them', async () => {
    const { examples, counts } = await synthesize(ontology, { count: 20, seed: 1, relations: ['FEELS'] })
    expect(examples).toEqual([])
    expect(counts[0]?.nameless).toEqual(['Mood'])
  })
})

describe('synthesis with a server', () => {
  const answer = (rows: readonly unknown[]): Ask => async () => JSON.stringify(rows)
  const row = (text: string, head: string, tail: string, more = {}) => ({ text, head, head_type: 'Person', tail, tail_type: 'Company', negative: false, ...more })
  const ask = async (rows: readonly unknown[]) => (await synthesize(ontology, { count: 10, seed: 1, relations: ['EMPLOYED_BY'], ask: answer(rows) })).counts[0]!

  it('prefers rows of the server and fills up with its own', async () => {
    const { examples, counts } = await synthesize(ontology, { count: 10, seed: 1, relations: ['EMPLOYED_BY'], ask: answer([row('Wanda Prill keeps the books of Hox Paints.', 'Wanda Prill', 'Hox Paints')]) })
    expect(examples[0]).toEqual({ relation: 'EMPLOYED_BY', text: 'Wanda Prill keeps the books of Hox Paints.', head: [0, 11], tail: [31, 41], negative: false })
    expect(counts[0]).toMatchObject({ statements: 6, negatives: 4, sources: { server: 1 } })
  })

  it.each([
    ['head-not-in-text', row('Wanda keeps the books of Hox Paints.', 'Wanda Prill', 'Hox Paints')],
    ['tail-not-in-text', row('Wanda Prill keeps the books of Hoxton.', 'Wanda Prill', 'Hox')],
    ['ends-overlap', row('Everybody knows Wanda Prill Paints by now.', 'Wanda Prill', 'Prill Paints')],
    ['head-type', row('Wanda Prill keeps the books of Hox Paints.', 'Wanda Prill', 'Hox Paints', { head_type: 'Company' })],
    ['tail-type', row('Wanda Prill keeps the books of Hox Paints.', 'Wanda Prill', 'Hox Paints', { tail_type: 'Planet' })],
    ['head-type', row('Acme Corp keeps the books of Hox Paints.', 'Acme Corp', 'Hox Paints')],
    ['marked', row('<h>Wanda Prill</h> keeps the books of Hox Paints.', 'Wanda Prill', 'Hox Paints')],
    ['too-short', row('Wanda Prill', 'Wanda', 'Prill')],
    ['too-long', row(`Wanda Prill keeps the books of Hox Paints${' and so on'.repeat(80)}.`, 'Wanda Prill', 'Hox Paints')],
    ['not-json', { sentence: 'Wanda Prill keeps the books of Hox Paints.' }],
    ['not-json', 'Wanda Prill keeps the books of Hox Paints.'],
  ])('drops a row with the reason %s', async (reason, bad) => {
    const counts = await ask([bad])
    expect(counts.dropped[reason as 'marked']).toBeGreaterThan(0)
    expect(counts.sources.server).toBeUndefined()
  })

  it('drops what differs from an earlier row by a word', async () => {
    const text = (verb: string) => row(`Wanda Prill ${verb} the books and the keys of the old mill by the river all year for Hox Paints.`, 'Wanda Prill', 'Hox Paints')
    expect(await ask([text('keeps'), text('holds')])).toMatchObject({ sources: { server: 1 }, dropped: { 'near-duplicate': expect.any(Number) } })
  })

  it.each([
    ['a fenced array', (rows: string) => `Here you are:\n\`\`\`json\n${rows}\n\`\`\`\nAnything else?`],
    ['an array between words', (rows: string) => `Sure. ${rows} Done.`],
    ['an object that holds the array', (rows: string) => `{"items": ${rows}}`],
    ['JSON Lines', (rows: string) => (JSON.parse(rows) as unknown[]).map((one) => JSON.stringify(one)).join('\n')],
  ])('reads %s', async (_, wrap) => {
    const rows = JSON.stringify([row('Wanda Prill keeps the books of Hox Paints.', 'Wanda Prill', 'Hox Paints'), row('At Hox Paints they still laugh about what Wanda Prill wore.', 'Wanda Prill', 'Hox Paints', { negative: true })])
    const { counts } = await synthesize(ontology, { count: 10, seed: 1, relations: ['EMPLOYED_BY'], ask: async () => wrap(rows) })
    expect(counts[0]?.sources.server).toBe(2)
  })

  it('stops asking when a server only talks', async () => {
    let asked = 0
    const { counts } = await synthesize(ontology, { count: 20, seed: 1, relations: ['FEELS'], ask: async () => { asked += 1; return 'I would rather not.' } })
    expect(asked).toBe(5)
    expect(counts[0]?.dropped['not-json']).toBe(5)
  })
})
