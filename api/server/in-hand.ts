// Requests in hand: one is until its audit line is written, which is after its answer, and also when its client has left.

export interface InHand {
  /** The handler, known of while it works. */
  watch<Given extends readonly unknown[]>(handler: (...given: Given) => Promise<void>): (...given: Given) => Promise<void>
  /** Resolves when none of those begun before is left. */
  settled(): Promise<void>
}

export function openInHand(): InHand {
  const working = new Set<Promise<void>>()
  return {
    watch: (handler) => async (...given) => {
      const work = handler(...given)
      working.add(work)
      try {
        await work
      } finally {
        working.delete(work)
      }
    },
    async settled() {
      await Promise.allSettled(working)
    },
  }
}
