// Lets many in together, or one alone; in the order in which they come.

interface Waiting {
  readonly alone: boolean
  readonly go: () => void
}

export class Gate {
  readonly #waiting: Waiting[] = []
  #inside = 0
  #alone = false

  /** Waits for its turn; call what it gives when leaving. */
  async enter(alone: boolean): Promise<() => void> {
    await new Promise<void>((go) => {
      this.#waiting.push({ alone, go })
      this.#admit()
    })
    return () => {
      this.#inside--
      this.#alone = false
      this.#admit()
    }
  }

  #admit(): void {
    for (let [next] = this.#waiting; next !== undefined && !this.#alone && !(next.alone && this.#inside > 0); [next] = this.#waiting) {
      this.#waiting.shift()
      this.#inside++
      this.#alone = next.alone
      next.go()
    }
  }
}
