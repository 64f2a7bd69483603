// The spans that somebody asks about, and their vectors, which grow as windows pass: the first piece gives one half, the last the other.
import type { Span } from '../../ingest/index.ts'
import type { EntityHead } from '../entity-encoder.ts'
import type { Window } from './windows.ts'

export interface Wanted {
  /** Takes what a window's pieces say of the spans that begin or end there, and of `names`, which stand in it. */
  see(window: Window, halves: Float32Array, names: readonly Span[]): void
  /** Ends the growing; blocks that are compared by their cosine get unit length. */
  close(head: EntityHead): (span: Span) => Float32Array | undefined
}

interface Growing extends Span {
  readonly vector: Float32Array
}

/** `width`: values of a span's vector. */
export function openWanted(spans: readonly Span[], width: number): Wanted {
  const all = new Map<string, Growing>()
  for (const { start, end } of spans) if (!all.has(keyOf({ start, end }))) all.set(keyOf({ start, end }), { start, end, vector: new Float32Array(width) })
  const byStart = [...all.values()].sort((a, b) => a.start - b.start)
  const byEnd = [...all.values()].sort((a, b) => a.end - b.end)
  const add = ({ vector }: Growing, halves: Float32Array, piece: number, side: 0 | 1): void => {
    // The row of `[CLS]` stands before that of the first piece.
    const at = ((piece + 1) * 2 + side) * width
    for (let k = 0; k < width; k += 1) vector[k]! += halves[at + k]!
  }
  return {
    see(window, halves, names) {
      const [from, to] = [window[0]!.start, window.at(-1)!.end]
      const fresh = names.filter((name) => !all.has(keyOf(name))).map(({ start, end }): Growing => ({ start, end, vector: new Float32Array(width) }))
      for (const name of fresh) all.set(keyOf(name), name)
      for (const span of [...within(byStart, from, to, 'start'), ...fresh]) add(span, halves, firstAfter(window, span.start), 0)
      for (const span of [...within(byEnd, from + 1, to + 1, 'end'), ...fresh]) add(span, halves, lastBefore(window, span.end), 1)
    },
    close({ blocks: { kind, mention } }) {
      for (const { vector } of all.values()) for (const block of [vector.subarray(0, kind), vector.subarray(kind, kind + mention)]) toUnitLength(block)
      return (span) => all.get(keyOf(span))?.vector
    },
  }
}

/** Spans whose `side` is at least `from` and less than `to`. */
function within(sorted: readonly Growing[], from: number, to: number, side: 'start' | 'end'): readonly Growing[] {
  const place = (value: number): number => {
    let low = 0
    let high = sorted.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (sorted[middle]![side] < value) low = middle + 1
      else high = middle
    }
    return low
  }
  return sorted.slice(place(from), place(to))
}

function firstAfter(window: Window, start: number): number {
  const found = window.findIndex(({ end }) => end > start)
  return found < 0 ? window.length - 1 : found
}

function lastBefore(window: Window, end: number): number {
  const found = window.findLastIndex(({ start }) => start < end)
  return found < 0 ? 0 : found
}

function toUnitLength(block: Float32Array): void {
  const norm = Math.hypot(...block) || 1
  for (let k = 0; k < block.length; k += 1) block[k]! /= norm
}

function keyOf({ start, end }: Span): string {
  return `${start}-${end}`
}
