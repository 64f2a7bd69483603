// API keys: `glm_ID_SECRET`. The server knows the id and the SHA-256 of the secret: 256 random bits need no slow hash.
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { GraphloomError } from '../../errors.ts'
import { type Key, ROLES, type Role } from './role.ts'

const StoredKey = z.strictObject({
  id: z.string().regex(/^[a-z0-9]{8}$/), name: z.string().min(1).max(100), role: z.enum(ROLES),
  collections: z.array(z.string().min(1)).min(1), hash: z.string().regex(/^[0-9a-f]{64}$/), created: z.string(),
})
const KeyFile = z.strictObject({ keys: z.array(StoredKey) })

/** A key as kept: never the secret. */
export type StoredKey = z.output<typeof StoredKey>

/** A new key; the token is shown once and kept nowhere. `random` gives that many random bytes. */
export function makeKey(given: { readonly name: string; readonly role: Role; readonly collections: readonly string[]; readonly created: string }, random: (bytes: number) => Uint8Array): { readonly token: string; readonly key: StoredKey } {
  const id = Buffer.from(random(4)).toString('hex')
  const secret = Buffer.from(random(32)).toString('base64url')
  return { token: `glm_${id}_${secret}`, key: { id, name: given.name, role: given.role, collections: [...given.collections], hash: hashOf(secret), created: given.created } }
}

/** Reads a keys file's text; says what is wrong with it. */
export function parseKeys(text: string, file: string): readonly StoredKey[] {
  const failure = (reason: string) => new GraphloomError('usage.keys', `${file} is not a keys file (${reason}); make one with: graphloom keys add NAME --role ROLE --keys ${file}`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw failure((error as Error).message)
  }
  const parsed = KeyFile.safeParse(value)
  if (!parsed.success) throw failure(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  return parsed.data.keys
}

export function formatKeys(keys: readonly StoredKey[]): string {
  return `${JSON.stringify({ keys }, null, 2)}\n`
}

/** The key that a token belongs to; takes as long for an unknown id as for a wrong secret. */
export function findKey(keys: readonly StoredKey[], token: string): Key | undefined {
  const [, id, secret = ''] = /^glm_([a-z0-9]{8})_([\w-]{43})$/.exec(token) ?? []
  const stored = keys.find((key) => key.id === id)
  const same = timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(stored?.hash ?? NOBODY, 'hex'))
  return stored !== undefined && same ? { id: stored.id, name: stored.name, role: stored.role, collections: stored.collections } : undefined
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
const NOBODY = '0'.repeat(64)
