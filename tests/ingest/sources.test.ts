import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { documentId, sources } from '../../ingest/index.ts'
import { splitLines } from '../../ingest/readers/lines.ts'
import { documentsOf, folderOf, readAll } from './folder.ts'

async function urisOf(paths: readonly string[]): Promise<string[]> {
  const uris: string[] = []
  for await (const source of sources(paths)) uris.push(source.uri)
  return uris
}

it('names files relative to the folder, a single file by its name, a match by the fixed part of its glob', async () => {
  const root = folderOf({ 'b.txt': 'b', 'a/c.txt': 'c', 'a/d.md': 'd', '.hidden': 'h', "it's.txt": 'q' })
  expect(await urisOf([root])).toEqual(['a/c.txt', 'a/d.md', 'b.txt', "it's.txt"])
  expect(await urisOf([`${root}/`])).toEqual(['a/c.txt', 'a/d.md', 'b.txt', "it's.txt"])
  expect(await urisOf([join(root, 'a', 'c.txt')])).toEqual(['c.txt'])
  expect(await urisOf([join(root, '**/*.txt')])).toEqual(['a/c.txt', 'b.txt', "it's.txt"])
})

it('lists a file once, however often it is named', async () => {
  const root = folderOf({ 'a.txt': 'a' })
  expect(await urisOf([root, join(root, 'a.txt'), join(root, '*.txt')])).toEqual(['a.txt'])
})

it('tells files of one name apart by the folder they have in common', async () => {
  const root = folderOf({ 'x/a.txt': 'a', 'y/a.txt': 'b', 'y/c.txt': 'c' })
  expect(await urisOf([join(root, 'x'), join(root, 'y')])).toEqual(['c.txt', 'x/a.txt', 'y/a.txt'])
})

it('takes a file whose name looks like a pattern as the file', async () => {
  const root = folderOf({ 'a[1].txt': 'a' })
  expect(await urisOf([join(root, 'a[1].txt')])).toEqual(['a[1].txt'])
})

it('gives the same documents in any order of the arguments', async () => {
  const root = folderOf({ 'x/a.txt': 'One here.', 'y/b.txt': 'Two here.', 'z.jsonl': '{"text":"Three."}\n{"text":"Four."}' })
  const paths = [join(root, 'x'), join(root, 'y'), join(root, 'z.jsonl')]
  expect(documentsOf(await readAll(paths))).toEqual(documentsOf(await readAll([...paths].reverse())))
})

it('splits lines wherever the pieces are cut', async () => {
  const text = fc.array(fc.constantFrom('', 'a', 'bc', 'é', 'x'.repeat(30)), { maxLength: 12 }).map(lines => lines.join('\n'))
  await fc.assert(fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (content, size) => {
    const bytes = Buffer.from(content)
    async function* pieces() {
      for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
    }
    const lines: (string | number)[] = []
    for await (const line of splitLines(pieces(), 20)) lines.push(line.bytes === undefined ? line.length : Buffer.from(line.bytes).toString())
    const expected = content.split('\n').map(line => (Buffer.byteLength(line) > 20 ? Buffer.byteLength(line) : line))
    if (expected.at(-1) === '') expected.pop()
    expect(lines).toEqual(expected)
  }))
})

it('makes ids that tell collection, uri and record apart', () => {
  const ids = [documentId('a', 'b'), documentId('a', 'b', 'c'), documentId('ab', ''), documentId('a', 'b', ''), documentId('b', 'a')]
  expect(new Set(ids).size).toBe(ids.length)
  expect(documentId('a', 'b')).toMatch(/^doc:[0-9a-f]{32}$/)
})
