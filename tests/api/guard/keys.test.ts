import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findKey, makeKey, openKeys, parseKeys, readKeys, writeKeys } from '../../../api/guard/index.ts'

const made = (name: string) => makeKey({ name, role: 'writer', collections: ['a', 'b'], created: '2026-01-01T00:00:00.000Z' }, randomBytes)
const folder = () => mkdtempSync(join(tmpdir(), 'graphloom-keys-'))

test('a token finds its key, and no other text does', () => {
  const keys = [made('one'), made('two'), made('three')]
  const stored = keys.map(({ key }) => key)
  for (const { token, key } of keys) expect(findKey(stored, token)).toEqual({ id: key.id, name: key.name, role: 'writer', collections: ['a', 'b'] })
  fc.assert(fc.property(fc.string(), fc.nat(2), fc.nat(60), (text, which, at) => {
    const { token } = keys[which]!
    const changed = token.slice(0, at) + text + token.slice(at + text.length)
    expect(findKey(stored, changed) === undefined || changed === token).toBe(true)
  }))
  expect(findKey(stored, `glm_${stored[0]!.id}_${keys[1]!.token.split('_').slice(2).join('_')}`)).toBeUndefined()
})

test('what is kept does not give the secret away, and is readable by its owner alone', async () => {
  const file = join(folder(), 'keys.json')
  const { token, key } = made('one')
  await writeKeys(file, [key])
  expect(readFileSync(file, 'utf8')).not.toContain(token.split('_').slice(2).join('_'))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await readKeys(file)).toEqual([key])
  expect(await readKeys(join(folder(), 'none.json'))).toEqual([])
})

test('an opened file follows what is written to it', async () => {
  const file = join(folder(), 'keys.json')
  const [one, two] = [made('one'), made('two')]
  await writeKeys(file, [one.key])
  const keys = await openKeys(file)
  expect([await keys.find(one.token), await keys.find(two.token)]).toMatchObject([{ name: 'one' }, undefined])
  await writeKeys(file, [two.key])
  expect([await keys.find(one.token), await keys.find(two.token)]).toMatchObject([undefined, { name: 'two' }])
})

test('a file that others may read, that is not there or that is none, is refused', async () => {
  const file = join(folder(), 'keys.json')
  await expect(openKeys(file)).rejects.toMatchObject({ code: 'usage.keys', message: expect.stringContaining('graphloom keys add') })
  await writeKeys(file, [made('one').key])
  chmodSync(file, 0o644)
  await expect(openKeys(file)).rejects.toMatchObject({ code: 'usage.keys', message: expect.stringContaining('chmod 600') })
  writeFileSync(file, '{"keys": [{}]}')
  chmodSync(file, 0o600)
  await expect(openKeys(file)).rejects.toMatchObject({ code: 'usage.keys' })
  for (const text of ['', '[]', '{"keys":[{"id":"x"}]}', '{"keys":[],"more":1}']) expect(() => parseKeys(text, 'keys.json')).toThrow(expect.objectContaining({ code: 'usage.keys' }))
})
