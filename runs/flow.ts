// How documents move through the stages: in batches of bounded size, some at once, with the time that it took.
import { GraphloomError } from '../errors.ts'
import type { ReadResult } from '../ingest/index.ts'

/** Groups what was read by number and size, so that memory stays bounded whatever the source holds. */
export async function* batches(source: AsyncIterable<ReadResult>, most: number): AsyncGenerator<ReadResult[]> {
  const largest = 8_000_000 // characters
  let batch: ReadResult[] = []
  let characters = 0
  for await (const result of source) {
    batch.push(result)
    characters += result.status === 'read' ? result.document.text.length : 0
    if (batch.length < most && characters < largest) continue
    yield batch
    batch = []
    characters = 0
  }
  if (batch.length) yield batch
}

/** Maps all inputs, `concurrency` of them at once; the outputs keep the order. */
export async function mapConcurrently<Input, Output>(inputs: readonly Input[], concurrency: number, map: (input: Input) => Promise<Output>): Promise<Output[]> {
  if (!(concurrency >= 1)) throw new GraphloomError('usage.concurrency', `concurrency is ${concurrency}; expected 1 or more`)
  const outputs = new Array<Output>(inputs.length)
  let next = 0
  const lane = async () => {
    while (next < inputs.length) {
      const index = next++
      outputs[index] = await map(inputs[index] as Input)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, inputs.length) }, lane))
  return outputs
}

/** Milliseconds that each stage took. */
export function stopwatch(clock: () => number) {
  let spent: Record<string, number> = {}
  const spend = (stage: string, since: number) => { spent[stage] = (spent[stage] ?? 0) + clock() - since }
  return {
    /** What was spent since the last call, milliseconds a stage. */
    take() {
      const taken = spent
      spent = {}
      return taken
    },
    async time<Result>(stage: string, task: () => Promise<Result>): Promise<Result> {
      const since = clock()
      try { return await task() } finally { spend(stage, since) }
    },
    async *each<Item>(stage: string, items: AsyncIterable<Item>): AsyncGenerator<Item> {
      const iterator = items[Symbol.asyncIterator]()
      try {
        for (;;) {
          const since = clock()
          const { done, value } = await iterator.next()
          spend(stage, since)
          if (done) return
          yield value
        }
      } finally { await iterator.return?.() }
    },
  }
}
