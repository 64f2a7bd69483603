// Free Cypher on Neo4j, read-only: screened, planned, and run in a READ transaction with bounds of time, rows and bytes.
import neo4j, { type Driver, type Plan, type Session } from 'neo4j-driver'
import { GraphloomError } from '../../errors.ts'
import { QUERY_LIMITS, type QueryAnswer, type QueryDoor, type QueryLimits } from '../query.ts'
import { refused, screen } from '../screen.ts'
import { plainValue } from './neo4j-values.ts'

const REMEMBERED = 500 // verdicts
/** Milliseconds for planning: a cold planner on a busy machine takes longer than a statement may run. */
const PLANNING = 30_000
/** Milliseconds that the server is given to end a statement by itself. */
const GRACE = 2_000

/** Opens the door; the password's user needs no right to write, but Community knows no such user. */
export async function openNeo4jQuery(uri: string, { user = 'neo4j', password, limits = {} }: { readonly user?: string; readonly password?: string; readonly limits?: Partial<QueryLimits> }): Promise<QueryDoor> {
  if (password === undefined) throw new GraphloomError('store.password', `${uri} asks for a password: set NEO4J_PASSWORD.`)
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true, userAgent: 'graphloom-query', maxConnectionPoolSize: 20, fetchSize: 200 })
  return new Neo4jQuery(driver, { ...QUERY_LIMITS, ...limits })
}

class Neo4jQuery implements QueryDoor {
  readonly #driver: Driver
  readonly #limits: QueryLimits
  /** Statement -> why it is refused, or nothing. */
  readonly #verdicts = new Map<string, GraphloomError | undefined>()
  readonly #inHand = new Map<string, number>()

  constructor(driver: Driver, limits: QueryLimits) {
    this.#driver = driver
    this.#limits = limits
  }

