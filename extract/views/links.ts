// Two spans' vectors -> how much the later goes on what the earlier began.
import type { EntityHead } from '../entity-encoder.ts'
import type { Linkable } from './view.ts'

const KINDS: Readonly<Record<Linkable['kind'], number>> = { name: 0, nominal: 1, pronoun: 2, literal: 0 }

/** Logit against the later mention's being new. */
export function linkLogit(later: Linkable, a: Float32Array, earlier: Linkable, b: Float32Array, { blocks, link }: EntityHead): number {
  const [mention, antecedent] = [blocks.kind, blocks.kind + blocks.mention]
  const anaphor = antecedent + blocks.antecedent
  let same = 0
  for (let k = 0; k < blocks.mention; k += 1) same += a[mention + k]! * b[mention + k]!
  let goesOn = 0
  for (let k = 0; k < blocks.anaphor; k += 1) goesOn += a[anaphor + k]! * b[antecedent + k]!
  const kind = KINDS[later.kind]
  const equal = later.text.toLowerCase() === earlier.text.toLowerCase() ? link.equal[kind]! : 0
  return goesOn / Math.sqrt(blocks.anaphor) + link.sameGain * same + link.bias + link.distance[kind]![bucketOf(later.sentence - earlier.sentence)]! + link.kinds[kind]![KINDS[earlier.kind]]! + equal
}

/** 0, 1, 2, 3, 4 to 5, more. */
function bucketOf(sentences: number): number {
  const far = Math.max(0, sentences)
  return far > 5 ? 5 : far > 3 ? 4 : far
}
