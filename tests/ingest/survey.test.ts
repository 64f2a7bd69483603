// What is surveyed and then read by reference is what reading gives, whatever the format, encoding or archive.
import fc from 'fast-check'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSpool, read, type ReadOptions, type ReadResult, readReference, survey } from '../../ingest/index.ts'
import { zipOf } from '../fixtures/zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'graphloom-survey-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const OPTIONS: ReadOptions = { collection: 'test' }
let spools = 0

async function direct(path: string, options = OPTIONS): Promise<ReadResult[]> {
  const results: ReadResult[] = []
  for await (const result of read([path], options)) results.push(result)
  return results
}

async function surveyed(path: string, options = OPTIONS): Promise<ReadResult[]> {
  const results: ReadResult[] = []
  for await (const found of survey([path], { ...options, spool: openSpool(join(folder, `spool-${spools++}`)) })) {
    if (found.status === 'failed') results.push(found)
    else results.push(await readReference(JSON.parse(JSON.stringify(found.reference)), options))
  }
  return results
}

const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

describe('survey and readReference', () => {
  it.each([
    ['lines of JSON', 'a.jsonl', '{"id":"1","text":"Ada joined Acme."}\n\n{"id":"2","text":""}\nnot json\n{"id":"1","text":"Another text."}\n{"id":"1","text":"Ada joined Acme."}\n{"id":"3","text":"\\u200b"}\n{"id":"4","text":"Zürich 🦊 is a city."}'],
    ['lines of JSON with a byte order mark', 'b.jsonl', '\uFEFF{"id":"1","text":"One."}\r\n{"id":"2","text":"Two."}\r\n'],
    ['lines of JSON in UTF-16', 'c.jsonl', Buffer.from('\uFEFF{"id":"1","text":"Größe."}\n{"id":"2","text":"Two."}\n', 'utf16le')],
    ['lines of JSON with a broken one', 'd.jsonl', Buffer.concat([Buffer.from('{"id":"1","text":"One."}\n{"id":"2","text":"'), Buffer.from([0xff, 0xe4]), Buffer.from('"}\n{"id":"3","text":"Three."}\n')])],
    ['rows', 'e.csv', 'id,text\n1,"Ada said ""hello"", then\nleft."\n\n2,Bob stayed.\r\n3,\n4,Zürich is a city.,extra\n'],
    ['rows without a text column, cut by semicolons', 'f.csv', 'name;city\nAda;London\n"Bob; Jr.";Paris\n;\n'],
    ['rows in latin 1', 'g.csv', Buffer.from('id,text\n1,Größe und Maß sind da.\n2,Die Straße ist lang.\n', 'latin1')],
    ['rows with a byte order mark', 'h.csv', '\uFEFFid,text\n1,One text.\n2,Two texts.\n'],
    ['plain text', 'i.txt', 'Ada joined Acme.\n\nShe left.'],
    ['an empty file', 'j.txt', ''],
    ['a binary file', 'k.txt', Buffer.from([0, 1, 2, 3, 255, 0, 9])],
    ['an archive', 'l.zip', zipOf({ 'a/x.txt': 'Ada joined Acme.', 'r.jsonl': '{"id":"1","text":"One."}\n{"id":"2","text":"Two."}\n', 's.csv': 'id,text\n1,One text.\n', '../evil.txt': 'x' })],
  ])('give what reading gives for %s', async (_, name, content) => {
    const path = file(name, content)
    const want = await direct(path)
    expect(want.length).toBeGreaterThan(0)
    expect(await surveyed(path)).toEqual(want)
  })

  it('give what reading gives for any rows', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'B', '7', ' ', '"', ',', ';', '\n', '\r\n', 'é', '🦊'), maxLength: 12 })
    let at = 0
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(30), cell), { minLength: 1, maxLength: 12 }), async (rows) => {
      const path = file(`rows/${at++}.csv`, `id,text\n${rows.map(([id, text]) => `${id},"${text.replaceAll('"', '""')}"`).join('\n')}`)
      expect(await surveyed(path)).toEqual(await direct(path))
    }), { numRuns: 60 })
  })

  it('follow the field map', async () => {
    const path = file('mapped.jsonl', '{"key":"x","body":"Ada joined Acme.","text":"no"}\n')
    const options = { ...OPTIONS, fieldMap: { id: 'key', text: 'body' } }
    expect(await surveyed(path, options)).toEqual(await direct(path, options))
  })

  it('carry no text', async () => {
    for await (const found of survey([file('m.jsonl', '{"id":"1","text":"A secret sentence."}\n')], { ...OPTIONS, spool: openSpool(join(folder, 'none')) })) expect(JSON.stringify(found)).not.toContain('secret')
  })

  it('say that a source was changed in between', async () => {
    const path = file('changing.jsonl', '{"id":"1","text":"One text."}\n{"id":"2","text":"Two texts."}\n')
    const references = []
    for await (const found of survey([path], { ...OPTIONS, spool: openSpool(join(folder, 'none')) })) if (found.status === 'found') references.push(found.reference)
    file('changing.jsonl', '{"id":"9","text":"One text."}\n{"id":"2","text":"Two texts."}\n')
    expect(await readReference(references[0]!, OPTIONS)).toMatchObject({ status: 'failed', failure: { code: 'ingest.changed' } })
    expect(await readReference(references[1]!, OPTIONS)).toMatchObject({ status: 'read', document: { record: '2' } })
  })
})
