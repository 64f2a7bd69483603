import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markExample, readMarked, readRow } from '../../ontology/example.ts'
import { loadExamples, withExamples } from '../../ontology/index.ts'
import { COMPANIES, ontologyOf } from './fixtures.ts'

async function written(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'examples-')), 'e.jsonl')
  await writeFile(path, text)
  return path
}

const owns = { relation: 'OWNS', text: 'Ada owns Acme.', head: [0, 3], tail: [9, 13], negative: false } as const

describe('a file of examples', () => {
  it('is read with the place of each row; blank lines and a byte order mark do not matter', async () => {
    const path = await written(`\uFEFF${JSON.stringify(owns)}\r\n\n{"relation":"OWNS","text":"<h>Ada</h> met <t>Acme</t>.","negative":true}\n`)
    expect(await loadExamples(path)).toEqual([
      { ...owns, file: path, line: 1 },
      { relation: 'OWNS', text: 'Ada met Acme.', head: [0, 3], tail: [8, 12], negative: true, file: path, line: 3 },
    ])
  })

  it('names every bad line at once', async () => {
    const rows = ['{', '[]', '{"relation":"OWNS","texts":"x"}', '{"relation":"OWNS","text":"Ada","head":[0,3],"tail":[2,9]}', '{"relation":"OWNS","text":"Ada x","head":[0,3],"tail":[3,3]}',
      '{"relation":"OWNS","text":"Ada x","head":[0,3],"tail":[0.5,3]}', '{"relation":"OWNS","text":"Ada x","head":[0,3],"tail":[0,3]}', '{"text":"Ada x","head":[0,3],"tail":[4,5]}', '{"relation":"OWNS"}', '{"relation":"OWNS","text":"a b","head":[0,1],"tail":[2,3],"negative":"no"}']
    const path = await written(rows.join('\n'))
    const error = (await loadExamples(path).catch((thrown: unknown) => thrown)) as Error
    expect(error).toMatchObject({ code: 'ontology.bad-example' })
    expect(error.message.split('\n').map((line) => line.slice(0, line.indexOf(': error')))).toEqual(rows.map((_, index) => `${path}:${index + 1}`))
    expect(error.message).toContain('Unknown key "texts". Did you mean "text"?')
  })

  it('adds to the ontology, once each, and changes nothing else', async () => {
    const ontology = await ontologyOf(COMPANIES)
    const extended = withExamples(ontology, [{ ...owns }, { ...owns }, { ...owns, negative: true }])
    expect(extended.relations['OWNS']!.examples).toEqual([owns])
    expect(extended.relations['OWNS']!.negatives).toEqual([{ ...owns, negative: true }])
    expect({ ...extended.relations, OWNS: ontology.relations['OWNS'] }).toEqual(ontology.relations)
    expect(withExamples(extended, [owns])).toEqual(extended)
  })

  it('names the line and the nearest relation where one is unknown', async () => {
    const path = await written(`${JSON.stringify(owns)}\n${JSON.stringify({ ...owns, relation: 'OWN' })}\n`)
    const ontology = await ontologyOf(COMPANIES)
    const examples = await loadExamples(path)
    expect(() => withExamples(ontology, examples)).toThrow(`${path}:2: error: Unknown relation "OWN". Did you mean "OWNS"?`)
    expect(() => withExamples(ontology, [{ ...owns, relation: 'toString' }])).toThrow('Unknown relation "toString"')
  })
})

describe('a marked sentence', () => {
  it.each([
    ['<t>Acme</t> hired <h>Ada</h>', 'Acme hired Ada', [11, 14], [0, 4]],
    ['<h>University of <t>Oslo</t></h>', 'University of Oslo', [0, 18], [14, 18]],
    ['𝔸 <h>é</h> < <t>b</t>', '𝔸 é < b', [3, 4], [7, 8]],
  ])('gives offsets into the text without marks: %s', (marked, text, head, tail) => {
    expect(readMarked(marked, 'R', false)).toEqual({ example: { relation: 'R', text, head, tail, negative: false } })
  })

  it.each(['no marks', '<h>a</h>', '</h>a<h> <t>b</t>', '<h> </h><t>b</t>', '<h><t>a</t></h>'])('is refused: %s', (marked) => {
    expect(readMarked(marked, 'R', false)).toHaveProperty('problem')
  })

  it('is what an example is written as, and reads back the same', () => {
    const spans = fc.tuple(fc.string({ minLength: 2, maxLength: 30 }), fc.nat(), fc.nat(), fc.nat(), fc.nat())
    fc.assert(fc.property(spans, ([text, a, b, c, d]) => {
      const range = (x: number, y: number): [number, number] => [Math.min(x, y) % text.length, (Math.max(x, y) % text.length) + 1]
      const row = readRow({ relation: 'R', text, head: range(a, b), tail: range(c, d) })
      if (!('example' in row)) return
      const marked = markExample(row.example)
      if (marked !== undefined) expect(readMarked(marked, 'R', false)).toEqual(row)
    }))
    expect(markExample({ ...owns })).toBe('<h>Ada</h> owns <t>Acme</t>.')
    expect(markExample({ ...owns, text: 'University of Oslo', head: [0, 18], tail: [14, 18] })).toBe('<h>University of <t>Oslo</t></h>')
  })
})
