// The keys file: read again when it changes, so that a removed key ends without a restart; refused where others may read it.
import { open, readFile, rename, stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { GraphloomError } from '../../errors.ts'
import { findKey, formatKeys, parseKeys, type StoredKey } from './keys.ts'
import type { Key } from './role.ts'

export interface Keys {
  /** The key of a token, as the file says at this moment. */
  find(token: string): Promise<Key | undefined>
}

/** Opens a keys file; fails at once where it cannot be used. */
export async function openKeys(file: string): Promise<Keys> {
  let version = ''
  let keys: readonly StoredKey[] = []
  const load = async () => {
    const { mtimeMs, size, ino, mode } = await stat(file)
    const now = `${mtimeMs} ${size} ${ino}`
    if (now === version) return
    if (platform() !== 'win32' && (mode & 0o077) !== 0) throw new GraphloomError('usage.keys', `${file} may be read by others (mode ${(mode & 0o777).toString(8)}); expected 600: chmod 600 ${file}`)
    keys = parseKeys(await readFile(file, 'utf8'), file)
    version = now
  }
  await load().catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new GraphloomError('usage.keys', `There is no keys file ${file}; make one with: graphloom keys add NAME --role ROLE --keys ${file}`)
    throw error
  })
  return {
    async find(token) {
      await load()
      return findKey(keys, token)
    },
  }
}

/** The keys of a file; none where there is no file yet. */
export async function readKeys(file: string): Promise<readonly StoredKey[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return text === undefined ? [] : parseKeys(text, file)
}

/** Replaces the file in one step, readable by its owner alone from the first byte. */
export async function writeKeys(file: string, keys: readonly StoredKey[]): Promise<void> {
  const fresh = `${file}.new`
  const handle = await open(fresh, 'w', 0o600)
  try {
    await handle.chmod(0o600)
    await handle.writeFile(formatKeys(keys))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(fresh, file)
}
