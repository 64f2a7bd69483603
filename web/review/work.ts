// Keeps the review queue in step with the server: a decision shows at once, and goes to the server in its turn.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { explain, type Fact, type NewDecision } from '../server/index.ts'
import { type Session, useSession } from '../session/index.ts'
import { append, confirm, decide, EMPTY, goTo, move, type Queue, restart, undo } from './queue.ts'

const PAGE = 50
/** Fewer facts than this before the reviewer: the next page is fetched. */
const AHEAD = 10

interface State {
  readonly queue: Queue
  /** A further page is on the server. */
  readonly more: boolean
  readonly loading: boolean
  readonly problem?: string | undefined
}
const START: State = { queue: EMPTY, more: true, loading: true }

export type ReviewWork = ReturnType<typeof useReview>

/** The queue of the collection, and what can be done with it. */
export function useReview() {
  const { server, announce } = useSession()
  const [state, setState] = useState<State>(START)
  const work = useMemo(() => workOn(server, announce, setState), [server, announce])
  useEffect(() => {
    work.restart()
    return work.stop
  }, [work])
  return { ...state, fact: state.queue.facts[state.queue.at], ...work }
}

function workOn(server: Session['server'], announce: Session['announce'], show: (state: State) => void) {
  let state = START
  let cursor: string | undefined
  let fetching: AbortController | undefined
  let line: Promise<void> = Promise.resolve()
  let keys = 0

  const set = (change: Partial<State>) => {
    state = { ...state, ...change }
    show(state)
    if (state.more && fetching === undefined && state.problem === undefined && state.queue.facts.length - state.queue.at <= AHEAD) void fetchPage()
  }
  const change = (step: (queue: Queue) => Queue) => set({ queue: step(state.queue) })

  const fetchPage = async () => {
    const control = new AbortController()
    fetching = control
    try {
      const { items, next } = await server.inReview({ limit: PAGE, cursor }, control.signal)
      if (control.signal.aborted) return
      cursor = next
      fetching = undefined
      set({ queue: append(state.queue, items), more: next !== undefined, loading: next !== undefined })
    } catch (error) {
      if (control.signal.aborted) return
      fetching = undefined
      set({ problem: explain(error), loading: false })
    }
  }
  const refetch = (queue: Queue) => {
    fetching?.abort()
    fetching = undefined
    cursor = undefined
    set({ queue, more: true, loading: true, problem: undefined })
  }
  /** One request at a time, in the order of asking. */
  const inTurn = (task: () => Promise<void>) => {
    line = line.then(task).catch((error: unknown) => set({ problem: explain(error) }))
  }

  return {
    restart: () => refetch(restart(state.queue)),
    stop: () => fetching?.abort(),
    step: (by: number) => change((queue) => move(queue, by)),
    goTo: (fact: string) => change((queue) => goTo(queue, fact)),
    decide(fact: Fact, decision: NewDecision, words: string) {
      const key = ++keys
      change((queue) => decide(queue, fact, key, words))
      announce(`${words}. Press U to undo.`)
      inTurn(async () => {
        try {
          const { id } = await server.decide(decision)
          change((queue) => confirm(queue, key, id))
        } catch (error) {
          change((queue) => undo(queue, key)) // the server refuses it: the fact waits again
          throw error
        }
      })
    },
    /** Entities have changed, and with them any fact: the queue is fetched anew. */
    entityDecided: (id: string, words: string) => refetch(restart(state.queue, [...state.queue.decided, { key: ++keys, id, words }])),
    undo: (key?: number) => inTurn(async () => {
      const decided = key === undefined ? state.queue.decided.at(-1) : state.queue.decided.find((other) => other.key === key)
      if (decided?.id === undefined) return announce('Nothing to undo.')
      await server.undo(decided.id)
      const queue = undo(state.queue, decided.key)
      if (decided.fact) set({ queue })
      else refetch(restart(queue))
      announce(`Undone: ${decided.words}`)
    }),
  }
}
