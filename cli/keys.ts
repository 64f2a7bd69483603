// graphloom keys add | list | remove: who may use the API.
import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeKey, readKeys, type Role, writeKeys } from '../api/index.ts'
import { GraphloomError } from '../errors.ts'

/** Where keys are kept unless another file is named. */
export const KEYS_FILE = '.graphloom/keys.json'

export async function addKey(name: string, options: { readonly keys: string; readonly role: Role; readonly collection?: readonly string[]; readonly json?: boolean }): Promise<void> {
  const keys = await readKeys(options.keys)
  if (keys.some((key) => key.name === name)) throw new GraphloomError('usage.keys', `${options.keys} has a key named ${name} already; remove it first, or take another name.`)
  const { token, key } = makeKey({ name, role: options.role, collections: options.collection ?? ['*'], created: new Date().toISOString() }, randomBytes)
  await mkdir(dirname(options.keys), { recursive: true })
  await writeKeys(options.keys, [...keys, key])
  if (options.json) process.stdout.write(`${JSON.stringify({ id: key.id, name, role: key.role, collections: key.collections, key: token })}\n`)
  else process.stdout.write(`${token}\nThis is the only time that the key is shown. ${name}: ${key.role}, collections ${key.collections.join(', ')}.\n`)
}

export async function listKeys({ keys: file, json }: { readonly keys: string; readonly json?: boolean }): Promise<void> {
  const keys = (await readKeys(file)).map(({ id, name, role, collections, created }) => ({ id, name, role, collections, created }))
  if (json) process.stdout.write(`${JSON.stringify(keys)}\n`)
  else process.stdout.write(keys.length ? keys.map(({ id, name, role, collections, created }) => `${id}  ${name}  ${role}  ${collections.join(',')}  ${created}\n`).join('') : `No keys in ${file}\n`)
}

export async function removeKey(which: string, { keys: file }: { readonly keys: string }): Promise<void> {
  const keys = await readKeys(file)
  const left = keys.filter(({ id, name }) => id !== which && name !== which)
  if (left.length === keys.length) throw new GraphloomError('usage.keys', `${file} has no key with the id or name ${which}.`)
  await writeKeys(file, left)
  process.stdout.write(`Removed ${which}; running servers refuse it from now on.\n`)
}
