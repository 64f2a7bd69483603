import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import tar from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { docxOf } from '../fixtures/docx.ts'
import { pdfOf } from '../fixtures/pdf.ts'
import { zipOf } from '../fixtures/zip.ts'
import { documentsOf, failuresOf, folderOf, readAll } from './folder.ts'

const GOOD = { 'zz-good.txt': 'The last file is read all the same.' }
const PDF = pdfOf([[{ text: 'Hello there.', x: 72, y: 700 }]])

/** Reads the hostile files beside a good one, which must be read; gives `[uri, code]` of the failures. */
async function failuresBeside(files: Record<string, Uint8Array | string>, limits = {}): Promise<[string, string][]> {
  const results = await readAll([folderOf({ ...files, ...GOOD })], { limits })
  expect(documentsOf(results).map(document => document.uri)).toContain('zz-good.txt')
  for (const failure of failuresOf(results)) expect(failure.reason.length).toBeGreaterThan(10)
  return failuresOf(results).map(failure => [failure.uri, failure.code])
}

/** Bytes that something still refers to: what the process has taken says when memory was last collected, too. */
function held(): number {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

async function tarOf(members: readonly [name: string, content: string][]): Promise<Buffer> {
  const pack = tar.pack()
  for (const [name, content] of members) pack.entry({ name, mtime: new Date(0) }, content)
  pack.finalize()
  const pieces: Uint8Array[] = []
  for await (const piece of pack) pieces.push(piece as Uint8Array)
  return Buffer.concat(pieces)
}

describe('a bad file is a reason and stops nobody else', () => {
  it.each<[string, string, Uint8Array | string, string]>([
    ['an empty file', 'a.txt', '', 'ingest.empty'],
    ['a blank file', 'a.txt', ' \n\t\n', 'ingest.empty'],
    ['an empty JSON Lines file', 'a.jsonl', '\n\n', 'ingest.empty'],
    ['a CSV of one heading row', 'a.csv', 'id,text\n', 'ingest.empty'],
    ['binary content named .txt', 'a.txt', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) % 256)), 'ingest.binary'],
    ['a picture named .txt', 'a.txt', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'), 'ingest.unsupported'],
    ['a truncated PDF', 'a.pdf', PDF.subarray(0, PDF.length - 200), 'ingest.damaged'],
    ['a PDF of nothing but a head', 'a.pdf', '%PDF-1.7\n%%EOF', 'ingest.damaged'],
    ['a PDF without text', 'a.pdf', pdfOf([[]]), 'ingest.no-text'],
    ['a truncated zip', 'a.zip', zipOf({ 'b.txt': 'x' }).subarray(0, 40), 'ingest.damaged'],
    ['a truncated DOCX', 'a.docx', docxOf([{ text: 'x' }]).subarray(0, 900), 'ingest.damaged'],
    ['a spreadsheet', 'a.xlsx', zipOf({ 'xl/workbook.xml': '<x/>' }), 'ingest.unsupported'],
    ['a truncated gzip', 'a.gz', gzipSync('hello '.repeat(100)).subarray(0, 15), 'ingest.damaged'],
    ['JSON that is no JSON Lines', 'a.json', '{\n "a": 1\n}\n', 'ingest.unsupported'],
    ['text in UTF-8 with broken bytes in JSON Lines', 'a.jsonl', Buffer.from('7b2274657874223a22636166e9227d0a', 'hex'), 'ingest.encoding'],
  ])('%s', async (_, name, content, code) => {
    const failures = await failuresBeside({ [name]: content })
    expect(failures.map(([, found]) => found)).toEqual([code])
  })

  it('a CSV with an open quote keeps the rows before it', async () => {
    const results = await readAll([folderOf({ 'a.csv': 'id,text\n1,Fine.\n2,"open\n3,lost\n' })])
    expect(documentsOf(results).map(document => document.record)).toEqual(['1'])
    expect(failuresOf(results)).toMatchObject([{ code: 'ingest.invalid-csv' }])
  })

  it('a path that leads nowhere', async () => {
    expect(failuresOf(await readAll(['/nowhere/at/all', '/nowhere/*.txt'])).map(failure => failure.code)).toEqual(['ingest.not-found', 'ingest.not-found'])
  })
})

