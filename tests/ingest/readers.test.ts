import { gzipSync } from 'node:zlib'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import iconv from 'iconv-lite'
import { docxOf } from '../fixtures/docx.ts'
import { pdfOf, type PdfText, wrap } from '../fixtures/pdf.ts'
import { zipOf } from '../fixtures/zip.ts'
import { documentsOf, failuresOf, folderOf, readAll, rowsOf, sentencesOf } from './folder.ts'

async function readOne(name: string, content: Uint8Array | string, fieldMap: Record<string, string> = {}) {
  const results = await readAll([join(folderOf({ [name]: content }), name)], { fieldMap })
  expect(failuresOf(results)).toEqual([])
  return documentsOf(results)[0]!
}

describe('text', () => {
  it.each([
    ['utf8', 'utf-8'], ['utf16-le', 'utf-16le'], ['utf-16be', 'utf-16be'], ['windows-1252', 'windows-1252'], ['windows-1251', 'windows-1251'],
  ])('reads %s', async (encoding, name) => {
    const text = name === 'windows-1251' ? 'Компания была основана в городе на берегу моря. Её директор живёт рядом.' : 'Zoë Müller founded the café “Été” in Málaga. Its façade is naïve.'
    const bytes = iconv.encode(text, encoding, { addBOM: name.startsWith('utf-16') })
    const document = await readOne('a.txt', bytes)
    expect(document.text).toBe(text)
    expect(document.metadata['encoding']).toBe(name)
    expect(document.offsets[0]).toEqual([0, name.startsWith('utf-16') ? document.offsets[0]![1] : 0])
  })

  it('takes the content for what it is, whatever the extension says', async () => {
    expect((await readOne('a.pdf', 'BMW was founded in 1916.')).mediaType).toBe('text/plain')
    expect((await readOne('a.txt', '<!doctype html><p>Hello there</p>')).mediaType).toBe('text/html')
    expect((await readOne('a.txt', '{"text":"one"}\n{"text":"two"}\n')).mediaType).toBe('application/jsonl')
    expect((await readOne('a.txt', pdfOf([[{ text: 'Hello', x: 72, y: 700 }]]))).mediaType).toBe('application/pdf')
    expect((await readOne('a.bin', docxOf([{ text: 'Hello' }]))).mediaType).toContain('wordprocessingml')
  })

  it('reports other languages', async () => {
    expect((await readOne('a.txt', 'Die Firma wurde im Jahr 1990 von zwei Brüdern gegründet und hat ihren Sitz heute in einer kleinen Stadt.')).language).toBe('de')
    expect((await readOne('a.txt', 'The firm was founded in 1990 by two brothers.')).language).toBe('en')
  })
})

describe('HTML', () => {
  const page = `<!doctype html><html lang="en"><head><title>Kestrel - About</title><script>var x = "no"</script></head><body>
    <nav><a href="/">Home</a></nav><div class="cookie">Accept?</div>
    <main><article><header><h1>About Kestrel</h1></header><p>Kestrel&nbsp;Foundry was founded in <b>1990</b> by <a href="#">Ada</a>&#39;s sister.</p>
    <h2>Staff</h2><ol><li>Bo, chair<li>Cy</ol>
    <table><caption>People</caption><tr><th>Name<th>Role<th>Since</tr><tr><td rowspan=2>Ada<td>Head<td>1990</tr><tr><td>Adviser<td>2001</tr></table>
    <table><tr><th>Seat</th><td>Bryn Harbour</td></tr><tr><th>Founded</th><td>1990</td></tr></table></article></main>
    <aside>Ads</aside><footer>(c) 2020</footer></body></html>`

  it('reads the main content, headings and items', async () => {
    const document = await readOne('a.html', page)
    expect(document.title).toBe('About Kestrel')
    expect(document.language).toBe('en')
    expect(sentencesOf(document).slice(0, 5)).toEqual(['About Kestrel', "Kestrel Foundry was founded in 1990 by Ada's sister.", 'Staff', '1. Bo, chair', '2. Cy'])
    expect(document.text).not.toMatch(/Home|Accept|Ads|\(c\)|var x/)
    expect(document.sections.map(section => section.path)).toEqual([['About Kestrel'], ['About Kestrel', 'Staff']])
  })

  it('reads tables as rows with cells under their headings', async () => {
    const rows = rowsOf(await readOne('a.html', page))
    expect(rows[1]).toEqual({ Name: 'Ada', Role: 'Head', Since: '1990' })
    expect(rows[2]).toEqual({ Name: 'Ada', Role: 'Adviser', Since: '2001' })
    expect(rows[4]).toEqual({ 0: 'Founded', Founded: '1990' })
  })

  it('survives a page nested a hundred thousand deep', async () => {
    const document = await readOne('a.html', `<html><body>${'<div>'.repeat(100_000)}Deep down.`)
    expect(document.text).toBe('Deep down.')
  })

  it('takes the encoding from the page', async () => {
    const html = '<html><head><meta charset="iso-8859-2"></head><body><p>Łódź i Kraków są w Polsce</p></body></html>'
    expect((await readOne('a.html', iconv.encode(html, 'iso-8859-2'))).text).toContain('Łódź')
  })
})

