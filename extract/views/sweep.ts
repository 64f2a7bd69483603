// Document -> what the encoder gives of each of its windows, in order; windows pass in small groups.
import type { Document } from '../../ingest/index.ts'
import type { EntityEncoder, EntityOutput } from '../entity-encoder.ts'
import { inputOf, type Window, windowsOf } from './windows.ts'

/** Windows encoded at once. */
const GROUP = 32

export interface Seen {
  readonly window: Window
  readonly output: EntityOutput
}

export async function* sweep(document: Document, encoder: EntityEncoder): AsyncGenerator<Seen> {
  for (const group of groupsOf(windowsOf(document, encoder.tokenizer, encoder.maxLength), GROUP)) {
    const outputs = await encoder.encode(group.map((window) => inputOf(window, document.text, encoder.tokenizer)))
    yield* group.map((window, w): Seen => ({ window, output: outputs[w]! }))
  }
}

function* groupsOf(windows: Iterable<Window>, size: number): Generator<Window[]> {
  let group: Window[] = []
  for (const window of windows) {
    group.push(window)
    if (group.length < size) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}
