// Marked texts -> packed windows -> a vector a mark, or a verdict a mark and claim: pairs of one text share a pass; longer texts are shown around both ends, none is cut off from its ends.
import type { Span } from '../../ingest/index.ts'
import { type Encoder, type EncoderInput, SLOT_PIECES } from '../encoder.ts'
import type { Pieces } from '../tokenizer/index.ts'

/** A text with one ordered pair in it. */
export interface Marked {
  readonly text: string
  readonly head: Span
  readonly tail: Span
}

/** A marked text and what it may say of its pair. */
export interface Asked {
  readonly marked: Marked
  /** A relation in words, read behind the text. */
  readonly claim: string
}

/** Rows of the vocabulary that stand for the marks: `[unused1]` to `[unused4]`, then `[MASK]`. */
const SLOT_IDS = [1, 2, 3, 4, 103]
/** `[unused5]`: a claim follows. */
const CLAIM_ID = 5
/** The mask's own position, the last that the model has. */
const MASK_POSITION = 511
/** Pairs of one pass; more would only lengthen it. */
const PAIRS_A_PASS = 24
/** Pieces of a claim that are read; training showed no more. */
const MOST_CLAIM = 72

/** Half-open ranges of pieces, in order. */
type Crop = readonly (readonly [number, number])[]
type Ends = readonly [headFirst: number, headLast: number, tailFirst: number, tailLast: number]

interface Place {
  /** Index of the marked text. */
  readonly at: number
  readonly ends: Ends
}

interface Pass {
  readonly input: EncoderInput
  readonly places: readonly Place[]
}

/** One vector for each marked text, in order; zeros where an end has no piece of the vocabulary. */
export async function encodeMarked(marked: readonly Marked[], encoder: Encoder): Promise<Float32Array[]> {
  const passes = passesOf(marked, () => '', encoder)
  const outputs = await encoder.encode(passes.map(({ input }) => input))
  const vectors = marked.map(() => new Float32Array(encoder.width))
  passes.forEach(({ places }, w) => places.forEach(({ at }, k) => vectors[at]!.set(outputs[w]!.vectors.subarray(k * encoder.width, (k + 1) * encoder.width))))
  return vectors
}

/** For each the logit that the text states its claim, in order; `NO_VERDICT` where an end has no piece of the vocabulary. */
export async function judgeMarked(asked: readonly Asked[], encoder: Encoder): Promise<number[]> {
  const passes = passesOf(asked.map(({ marked }) => marked), (k) => asked[k]!.claim, encoder)
  const outputs = await encoder.encode(passes.map(({ input }) => input))
  const verdicts = asked.map(() => NO_VERDICT)
  passes.forEach(({ places }, w) => places.forEach(({ at }, k) => void (verdicts[at] = outputs[w]!.verdicts[k]!)))
  return verdicts
}

export const NO_VERDICT = -12

/** What is asked of one text, and of one claim where there is one, shares passes. */
function passesOf(marked: readonly Marked[], claimOf: (k: number) => string, encoder: Encoder): Pass[] {
  const groups = new Map<string, number[]>()
  marked.forEach(({ text }, k) => {
    const key = `${claimOf(k)}\n${text}`
    const group = groups.get(key) ?? []
    group.push(k)
    groups.set(key, group)
  })
  const passes: Pass[] = []
  for (const indexes of groups.values()) {
    const [first] = indexes as [number, ...number[]]
    const pieces = encoder.tokenizer.tokenize(marked[first]!.text)
    const claim = claimPieces(claimOf(first), encoder)
    const byCrop = new Map<string, { crop: Crop; places: Place[] }>()
    for (const at of indexes) {
      const ends = endsOf(marked[at]!, pieces)
      if (!ends) continue
      const crop = cropOf(pieces.ids.length, ends, encoder.maxLength - 2 - claim.length)
      const key = crop.join(';')
      const group = byCrop.get(key) ?? { crop, places: [] }
      group.places.push({ at, ends })
      byCrop.set(key, group)
    }
    for (const { crop, places } of byCrop.values()) {
      for (let from = 0; from < places.length; from += PAIRS_A_PASS) {
        const some = places.slice(from, from + PAIRS_A_PASS)
        passes.push({ input: pack(pieces, crop, claim, some, encoder), places: some })
      }
    }
  }
  return passes
}

/** The claim between its sign and its end; none for no claim. */
function claimPieces(claim: string, { tokenizer }: Encoder): readonly number[] {
  return claim === '' ? [] : [CLAIM_ID, ...tokenizer.tokenize(claim).ids.slice(0, MOST_CLAIM), tokenizer.endId]
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

function pack({ ids }: Pieces, crop: Crop, claim: readonly number[], places: readonly Place[], { tokenizer }: Encoder): EncoderInput {
  const kept = crop.flatMap(([from, to]) => Array.from({ length: to - from }, (_, k) => from + k))
  const positionOf = new Map(kept.map((piece, k) => [piece, k + 1]))
  const shown = kept.length + 2
  const text = shown + claim.length
  const length = text + SLOT_PIECES * places.length
  const input = {
    ids: new Int32Array(length), positions: new Int32Array(length), types: new Int32Array(length), slots: new Int32Array(length),
    starts: Int32Array.from(places, (_, k) => text + SLOT_PIECES * k),
  }
  input.ids.set([tokenizer.startId, ...kept.map((piece) => ids[piece]!), tokenizer.endId, ...claim])
  for (let k = 0; k < text; k += 1) input.positions[k] = k
  // An end that reaches beyond what is shown ends there.
  const position = (piece: number): number => positionOf.get(piece) ?? shown - 2
  places.forEach(({ ends }, k) => {
    const at = input.starts[k]!
    input.ids.set(SLOT_IDS, at)
    input.positions.set([...ends.map(position), MASK_POSITION], at)
    input.types.fill(1, at, at + SLOT_PIECES)
    input.slots.fill(k + 1, at, at + SLOT_PIECES)
  })
  return input
}