it('reads Markdown with front matter, lists, emphasis and tables', async () => {
  const document = await readOne('a.md', '---\ntitle: "The Mill"\nauthor: Jo\n---\n# Mill\n\nThe *old* mill of [Bryn](http://x.y) was\nsold.\n\n- one\n- two\n\n| Name | Year |\n|---|---|\n| Ada | 1990 |\n')
  expect(document.title).toBe('The Mill')
  expect(document.metadata['author']).toBe('Jo')
  expect(sentencesOf(document)).toEqual(['Mill', 'The old mill of Bryn was sold.', '- one', '- two', 'Name | Year', 'Ada | 1990'])
  expect(rowsOf(document)[1]).toEqual({ Name: 'Ada', Year: '1990' })
})

it('reads DOCX with headings, items and tables', async () => {
  const document = await readOne('a.docx', docxOf([{ heading: 'Minutes' }, { text: 'Ada chaired. Bo & Cy came.' }, { heading: 'Next', level: 2 }, { item: 'Paint' }, { table: [['Name', 'Task'], ['Bo', 'Roof']] }]))
  expect(document.title).toBe('Minutes')
  expect(sentencesOf(document)).toEqual(['Minutes', 'Ada chaired.', 'Bo & Cy came.', 'Next', '- Paint', 'Name | Task', 'Bo | Roof'])
  expect(rowsOf(document)[1]).toEqual({ Name: 'Bo', Task: 'Roof' })
  expect(document.sections[1]!.path).toEqual(['Minutes', 'Next'])
})

describe('PDF', () => {
  const left = wrap('The first column tells of the long administration of the harbour and its well-known masters. It goes on for a while so that there are lines enough to see a column.', 220, 10, ['adminis-tration'])
  const right = wrap('The second column begins here and speaks of the new bridge, which nobody had asked for. It ends where the page ends, in the middle of a long and', 220, 10)
  const lines = (texts: readonly string[], x: number, top: number): PdfText[] => texts.map((text, at) => ({ text, x, y: top - at * 12 }))
  const edge = (page: number): PdfText[] => [{ text: 'Harbour Review', x: 72, y: 810, size: 8 }, { text: `Page ${page} of 2`, x: 280, y: 30, size: 8 }]
  const table = [['Name', 'Role', 'Since'], ['Ada Brook', 'Head', '1990'], ['Bo Lind', 'Clerk', '2001']].flatMap((row, r) => row.map((text, c) => ({ text, x: 72 + c * 140, y: 600 - r * 14 })))
  const file = pdfOf([
    [...edge(1), { text: 'Two Columns', x: 72, y: 740, size: 20 }, ...lines(left, 72, 700), ...lines(right, 310, 700)],
    [...edge(2), ...lines(['winding sentence. The last page has a table.'], 72, 700), ...table],
  ], 'A Review')

  it('reads columns in order, joins hyphens, drops running headers, keeps pages', async () => {
    const document = await readOne('a.pdf', file)
    expect(document.title).toBe('A Review')
    expect(sentencesOf(document).slice(0, 6)).toEqual([
      'Two Columns',
      'The first column tells of the long administration of the harbour and its well-known masters.',
      'It goes on for a while so that there are lines enough to see a column.',
      'The second column begins here and speaks of the new bridge, which nobody had asked for.',
      'It ends where the page ends, in the middle of a long and winding sentence.',
      'The last page has a table.',
    ])
    expect(document.text).not.toContain('Harbour Review')
    expect(document.metadata['runningText']).toContain('Harbour Review')
    expect(document.pages.map(page => page.number)).toEqual([1, 2])
    expect(document.text.slice(document.pages[1]!.start)).toMatch(/^winding sentence/)
    expect(document.pages[0]!.end).toBe(document.pages[1]!.start)
  })

  it('reads a table as rows', async () => {
    expect(rowsOf(await readOne('a.pdf', file))[1]).toEqual({ Name: 'Ada Brook', Role: 'Head', Since: '1990' })
  })
})