  async query(statement: string, parameters: Readonly<Record<string, unknown>>, { who, signal }: { readonly who: string; readonly signal: AbortSignal }): Promise<QueryAnswer> {
    screen(statement, this.#limits.length)
    const inHand = this.#inHand.get(who) ?? 0
    if (inHand >= this.#limits.concurrency) throw new GraphloomError('api.too-many', `At most ${this.#limits.concurrency} statements of a key run at once.`, { retryable: true })
    this.#inHand.set(who, inHand + 1)
    const session = this.#driver.session({ defaultAccessMode: neo4j.session.READ, fetchSize: 200 })
    const { time } = this.#limits
    let work: Promise<unknown> = Promise.resolve()
    try {
      const judged = this.#judge(session, statement, parameters)
      work = judged
      await inTime(judged, Math.max(time, PLANNING), signal)
      const answer = this.#run(session, statement, parameters, who)
      work = answer
      return await inTime(answer, time + GRACE, signal)
    } catch (error) {
      throw translate(error, this.#limits)
    } finally {
      // Neo4j cannot end a loop within one row: who asked is answered in time, and the place of the key stays taken until it is over.
      const release = () => this.#release(who)
      const closing = session.close().catch(() => undefined)
      void work.then(() => closing, () => closing).then(release, release)
    }
  }

  #release(who: string): void {
    const left = (this.#inHand.get(who) ?? 1) - 1
    if (left === 0) this.#inHand.delete(who)
    else this.#inHand.set(who, left)
  }

  async close(): Promise<void> {
    await this.#driver.close()
  }

  /** Asks the planner what the statement would do; the answer holds for other parameters, too. */
  async #judge(session: Session, statement: string, parameters: Readonly<Record<string, unknown>>): Promise<void> {
    if (!this.#verdicts.has(statement)) {
      const { summary } = await session.executeRead((transaction) => transaction.run(`EXPLAIN ${statement}`, parameters), { timeout: Math.max(this.#limits.time, PLANNING) })
      const oldest = this.#verdicts.keys().next().value
      if (this.#verdicts.size >= REMEMBERED && oldest !== undefined) this.#verdicts.delete(oldest)
      this.#verdicts.set(statement, verdictOf(summary.queryType, summary.plan, this.#limits))
    }
    const verdict = this.#verdicts.get(statement)
    if (verdict) throw verdict
  }

  async #run(session: Session, statement: string, parameters: Readonly<Record<string, unknown>>, who: string): Promise<QueryAnswer> {
    const transaction = session.beginTransaction({ timeout: this.#limits.time, metadata: { application: 'graphloom', key: who } })
    const result = (await transaction).run(statement, parameters)
    const columns = [...(await result.keys())].map(String)
    const rows: unknown[][] = []
    let bytes = 0
    let truncated = false
    for await (const record of result) {
      const row = columns.map((_, index) => plainValue(record.get(index) as unknown))
      bytes += JSON.stringify(row).length
      truncated = rows.length >= this.#limits.rows || bytes > this.#limits.bytes
      if (truncated) break
      rows.push(row)
    }
    await (await transaction).rollback()
    return { columns, rows, truncated }
  }
}

/** What `work` gives, unless time runs out or the client leaves before. */
async function inTime<Result>(work: Promise<Result>, milliseconds: number, signal: AbortSignal): Promise<Result> {
  let leave = () => {}
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<never>((_, reject) => {
    leave = () => reject(new GraphloomError('api.timeout', 'The client left.'))
    timer = setTimeout(() => reject(new GraphloomError('api.cypher-timeout', `The statement took longer than ${milliseconds / 1000} s.`)), milliseconds)
    signal.addEventListener('abort', leave, { once: true })
    if (signal.aborted) leave()
  })
  try {
    return await Promise.race([work, over])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', leave)
  }
}

/** Why a plan is not run. */
function verdictOf(queryType: string, plan: Plan | false, { estimatedRows, length }: QueryLimits): GraphloomError | undefined {
  if (queryType !== 'r') return refused('it does more than reading')
  if (plan === false) return refused('the server gave no plan for it')
  for (const { operatorType, arguments: details } of operatorsOf(plan)) {
    const operator = operatorType.replace(/@.*$/, '')
    if (/AllNodesScan|AllRelationshipsScan/.test(operator)) return refused('it reads every node or relationship; name a label and a property')
    if (/CartesianProduct/.test(operator)) return refused('its parts are not connected, so that every row meets every other')
    if (/LoadCSV|ShowSettings|ShowTransactions/i.test(operator)) return refused('it reads more than the graph')
    if (/VarLength|ShortestPath|Repeat|Trail|AllShortest/i.test(operator)) {
      const bound = /\*\s*(?:\d+)?\s*\.\.\s*(\d+)|\*(\d+)(?!\s*\.\.)|\{\s*\d*\s*,\s*(\d+)\s*\}/.exec(String(details['Details'] ?? ''))
      const end = bound?.[1] ?? bound?.[2] ?? bound?.[3]
      if (end === undefined || Number(end) > length) return refused(`a path in it has no end, or one beyond ${length}`)
    }
    const rows = Number(details['EstimatedRows'] ?? 0)
    if (rows > estimatedRows) return refused(`a step of it makes some ${Math.round(rows)} rows; at most ${estimatedRows} are let through`)
  }
  return undefined
}

function operatorsOf(plan: Plan): readonly Plan[] {
  return [plan, ...plan.children.flatMap(operatorsOf)]
}

function translate(error: unknown, { time }: QueryLimits): unknown {
  if (error instanceof GraphloomError) return error
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string }
  if (/TransactionTimedOut|TransactionTimedOutClientConfiguration|Terminated/.test(code)) return new GraphloomError('api.cypher-timeout', `The statement took longer than ${time / 1000} s.`, { cause: error })
  if (/AccessMode/.test(code)) return refused('it writes')
  if (/^Neo\.ClientError/.test(code)) return refused(message.split('\n')[0] ?? code)
  if (/MemoryPool|OutOfMemory/.test(code)) return refused('it needs more memory than a statement may have')
  return new GraphloomError('store.unavailable', `Neo4j did not answer (${message.split('\n')[0]}).`, { retryable: true, cause: error })
}
