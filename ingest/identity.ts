// Ids from content: the document's id, the record id of a nameless record, and the memory of what a run has read.
import { createHash } from 'node:crypto'
import type { DocumentId } from './document.ts'

/** The identity of a document: the same collection, uri and record give the same id on every machine. */
export function documentId(collection: string, uri: string, record?: string): DocumentId {
  return `doc:${sha256(JSON.stringify([collection, uri, record ?? null])).slice(0, 32)}`
}

/** Hexadecimal sha256 of bytes or of the UTF-8 form of a string. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex')
}

const WORDS = 4
const START = 1 << 10

/** Remembers (id, content) pairs of a run in 16 bytes each, so that millions of records stay cheap. */
export class Seen {
  #slots = new Uint32Array(START * WORDS) // (slots, 3 words of the id + 1 of the content)
  #count = 0

  /** Notes the pair; says whether the id is new, was seen with the same content, or with another. */
  note(id: DocumentId, contentSha256: string): 'new' | 'same' | 'different' {
    if ((this.#count + 1) * WORDS * 2 > this.#slots.length) this.#grow()
    const key = [word(id, 4), word(id, 12), word(id, 20) || 1] as const
    const content = word(contentSha256, 0)
    const at = find(this.#slots, key)
    if (this.#slots[at + 2] !== 0) return this.#slots[at + 3] === content ? 'same' : 'different'
    this.#slots.set([...key, content], at)
    this.#count++
    return 'new'
  }

  /** Takes other content for a noted id where its hash comes before; says whether it did. */
  prefer(id: DocumentId, contentSha256: string): boolean {
    const at = find(this.#slots, [word(id, 4), word(id, 12), word(id, 20) || 1])
    const content = word(contentSha256, 0)
    if (content >= this.#slots[at + 3]!) return false
    this.#slots[at + 3] = content
    return true
  }

  #grow(): void {
    const old = this.#slots
    this.#slots = new Uint32Array(old.length * 2)
    for (let i = 0; i < old.length; i += WORDS) {
      const entry = old.subarray(i, i + WORDS)
      if (entry[2] !== 0) this.#slots.set(entry, find(this.#slots, [entry[0]!, entry[1]!, entry[2]!]))
    }
  }
}

/** Offset of the key's slot, or of the empty slot where it belongs; the third word of a used slot is never 0. */
function find(slots: Uint32Array, key: readonly [number, number, number]): number {
  const mask = slots.length / WORDS - 1
  for (let slot = key[0] & mask; ; slot = (slot + 1) & mask) {
    const at = slot * WORDS
    if (slots[at + 2] === 0) return at
    if (slots[at] === key[0] && slots[at + 1] === key[1] && slots[at + 2] === key[2]) return at
  }
}

function word(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 8), 16)
}
