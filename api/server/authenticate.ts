// Request -> key. Without a keys file the server is open to this machine alone, and only to pages that it served itself.
import type { Request } from 'express'
import { GraphloomError } from '../../errors.ts'
import type { Key, Keys } from '../guard/index.ts'

/** Whoever calls a server without keys. */
export const LOCAL: Key = { id: 'local', name: 'local', role: 'admin', collections: ['*'] }

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Whether a host name or address is this machine. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** The key of a request; fails with `api.unauthenticated` where there is none. */
export async function authenticate(request: Request, keys: Keys | undefined): Promise<Key> {
  if (keys === undefined) {
    refuseStrangers(request)
    return LOCAL
  }
  const given = request.get('authorization')
  if (given === undefined) throw new GraphloomError('api.unauthenticated', 'A key is needed: send Authorization: Bearer KEY.')
  const token = /^Bearer +(\S+)$/i.exec(given)?.[1]
  const key = token === undefined ? undefined : await keys.find(token)
  if (key === undefined) throw new GraphloomError('api.unauthenticated', 'The key is not one that this server knows.')
  return key
}

/** A page elsewhere must not use the reader's browser to reach an open server: neither by a name that it points here, nor by posting. */
function refuseStrangers(request: Request): void {
  const host = request.get('host') ?? ''
  if (!isLoopback(host.replace(/:\d+$/, ''))) throw new GraphloomError('api.host', 'Without keys the server answers under localhost only; make a key with graphloom keys add to use another name.')
  const origin = request.get('origin')
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) throw new GraphloomError('api.host', 'Pages of other origins may not use a server without keys.')
  if (request.get('sec-fetch-site') === 'cross-site') throw new GraphloomError('api.host', 'Pages of other origins may not use a server without keys.')
}