describe('archives', () => {
  it('stop at the unpacking ratio', async () => {
    const bomb = zipOf({ 'bomb.txt': Buffer.alloc(40 * 2 ** 20, 'a') })
    expect(bomb.length).toBeLessThan(100_000)
    expect(await failuresBeside({ 'a.zip': bomb })).toEqual([['a.zip!/bomb.txt', 'ingest.archive-limit']])
    expect(await failuresBeside({ 'a.docx': zipOf({ 'word/document.xml': Buffer.alloc(40 * 2 ** 20, 'a') }) })).toEqual([['a.docx', 'ingest.archive-limit']])
    expect(await failuresBeside({ 'a.gz': gzipSync(Buffer.alloc(40 * 2 ** 20, 'a')) })).toEqual([['a.gz!/a', 'ingest.archive-limit']])
  })

  it('stop at the number of entries and at the total size', async () => {
    const many = zipOf(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.txt`, 'Hello.'])))
    expect(await failuresBeside({ 'a.zip': many }, { archiveEntries: 10 })).toEqual([['a.zip', 'ingest.archive-limit']])
    expect(await failuresBeside({ 'a.zip': zipOf({ 'a.txt': 'Hello.', 'b.txt': 'Hello again.' }) }, { archiveBytes: 10 })).toEqual([['a.zip!/b.txt', 'ingest.archive-limit']])
  })

  it('stop at the depth, as a cyclic one never ends', async () => {
    let nested = zipOf({ 'core.txt': 'At the bottom.' })
    for (let i = 0; i < 6; i++) nested = zipOf({ 'in.zip': nested, 'note.txt': `Level ${i} is read.` })
    const results = await readAll([folderOf({ 'a.zip': nested })])
    expect(failuresOf(results)).toMatchObject([{ uri: 'a.zip!/in.zip!/in.zip!/in.zip', code: 'ingest.archive-limit' }])
    expect(documentsOf(results)).toHaveLength(3)
  })

  it('never use a member name as a path', async () => {
    const members = { '../out.txt': 'Out.', '/etc/x.txt': 'Out.', 'a\\..\\..\\b.txt': 'Out.', 'C:/x.txt': 'Out.', "it's \"quoted\" & <odd>.txt": 'Fine.', '.hidden': 'no', 'ok/..dots.txt': 'no', 'ok/a..b.txt': 'Fine too.' }
    const results = await readAll([folderOf({ 'a.zip': zipOf(members), 'b.tar.gz': gzipSync(await tarOf([['../out.txt', 'Out.'], ['./in.txt', 'In.']])) })])
    expect(failuresOf(results).map(failure => [failure.uri, failure.code])).toEqual([
      ['a.zip!/../out.txt', 'ingest.unsafe-name'], ['a.zip!//etc/x.txt', 'ingest.unsafe-name'], ['a.zip!/C:/x.txt', 'ingest.unsafe-name'], ['a.zip!/a/../../b.txt', 'ingest.unsafe-name'], ['b.tar.gz!/../out.txt', 'ingest.unsafe-name'],
    ])
    expect(documentsOf(results).map(document => document.uri)).toEqual(['a.zip!/it\'s "quoted" & <odd>.txt', 'a.zip!/ok/a..b.txt', 'b.tar.gz!/in.txt'])
  })

  it('read on after a member that cannot be read', async () => {
    const archive = gzipSync(await tarOf([['a.bin', '\0\x01\x02'.repeat(50_000)], ['b.txt', 'Still here.']]))
    const results = await readAll([folderOf({ 'a.tgz': archive })])
    expect(results.map(result => result.status)).toEqual(['failed', 'read'])
  })
})

describe('large sources', () => {
  async function* lines(count: number, long: number): AsyncIterable<Uint8Array> {
    const block = Buffer.from(Array.from({ length: 100 }, (_, i) => `{"text":"Record ${i} of a block was written by Ada Brook in Bryn Harbour."}\n`).join(''))
    yield block
    yield Buffer.from('{"text":"')
    for (let i = 0; i < long; i++) yield Buffer.alloc(2 ** 20, 0x61)
    yield Buffer.from('"}\n{"text":"After the long line."}\n')
    for (let i = 1; i < count; i++) yield block
  }

  it('a line of 50 MB is a failed record with its number, and the rest goes on', async () => {
    const results = await readAll(['-'], { stdin: lines(1, 50) })
    expect(failuresOf(results)).toMatchObject([{ uri: 'stdin', code: 'ingest.too-large', reason: expect.stringContaining('line 101') }])
    expect(documentsOf(results).at(-1)!.text).toBe('After the long line.')
  })

  it.each([40_000, 100_000])('a nameless stream of lines of %i characters is JSON Lines all the same', async (length) => {
    async function* long(): AsyncIterable<Uint8Array> {
      for (let i = 0; i < 3; i++) yield Buffer.from(`${JSON.stringify({ id: String(i), text: `${i} boats came. `.repeat(length / 14) })}\n`)
    }
    expect(documentsOf(await readAll(['-'], { stdin: long() })).map(document => document.record)).toEqual(['0', '1', '2'])
  })

  it('hold nothing but the line at hand', async () => {
    let most = 0
    let repeated = 0
    let piece = 0
    const before = held()
    const watched = async function* () {
      for await (const bytes of lines(1_000, 200)) {
        if (++piece % 20 === 0) most = Math.max(most, held() - before)
        yield bytes
      }
    }
    await readAll(['-'], { stdin: watched(), repeated: () => repeated++ })
    expect(repeated).toBe(99_900)
    // Twice what a line may have, a third of what this one has.
    expect(most).toBeLessThan(64 * 2 ** 20)
  })

  it('a file that must be held whole has its limit', async () => {
    expect(await failuresBeside({ 'a.txt': 'Long text. '.repeat(100) }, { fileBytes: 1_000 })).toEqual([['a.txt', 'ingest.too-large']])
  })
})

it('follows links once, so a circle of folders ends', async () => {
  const root = folderOf({ 'a/x.txt': 'Only once.' })
  symlinkSync(root, join(root, 'a', 'loop'))
  symlinkSync(join(root, 'a', 'x.txt'), join(root, 'y.txt'))
  const results = await readAll([root, join(root, 'a')])
  expect(documentsOf(results)).toHaveLength(1)
})
