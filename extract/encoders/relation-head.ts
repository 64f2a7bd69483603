// head.json of the relation encoder -> ComparisonHead, checked against the model's width.
import { GraphloomError } from '../../errors.ts'
import { type ComparisonHead, SIGNS, type Weighing } from '../encoder.ts'
import { hasNumbers, isNumber, isRecord, isRow } from './numbers.ts'

export function relationHead(head: unknown, width: number, path: string): ComparisonHead {
  const { relation, end, gains, bias, calibration, verdict, centre, noRelation } = isRecord(head) ? head : {}
  if (
    !isNumber(relation) || !isNumber(end) || relation + 2 * end !== width || !isRow(gains, 3) || !isNumber(bias)
    || !hasNumbers(calibration, ['slope', 'offset']) || !isRecord(verdict) || !isWeighing(verdict['described']) || !isWeighing(verdict['few']) || !isWeighing(verdict['many']) || !isRow(centre, width) || !Array.isArray(noRelation) || !noRelation.every((row) => isRow(row, width))
  ) throw new GraphloomError('model.manifest', `${path} does not fit the model's width of ${width}: it needs relation + 2 * end of that sum, three gains, bias, calibration, verdict, and centre and noRelation of that width. Restore the bundle.`)
  const [first, second, third] = gains as [number, number, number]
  return {
    relation, end, gains: [first, second, third], bias, calibration: { slope: calibration.slope, offset: calibration.offset },
    verdict: { described: verdict['described'], few: verdict['few'], many: verdict['many'] },
    centre: Float32Array.from(centre), noRelation: noRelation.map((row: readonly number[]) => Float32Array.from(row)),
  }
}

const isWeighing = (value: unknown): value is Weighing => hasNumbers(value, [...SIGNS, 'offset'])
