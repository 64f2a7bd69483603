// Texts -> states with offsets: pieces windowed with overlap where they exceed the model's length, each state from the window that sees most around it.
import type { Span } from '../../ingest/index.ts'
import type { Encoder, EncoderInput } from '../encoder.ts'
import type { Pieces } from '../tokenizer/index.ts'

/** States of one text; offsets are those of the text given. */
export interface EncodedText {
  readonly pieces: Pieces
  readonly states: Float32Array // (pieces, width)
  readonly width: number
}

/** Pieces that two neighbouring windows share. */
const OVERLAP = 64

interface Window {
  readonly text: number
  readonly from: number
  readonly to: number
}

/** Encodes every text once; none is cut. */
export async function encodeTexts(texts: readonly string[], encoder: Encoder): Promise<EncodedText[]> {
  const pieces = texts.map((text) => encoder.tokenizer.tokenize(text))
  const windows = pieces.flatMap(({ ids }, text) => windowsOf(ids.length, encoder.maxLength - 2).map(([from, to]): Window => ({ text, from, to })))
  const outputs = await encoder.encode(windows.map(({ text, from, to }) => inputOf(pieces[text]!, from, to, encoder)))
  const { width } = encoder
  const encoded = pieces.map((each): EncodedText => ({ pieces: each, states: new Float32Array(each.ids.length * width), width }))
  windows.forEach((window, k) => {
    const { states } = encoded[window.text]!
    // In an overlap the earlier window keeps the first half and the later one takes the second.
    const keepFrom = window.from === 0 ? 0 : window.from + OVERLAP / 2
    states.set(outputs[k]!.states.subarray((1 + keepFrom - window.from) * width, (1 + window.to - window.from) * width), keepFrom * width)
  })
  return encoded
}

/** Mean state of the pieces that touch `span`; zeros when there are none. */
export function meanState({ pieces, states, width }: EncodedText, { start, end }: Span): Float32Array {
  const mean = new Float32Array(width)
  let count = 0
  for (let piece = 0; piece < pieces.ids.length; piece += 1) {
    if (pieces.ends[piece]! <= start || pieces.starts[piece]! >= end) continue
    count += 1
    for (let k = 0; k < width; k += 1) mean[k]! += states[piece * width + k]!
  }
  if (count > 1) for (let k = 0; k < width; k += 1) mean[k]! /= count
  return mean
}

/** Half-open ranges of at most `length` pieces that cover `count` pieces. */
export function windowsOf(count: number, length: number): [number, number][] {
  const windows: [number, number][] = []
  for (let from = 0; from < count; from += length - OVERLAP) {
    const to = Math.min(count, from + length)
    windows.push([from, to])
    if (to === count) break
  }
  return windows
}

function inputOf({ ids }: Pieces, from: number, to: number, { tokenizer }: Encoder): EncoderInput {
  const sequence = new Int32Array(to - from + 2)
  sequence[0] = tokenizer.startId
  sequence.set(ids.subarray(from, to), 1)
  sequence[sequence.length - 1] = tokenizer.endId
  return { ids: sequence }
}
