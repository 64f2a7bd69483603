import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve, sep } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { safeName, spool } from '../../api/spool.ts'

const part = fc.oneof(fc.string(), fc.constantFrom('..', '.', '', '/', '\\', '~', 'C:', '\0', '...', ' ', 'a', '..\\', '%2e%2e'))

test('whatever a file is called, its path stays below its folder', () => {
  const folder = resolve('/spool/job')
  fc.assert(fc.property(fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/')), (name) => {
    let safe: string
    try {
      safe = safeName(name)
    } catch (error) {
      expect(error).toMatchObject({ code: 'api.unsafe-name' })
      return
    }
    expect(resolve(folder, safe).startsWith(folder + sep)).toBe(true)
    expect(safeName(safe)).toBe(safe)
  }), { numRuns: 2000 })
})

test('files are written byte for byte, and the digest tells them apart', async () => {
  const root = mkdtempSync(join(tmpdir(), 'graphloom-spool-'))
  const upload = (name: string, text: string) => ({ name, bytes: (async function* () { for (const character of text) yield Buffer.from(character) })() })
  const one = await spool(join(root, 'one'), [upload('a/b.txt', 'words'), upload('c.txt', 'more')])
  const two = await spool(join(root, 'two'), [upload('a/b.txt', 'words'), upload('c.txt', 'mor')])
  expect(one).toMatchObject({ files: 2, folder: join(root, 'one') })
  expect(one.digest).not.toBe(two.digest)
  expect(readFileSync(join(root, 'one', 'a', 'b.txt'), 'utf8')).toBe('words')
})

test('nothing is left of an upload that fails on its way', async () => {
  const root = mkdtempSync(join(tmpdir(), 'graphloom-spool-'))
  const broken = { name: 'b.txt', bytes: (async function* () { yield Buffer.from('half'); throw new Error('cut off') })() }
  const whole = { name: 'a.txt', bytes: (async function* () { yield Buffer.from('whole') })() }
  await expect(spool(join(root, 'one'), [whole, broken])).rejects.toThrow('cut off')
  expect(existsSync(join(root, 'one'))).toBe(false)
  await expect(spool(join(root, 'two'), [])).rejects.toMatchObject({ code: 'api.invalid' })
  await expect(spool(join(root, 'three'), [{ ...whole, name: 'a' }, { name: 'a/b', bytes: whole.bytes }])).rejects.toMatchObject({ code: 'api.unsafe-name' })
})
