// The review queue as a value: what waits, where the reviewer stands, what was decided and can be undone.
import type { Fact } from '../server/index.ts'

export interface Decided {
  /** Counts the decisions of this page. */
  readonly key: number
  /** Id of the decision; absent until the server has answered. */
  readonly id?: string
  readonly words: string
  /** The fact that left the queue, and the place it left; absent where the whole queue had to be asked for again. */
  readonly fact?: Fact
  readonly index?: number
}
export interface Queue {
  readonly facts: readonly Fact[]
  readonly at: number
  /** The latest last. */
  readonly decided: readonly Decided[]
}

export const EMPTY: Queue = { facts: [], at: 0, decided: [] }

const clamp = (at: number, length: number) => Math.max(0, Math.min(at, length - 1))

export const move = (queue: Queue, step: number): Queue => ({ ...queue, at: clamp(queue.at + step, queue.facts.length) })

export const goTo = (queue: Queue, fact: string): Queue => ({ ...queue, at: clamp(queue.facts.findIndex(({ id }) => id === fact), queue.facts.length) })

/** Adds a page behind what waits, without what is there already or was decided. */
export function append(queue: Queue, page: readonly Fact[]): Queue {
  const known = new Set([...queue.facts, ...queue.decided.flatMap(({ fact }) => fact ?? [])].map(({ id }) => id))
  return { ...queue, facts: [...queue.facts, ...page.filter(({ id }) => !known.has(id))] }
}

/** Takes a decided fact out; the next one moves into its place. */
export function decide(queue: Queue, fact: Fact, key: number, words: string): Queue {
  const index = queue.facts.findIndex((other) => other.id === fact.id)
  if (index < 0) return queue
  const facts = queue.facts.toSpliced(index, 1)
  return { facts, at: clamp(index < queue.at ? queue.at - 1 : queue.at, facts.length), decided: [...queue.decided, { key, words, fact, index }] }
}

/** The server has taken the decision. */
export const confirm = (queue: Queue, key: number, id: string): Queue => ({ ...queue, decided: queue.decided.map((decided) => (decided.key === key ? { ...decided, id } : decided)) })

/** Puts the fact of a decision back where it was, and stands on it. */
export function undo(queue: Queue, key: number): Queue {
  const undone = queue.decided.find((decided) => decided.key === key)
  const decided = queue.decided.filter((other) => other !== undone)
  if (!undone?.fact) return { ...queue, decided }
  const index = Math.min(undone.index ?? 0, queue.facts.length)
  return { facts: queue.facts.toSpliced(index, 0, undone.fact), at: index, decided }
}

/** Forgets what waits, since entities have changed; keeps what can be undone. */
export const restart = (queue: Queue, decided: readonly Decided[] = queue.decided): Queue => ({ ...EMPTY, decided })
