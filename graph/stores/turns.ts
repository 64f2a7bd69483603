// Turns of writing: a graph has one writer at a time. Whose turn it is stands in the graph itself, as a number that grows with every turn,
// and every write asks for it in its own transaction: who lost the turn without noticing (a pause, a broken connection) writes nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import { GraphloomError, isGraphloomError } from '../../errors.ts'

/** How one kind of store keeps the turn. */
export interface TurnKeeper {
  /** Begins a turn, unless another store's lasts; a turn that was neither renewed nor ended lapses. */
  take(): Promise<number | undefined>
  renew(turn: number): Promise<void>
  end(turn: number): Promise<void>
}

const RENEW_EVERY = 3000 // milliseconds
const SHORTEST_WAIT = 20
const LONGEST_WAIT = 400
const MOST_TRIES = 8

/** The turns of one opened store. */
export class Turns {
  readonly #keeper: TurnKeeper
  #last: Promise<unknown> = Promise.resolve()
  #current: number | undefined

  constructor(keeper: TurnKeeper) {
    this.#keeper = keeper
  }

  /** The turn that this store has; writes outside any turn are not checked. */
  get current(): number | undefined {
    return this.#current
  }

  /** Runs `work` in a turn of its own; work that lost its turn, or found the store locked, is done again, so it must be repeatable. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(() => this.#repeat(work))
    this.#last = result.catch(() => {})
    return result
  }

  async #repeat<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.#once(work)
      } catch (error) {
        if (!(isGraphloomError(error, 'store.superseded') || isGraphloomError(error, 'store.busy')) || tries === MOST_TRIES) throw error
      }
    }
  }

  async #once<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = await this.#wait()
    this.#current = turn
    const renewal = setInterval(() => { this.#keeper.renew(turn).catch(() => {}) }, RENEW_EVERY)
    try {
      return await work()
    } finally {
      clearInterval(renewal)
      this.#current = undefined
      await this.#keeper.end(turn).catch(() => {}) // a store that is gone lets the turn lapse
    }
  }

  async #wait(): Promise<number> {
    for (let pause = SHORTEST_WAIT; ; pause = Math.min(pause * 1.5, LONGEST_WAIT)) {
      const turn = await this.#keeper.take()
      if (turn !== undefined) return turn
      await sleep(pause)
    }
  }
}

/** What a write meets whose turn is over. */
export const superseded = (): GraphloomError =>
  new GraphloomError('store.superseded', 'Another process took over the writing of this graph while this one was silent; nothing was written.', { retryable: true })
