// Port: packed windows in, a vector and a verdict per pair out. Adapters stand in encoders/; batching hides behind this port.
import type { Tokenizer } from './tokenizer/index.ts'

/** Pieces of one slot. */
export const SLOT_PIECES = 5

/**
 * One packed window: the pieces of a text, `[CLS]` and `[SEP]` included, those of a claim where verdicts are asked for, then a slot of
 * five pieces for each pair (start and end of the head, start and end of the tail, the relation's mask). The layout stands in docs/models.md.
 */
export interface EncoderInput {
  readonly ids: Int32Array // (pieces)
  /** Slot pieces share the positions of the pieces that they mark. */
  readonly positions: Int32Array // (pieces)
  /** 0 text, 1 slot. */
  readonly types: Int32Array // (pieces)
  /** 0 text, k + 1 for the pieces of slot k: a slot sees the text and itself. */
  readonly slots: Int32Array // (pieces)
  /** Index of each slot's first piece. */
  readonly starts: Int32Array // (pairs)
}

export interface EncoderOutput {
  /** What the text says between head and tail, then the head, then the tail, each of unit length. */
  readonly vectors: Float32Array // (pairs, width), row-major
  /** Logits that the text states of the pair what the claim behind it says; they mean nothing where no claim stands there. */
  readonly verdicts: Float32Array // (pairs)
}

/** How the model compares a pair's vector with that of a relation's description. */
export interface ComparisonHead {
  /** Values of the relation block and of each end block; `width` is the first plus twice the second. */
  readonly relation: number
  readonly end: number
  /** Factors of the three cosines. */
  readonly gains: readonly [number, number, number]
  readonly bias: number
  /** Mean vector of pairs that are in no relation: what all pairs share tells nothing apart. */
  readonly centre: Float32Array // (width)
  /** How the evidence of a claim becomes one logit: for relations by description alone, by few examples, and by many. */
  readonly verdict: { readonly described: Weighing; readonly few: Weighing; readonly many: Weighing }
  /** What each of them adds to that logit, from what the line of the weights does not see: how signs bear on one another. None in bundles without them. */
  readonly trees: readonly Tree[]
  /** By the same kinds: from which score on claims are right with a precision, by rising precision. */
  readonly operating: { readonly described: OperatingCurve; readonly few: OperatingCurve; readonly many: OperatingCurve }
  /** How the comparison with an unseen relation becomes a logit. */
  readonly calibration: { readonly slope: number; readonly offset: number }
  /** Unit vectors of pairs that are in no relation. */
  readonly noRelation: readonly Float32Array[] // (any, width)
}

/** What is known of a claim that was read twice: what the readings say, what they say of its rivals, and what its ends look like. */
export const SIGNS = [
  'first', 'second', 'otherTail', 'otherTailElsewhere', 'otherHead', 'otherRelation', 'listed', 'headLikeness', 'tailLikeness', 'literal', 'nominalHead', 'nominalTail', 'pronounTail', 'across', 'underHeading',
] as const
/** How the claim stands in its document: what else says the same, what else its ends are in, which way round it is said, how often and in how many words the ends are mentioned, what stands before and between them, what else they might be in that relation with. */
export const SURROUNDINGS = [
  'support', 'headElsewhere', 'tailElsewhere', 'reversed', 'headMentions', 'tailMentions', 'headWords', 'tailWords', 'headNameWords', 'tailNameWords', 'before', 'between', 'tails', 'heads', 'headLink',
] as const
/** Values of signs; extract/triples/evidence.ts and surroundings.ts say how they are measured. */
export type Signs = Readonly<Record<typeof SIGNS[number], number>>
export type Evidence = Signs & Readonly<Record<typeof SURROUNDINGS[number], number>>

/** logit = offset + the sum of every sign times its weight. */
export interface Weighing extends Signs {
  readonly offset: number
}

/** What trees ask about: all evidence, and how far the relation's examples are heard, in [0, 1]. */
export const ASKED = [...SIGNS, ...SURROUNDINGS, 'trust'] as const
/** A value, or a question: where the sign is at most the bound the first branch holds, else the second. */
export type Tree = number | readonly [sign: typeof ASKED[number], bound: number, atMost: Tree, more: Tree]

/** Pairs of a precision and the least score whose claims kept it, by a bound for as many as were counted; both in (0, 1) and rising. */
export type OperatingCurve = readonly (readonly [precision: number, score: number])[]

export interface Encoder {
  /** `name@version+numeric`, e.g. `relation-encoder@1.0.0+int8`: goes into provenance. */
  readonly model: string
  readonly width: number
  /** Most pieces of a window's text. */
  readonly maxLength: number
  /** The vocabulary that the ids belong to. */
  readonly tokenizer: Tokenizer
  readonly head: ComparisonHead
  /** Same input, same output, whatever else is in the batch. Never blocks the event loop. */
  encode(inputs: readonly EncoderInput[]): Promise<readonly EncoderOutput[]>
}
