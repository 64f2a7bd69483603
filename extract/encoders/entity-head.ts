// head.json of the entity encoder -> EntityHead, checked against the model's width.
import { GraphloomError } from '../../errors.ts'
import type { EntityHead } from '../entity-encoder.ts'
import { hasNumbers, isRecord, isRow, isTable } from './numbers.ts'

/** Name, nominal, pronoun. */
const MENTION_KINDS = 3
/** Sentences between: 0, 1, 2, 3, 4 to 5, more. */
const DISTANCES = 6

export function entityHead(head: unknown, width: number, path: string): EntityHead {
  const { coarse, blocks, kind, link } = isRecord(head) ? head : {}
  const refuse = (what: string): GraphloomError => new GraphloomError('model.manifest', `${path} does not fit the model: ${what}. Restore the bundle.`)
  if (!Array.isArray(coarse) || coarse.length === 0 || !coarse.every((name) => typeof name === 'string')) throw refuse('"coarse" must name at least one coarse type')
  if (!hasNumbers(blocks, ['kind', 'mention', 'antecedent', 'anaphor']) || blocks.kind + blocks.mention + blocks.antecedent + blocks.anaphor !== width) {
    throw refuse(`"blocks" must be kind, mention, antecedent and anaphor with a sum of ${width}`)
  }
  if (!isRecord(kind) || !hasNumbers(kind, ['gain', 'bias', 'slope', 'offset'])) throw refuse('"kind" must have the numbers gain, bias, slope and offset')
  if (!isRecord(link) || !hasNumbers(link, ['sameGain', 'bias'])) throw refuse('"link" must have the numbers sameGain and bias')
  const { distance, kinds, equal } = link as Readonly<Record<string, unknown>>
  if (!isTable(distance, MENTION_KINDS, DISTANCES) || !isTable(kinds, MENTION_KINDS, MENTION_KINDS) || !isRow(equal, MENTION_KINDS)) {
    throw refuse('"link" must have distance of 3 by 6, kinds of 3 by 3 and equal of 3 numbers')
  }
  return { coarse, blocks, kind: { gain: kind.gain, bias: kind.bias, slope: kind.slope, offset: kind.offset }, link: { sameGain: link.sameGain, bias: link.bias, distance, kinds, equal } }
}
