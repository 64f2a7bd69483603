// Who asks: a key with a role and the collections that it may see.

/** From least to most; each may do what the ones before it may. */
export const ROLES = ['reader', 'reviewer', 'writer', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** What the server knows of whoever sent a request. */
export interface Key {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** Names of collections; `*` is all. */
  readonly collections: readonly string[]
}

/** Whether `role` may do what asks for `least`. */
export function mayAct(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least)
}

/** Whether the key may see the collection. */
export function sees({ collections }: Pick<Key, 'collections'>, collection: string): boolean {
  return collections.includes('*') || collections.includes(collection)
}

/** The collection that a request means when it names none: the key's only one, else `default`. */
export function defaultCollection({ collections }: Pick<Key, 'collections'>): string {
  const [only] = collections
  return collections.length === 1 && only !== undefined && only !== '*' ? only : 'default'
}
