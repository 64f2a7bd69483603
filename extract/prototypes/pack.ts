// Marked texts -> packed windows -> one vector a mark: pairs of one text share a pass; longer texts are shown around both ends, none is cut off from its ends.
import type { Span } from '../../ingest/index.ts'
import { type Encoder, type EncoderInput, SLOT_PIECES } from '../encoder.ts'
import type { Pieces } from '../tokenizer/index.ts'

/** A text with one ordered pair in it. */
export interface Marked {
  readonly text: string
  readonly head: Span
  readonly tail: Span
}

/** Rows of the vocabulary that stand for the marks: `[unused1]` to `[unused4]`, then `[MASK]`. */
const SLOT_IDS = [1, 2, 3, 4, 103]
/** The mask's own position, the last that the model has. */
const MASK_POSITION = 511
/** Pairs of one pass; more would only lengthen it. */
const PAIRS_A_PASS = 24

/** Half-open ranges of pieces, in order. */
type Crop = readonly (readonly [number, number])[]
type Ends = readonly [headFirst: number, headLast: number, tailFirst: number, tailLast: number]

interface Place {
  /** Index of the marked text. */
  readonly at: number
  readonly ends: Ends
}

/** One vector for each marked text, in order; zeros where an end has no piece of the vocabulary. */
export async function encodeMarked(marked: readonly Marked[], encoder: Encoder): Promise<Float32Array[]> {
  const byText = new Map<string, number[]>()
  marked.forEach(({ text }, k) => void (byText.get(text)?.push(k) ?? byText.set(text, [k])))
  const windows: { readonly input: EncoderInput; readonly places: readonly Place[] }[] = []
  for (const [text, indexes] of byText) {
    const pieces = encoder.tokenizer.tokenize(text)
    const byCrop = new Map<string, { crop: Crop; places: Place[] }>()
    for (const at of indexes) {
      const ends = endsOf(marked[at]!, pieces)
      if (!ends) continue
      const crop = cropOf(pieces.ids.length, ends, encoder.maxLength - 2)
      const key = crop.join(';')
      const group = byCrop.get(key) ?? { crop, places: [] }
      group.places.push({ at, ends })
      byCrop.set(key, group)
    }
    for (const { crop, places } of byCrop.values()) {
      for (let from = 0; from < places.length; from += PAIRS_A_PASS) {
        const some = places.slice(from, from + PAIRS_A_PASS)
        windows.push({ input: pack(pieces, crop, some, encoder), places: some })
      }
    }
  }
  const outputs = await encoder.encode(windows.map(({ input }) => input))
  const vectors = marked.map(() => new Float32Array(encoder.width))
  windows.forEach(({ places }, w) => places.forEach(({ at }, k) => vectors[at]!.set(outputs[w]!.vectors.subarray(k * encoder.width, (k + 1) * encoder.width))))
  return vectors
}

/** First and last piece of both ends. */
function endsOf({ head, tail }: Marked, pieces: Pieces): Ends | undefined {
  const [h, t] = [piecesOf(head, pieces), piecesOf(tail, pieces)]
  return h && t ? [h[0], h[1], t[0], t[1]] : undefined
}

function piecesOf({ start, end }: Span, { starts, ends }: Pieces): readonly [number, number] | undefined {
  let first = -1
  let last = -1
  for (let k = 0; k < starts.length && starts[k]! < end; k += 1) {
    if (ends[k]! <= start) continue
    if (first < 0) first = k
    last = k
  }
  return first < 0 ? undefined : [first, last]
}

/** Pieces shown on both sides of a pair in a text that does not fit; ends are rounded so that neighbours share a pass. */
const AROUND = 32

/** The whole text where it fits; else what surrounds the pair; else what surrounds each end. */
function cropOf(count: number, ends: Ends, most: number): Crop {
  if (count <= most) return [[0, count]]
  const around = (low: number, high: number): readonly [number, number] =>
    [Math.max(0, AROUND * Math.floor((low - AROUND) / AROUND)), Math.min(count, AROUND * Math.ceil((high + 1 + AROUND) / AROUND))]
  const [from, to] = around(Math.min(ends[0], ends[2]), Math.max(ends[1], ends[3]))
  if (to - from <= most) return [[from, to]]
  const half = (first: number, last: number): readonly [number, number] => {
    const [low, high] = around(first, last)
    return [low, Math.min(high, low + Math.floor(most / 2))]
  }
  const [a, b] = ends[0] <= ends[2] ? [half(ends[0], ends[1]), half(ends[2], ends[3])] : [half(ends[2], ends[3]), half(ends[0], ends[1])]
  return b[0] <= a[1] ? [[a[0], Math.min(b[1], a[0] + most)]] : [a, b]
}

function pack({ ids }: Pieces, crop: Crop, places: readonly Place[], { tokenizer }: Encoder): EncoderInput {
  const kept = crop.flatMap(([from, to]) => Array.from({ length: to - from }, (_, k) => from + k))
  const positionOf = new Map(kept.map((piece, k) => [piece, k + 1]))
  const text = kept.length + 2
  const length = text + SLOT_PIECES * places.length
  const input = {
    ids: new Int32Array(length), positions: new Int32Array(length), types: new Int32Array(length), slots: new Int32Array(length),
    starts: Int32Array.from(places, (_, k) => text + SLOT_PIECES * k),
  }
  input.ids.set([tokenizer.startId, ...kept.map((piece) => ids[piece]!), tokenizer.endId])
  for (let k = 0; k < text; k += 1) input.positions[k] = k
  // An end that reaches beyond what is shown ends there.
  const position = (piece: number): number => positionOf.get(piece) ?? text - 2
  places.forEach(({ ends }, k) => {
    const at = input.starts[k]!
    input.ids.set(SLOT_IDS, at)
    input.positions.set([...ends.map(position), MASK_POSITION], at)
    input.types.fill(1, at, at + SLOT_PIECES)
    input.slots.fill(k + 1, at, at + SLOT_PIECES)
  })
  return input
}