describe('records', () => {
  it('keeps the text of a JSON line to the character', async () => {
    const text = 'Héading\n\nZoë  said:\t“no”. e\u0301\u00A0…'
    const document = await readOne('a.jsonl', JSON.stringify({ id: 7, title: 'T', text, year: 1990, tags: ['x'] }))
    expect(document).toMatchObject({ text, record: '7', title: 'T', uri: 'a.jsonl', charactersRead: text.length, offsets: [[0, 0]], metadata: { year: '1990' } })
  })

  it('follows the field map, also into nested objects', async () => {
    const document = await readOne('a.jsonl', '{"meta":{"key":"k1"},"text":"no","body":"Yes, this."}', { id: 'meta.key', text: 'body' })
    expect(document).toMatchObject({ record: 'k1', text: 'Yes, this.' })
  })

  it('names a record without id by its content', async () => {
    const document = await readOne('a.jsonl', '{"text":"Hello"}')
    expect(document.record).toBe(document.sha256.slice(0, 16))
  })

  it('says which keys there are when the text is missing, and reads on', async () => {
    const root = folderOf({ 'a.jsonl': '{"id":1,"txt":"a"}\n{bad\n[1]\n{"id":2,"text":" "}\n{"id":3,"text":["a"]}\n\n{"id":4,"text":"Good."}' })
    const results = await readAll([root])
    expect(failuresOf(results).map(failure => [failure.code, failure.record])).toEqual([
      ['ingest.missing-field', '1'], ['ingest.invalid-json', undefined], ['ingest.invalid-json', undefined], ['ingest.empty', '2'], ['ingest.invalid-field', '3'],
    ])
    expect(failuresOf(results)[0]!.reason).toMatch(/line 1: .*id, txt/)
    expect(documentsOf(results).map(document => document.record)).toEqual(['4'])
  })

  it('reads CSV with a text column as records', async () => {
    const results = await readAll([folderOf({ 'a.csv': '\uFEFFID;Title;Body\r\n1;T;"Hello; there.\nYes ""you""."\r\n' })])
    expect(documentsOf(results)[0]).toMatchObject({ record: '1', title: 'T', text: 'Hello; there.\nYes "you".', mediaType: 'text/csv' })
  })

  it('reads CSV without a text column as rows', async () => {
    const results = await readAll([folderOf({ 'a.csv': 'id,Company,Founded,Seat\nx1,Acme,1990,\n' })])
    const document = documentsOf(results)[0]!
    expect(document.text).toBe('Company: Acme | Founded: 1990')
    expect(rowsOf(document)).toEqual([{ Company: 'Acme', Founded: '1990' }])
    expect(document.record).toBe('x1')
  })

  it('yields a repeated record once, and refuses the same id with other content', async () => {
    const repeated: unknown[] = []
    const line = '{"id":"1","text":"Same."}\n'
    const results = await readAll([folderOf({ 'a.jsonl': `${line}${line}{"id":"1","text":"Another."}\n` })], { repeated: record => repeated.push(record) })
    expect(documentsOf(results)).toHaveLength(1)
    expect(failuresOf(results)).toMatchObject([{ code: 'ingest.duplicate-record', record: '1' }])
    expect(repeated).toEqual([{ uri: 'a.jsonl', record: '1' }])
  })

  it.each([['a file', (text: string) => ({ 'a.jsonl': text })], ['an archive, which streams by,', (text: string) => ({ 'a.jsonl.gz': gzipSync(text) })]])('takes the same of several contents under one id from %s, whatever the order of the lines', async (_, filesOf) => {
    const lines = ['One.', 'Two.', 'Three.', 'Four.', 'Five.'].map(text => JSON.stringify({ id: '1', text })).concat('{"id":"2","text":"Alone."}')
    const outcomes = await Promise.all([lines, [...lines].reverse(), [...lines.slice(3), ...lines.slice(0, 3)]].map(async order => {
      const results = await readAll([folderOf(filesOf(order.join('\n')))])
      const last = new Map(documentsOf(results).map(document => [document.record, document.text]))
      expect(failuresOf(results)).toHaveLength(4)
      return [...last].sort()
    }))
    expect(outcomes[0]).toHaveLength(2)
    expect(outcomes[1]).toEqual(outcomes[0])
    expect(outcomes[2]).toEqual(outcomes[0])
  })
})

it('gives the same documents from a zip, a tar.gz and a gzip as from the files', async () => {
  const line = '{"id":"1","text":"Same."}\n'
  const root = folderOf({ 'z.zip': zipOf({ 'b/a.jsonl': line, 'c.docx': docxOf([{ text: 'Inside.' }]) }), 'a.jsonl.gz': gzipSync(line) })
  const documents = documentsOf(await readAll([root]))
  expect(documents.map(document => [document.uri, document.text])).toEqual([['a.jsonl.gz!/a.jsonl', 'Same.'], ['z.zip!/b/a.jsonl', 'Same.'], ['z.zip!/c.docx', 'Inside.']])
})
