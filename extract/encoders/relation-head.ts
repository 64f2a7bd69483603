// head.json of the relation encoder -> ComparisonHead, checked against the model's width.
import { GraphloomError } from '../../errors.ts'
import { ASKED, type ComparisonHead, type OperatingCurve, SIGNS, type Tree, type Weighing } from '../encoder.ts'
import { hasNumbers, isNumber, isRecord, isRow } from './numbers.ts'

const KINDS = ['described', 'few', 'many'] as const

export function relationHead(head: unknown, width: number, path: string): ComparisonHead {
  const { relation, end, gains, bias, calibration, verdict, trees = [], operating, centre, noRelation } = isRecord(head) ? head : {}
  if (
    !isNumber(relation) || !isNumber(end) || relation + 2 * end !== width || !isRow(gains, 3) || !isNumber(bias)
    || !hasNumbers(calibration, ['slope', 'offset']) || !isOfKinds(verdict, isWeighing) || !Array.isArray(trees) || !trees.every(isTree) || !isOfKinds(operating, isCurve) || !isRow(centre, width) || !Array.isArray(noRelation) || !noRelation.every((row) => isRow(row, width))
  ) throw new GraphloomError('model.manifest', `${path} does not fit the model's width of ${width}: it needs relation + 2 * end of that sum, three gains, bias, calibration, verdict and operating of three kinds, trees of known signs if any, and centre and noRelation of that width. Restore the bundle.`)
  const [first, second, third] = gains as [number, number, number]
  return {
    relation, end, gains: [first, second, third], bias, calibration: { slope: calibration.slope, offset: calibration.offset },
    verdict, trees, operating,
    centre: Float32Array.from(centre), noRelation: noRelation.map((row: readonly number[]) => Float32Array.from(row)),
  }
}

const isOfKinds = <Each>(value: unknown, is: (each: unknown) => each is Each): value is Readonly<Record<typeof KINDS[number], Each>> => isRecord(value) && KINDS.every((kind) => is(value[kind]))

const isWeighing = (value: unknown): value is Weighing => hasNumbers(value, [...SIGNS, 'offset'])

const isTree = (value: unknown): value is Tree => isNumber(value) || (Array.isArray(value) && value.length === 4 && ASKED.includes(value[0]) && isNumber(value[1]) && isTree(value[2]) && isTree(value[3]))

const isCurve = (value: unknown): value is OperatingCurve => Array.isArray(value) && value.length > 0 && value.every((point) => isRow(point, 2) && point.every((each) => each > 0 && each < 1))
  && value.every((point, at) => at === 0 || (point[0] > value[at - 1][0] && point[1] >= value[at - 1][1]))
