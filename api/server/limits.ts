// Rates: so many requests a minute for a key, so many failed logins a minute for an address.
import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { GraphloomError } from '../../errors.ts'

const MINUTE = 60_000

/** Counts requests by `keyOf`; above `limit` a minute they are refused with Retry-After. */
export function limitRate(limit: number, what: string, keyOf: (request: Request) => string): RequestHandler {
  return rateLimit({
    windowMs: MINUTE,
    limit,
    standardHeaders: 'draft-7',
    legacyHeaders: false,
    keyGenerator: keyOf,
    handler: (_request, _response, next) => next(new GraphloomError('api.too-many', `More than ${limit} ${what} a minute; wait as long as Retry-After says.`, { retryable: true })),
  })
}

/** The address of a client; a whole IPv6 network counts as one. */
export function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '')
}
