// A connection to Neo4j: values in its types and back, and its errors in our words.
import neo4j, { type Driver, type ManagedTransaction } from 'neo4j-driver'
import { GraphloomError } from '../../errors.ts'

const RETRY_MILLISECONDS = 60_000
/** All rows in one answer: none is held back until it is asked for. */
const ALL = -1
/** Properties that stay floating point when they happen to be whole. */
const FLOATS: ReadonlySet<string> = new Set(['score', 'tripleScore', 'minScore'])

export interface Account {
  readonly user?: string
  readonly password?: string
}

export type Rows = readonly { readonly [column: string]: unknown }[]

/** Connects to `uri`; fails when no server answers there. */
export async function connect(uri: string, { user = 'neo4j', password }: Account): Promise<Driver> {
  if (password === undefined) throw new GraphloomError('store.password', `${uri} asks for a password: set NEO4J_PASSWORD.`)
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true, maxTransactionRetryTime: RETRY_MILLISECONDS, userAgent: 'graphloom' })
  try {
    await driver.verifyAuthentication()
    await driver.getServerInfo()
    return driver
  } catch (error) {
    await driver.close()
    throw translate(error, uri)
  }
}

/** Rows of one statement, read in a transaction of its own: sent with its beginning and its end in one message; again, and with patience, where the server asks for that. */
export async function readRows(driver: Driver, uri: string, text: string, parameters: Readonly<Record<string, unknown>>): Promise<Rows> {
  const session = driver.session({ defaultAccessMode: neo4j.session.READ, fetchSize: ALL })
  try {
    return await runIn(session, text, parameters).catch((error: unknown) => {
      if (!(error instanceof neo4j.Neo4jError) || !error.retriable) throw error
      return session.executeRead((transaction) => runIn(transaction, text, parameters))
    })
  } catch (error) {
    throw translate(error, uri)
  } finally {
    await session.close()
  }
}

/** Rows of one statement. All parameters go as one map: the server plans a statement anew for lists of another order of length, unless they are inside. */
export async function runIn(transaction: Pick<ManagedTransaction, 'run'>, text: string, parameters: Readonly<Record<string, unknown>>): Promise<Rows> {
  const result = await transaction.run(worded(text), { p: outgoing(parameters) })
  return result.records.map((record) => Object.fromEntries(record.keys.map((key) => [key, incoming(record.get(key))])))
}

const WORDED = new Map<string, string>()

/** The statement with its parameters taken from the one map; remembered, as statements are few. */
function worded(text: string): string {
  const found = WORDED.get(text) ?? text.replaceAll(/\$(?=\w)/g, '$p.')
  WORDED.set(text, found)
  return found
}

/** JavaScript has one kind of number, Neo4j two: whole numbers become integers, scores stay floats. */
function outgoing(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return Number.isInteger(value) && !FLOATS.has(key) ? neo4j.int(value) : value
  if (Array.isArray(value)) return value.map((item) => outgoing(item, key))
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, outgoing(item, name)]))
  return value
}

function incoming(value: unknown): unknown {
  return value !== null && typeof value === 'object' && neo4j.isNode(value) ? value.properties : value
}

/** Was an index or constraint to be made that another has made meanwhile? */
export function isThere(error: unknown): boolean {
  return error instanceof neo4j.Neo4jError && /\.Schema\.\w*AlreadyExists$/.test(error.code)
}

/** An error of the driver as an operational one; others are left as they are. */
export function translate(error: unknown, uri: string): unknown {
  if (!(error instanceof neo4j.Neo4jError)) return error
  if (/Unauthorized|AuthenticationRateLimit/.test(error.code)) return new GraphloomError('store.password', `${uri} refused the password: check NEO4J_PASSWORD.`, { cause: error })
  if (error.code === 'ServiceUnavailable' || error.code === 'SessionExpired') {
    return new GraphloomError('store.unavailable', `No Neo4j answers at ${uri}. Start one with: graphloom neo4j start`, { cause: error, retryable: true })
  }
  return new GraphloomError('store.neo4j', `Neo4j at ${uri} refused a statement: ${error.message}`, { cause: error, retryable: error.retriable })
}
