// How well a relation is taught: what its examples say of one another when each is left out in turn.
import type { CompiledOntology } from '../../ontology/index.ts'
import type { Encoder } from '../encoder.ts'
import { computeFeatures, exampleStatements, prototypeScore, type Taught, toRow } from '../prototypes/index.ts'
import { type Calibration, probability } from './calibrate.ts'

/** What happens when everything from a score on is accepted. */
export interface OperatingPoint {
  /** Precision asked for. */
  readonly target: number
  /** Least score; absent where no score keeps the target on the examples. */
  readonly score?: number
  readonly precision?: number
  readonly recall?: number
  /** With 90 % confidence the precision is at least this, as far as examples are like texts (Wilson's interval, 1927). */
  readonly bound?: number
}

export interface Weak {
  readonly text: string
  readonly head: string
  readonly tail: string
  readonly positive: boolean
  readonly score: number
}

export interface Lesson {
  readonly relation: string
  readonly positives: number
  readonly negatives: number
  /** Of left-out examples, accepted from a probability of one half. */
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly operatingPoints: readonly OperatingPoint[]
  /** Examples that the others speak against, the worst first. */
  readonly weakest: readonly Weak[]
  /** Pairs that nobody marked for this relation and that the examples speak for, the likest first: mark them, or deny them. */
  readonly unmarked: readonly Weak[]
  /** Relations of the same types that this one's examples are also taken for: mean probability. */
  readonly confusable: readonly { readonly relation: string; readonly score: number }[]
}

const TARGETS = [0.7, 0.8, 0.9, 0.95]
const WEAKEST = 5
/** Two-sided 80 %, so that one side holds with 90 %. */
const Z = 1.2816

/** The lesson of `relation`; without examples its numbers are zero and its lists empty. */
export async function assessLesson(relation: string, taught: Taught, calibrations: ReadonlyMap<string, Calibration>, ontology: CompiledOntology, encoder: Encoder): Promise<Lesson> {
  const calibration = calibrations.get(relation)!
  const judged = taught.prototypes.get(relation)!.judged.map(({ statement: { text, head, tail }, positive, declared, score }) => ({
    text, head: text.slice(head.start, head.end), tail: text.slice(tail.start, tail.end), positive, declared, score: probability(calibration, score),
  }))
  const positives = judged.filter(({ positive }) => positive)
  const accepted = (least: number) => judged.filter(({ score }) => score >= least)
  const right = (least: number) => accepted(least).filter(({ positive }) => positive).length
  const [precision, recall] = [share(right(0.5), accepted(0.5).length), share(right(0.5), positives.length)]
  return {
    relation, positives: positives.length, negatives: judged.length - positives.length,
    precision, recall, f1: share(2 * precision * recall, precision + recall),
    operatingPoints: TARGETS.map((target) => operatingPoint(target, judged)),
    weakest: weak(judged.filter(({ positive, declared, score }) => declared && (positive ? score < 0.5 : score >= 0.5))),
    unmarked: weak(judged.filter(({ declared, score }) => !declared && score >= 0.5)),
    confusable: await confusable(relation, taught, calibrations, ontology, encoder),
  }
}

/** The farthest from even odds. */
function weak(judged: readonly Weak[]): Weak[] {
  return judged.map(({ text, head, tail, positive, score }) => ({ text, head, tail, positive, score })).sort((a, b) => Math.abs(b.score - 0.5) - Math.abs(a.score - 0.5) || (a.text < b.text ? -1 : 1)).slice(0, WEAKEST)
}

/** The lowest score that keeps the target's precision on left-out examples. */
export function operatingPoint(target: number, judged: readonly { readonly positive: boolean; readonly score: number }[]): OperatingPoint {
  const all = judged.filter(({ positive }) => positive).length
  let point: OperatingPoint = { target }
  for (const score of [...new Set(judged.map((each) => each.score))].sort((a, b) => b - a)) {
    const accepted = judged.filter((each) => each.score >= score)
    const right = accepted.filter(({ positive }) => positive).length
    const precision = share(right, accepted.length)
    if (precision >= target) point = { target, score, precision, recall: share(right, all), bound: wilson(right, accepted.length) }
  }
  return point
}

/** Lower end of Wilson's score interval for `right` of `all`. */
export function wilson(right: number, all: number): number {
  if (all === 0) return 0
  const p = right / all
  const middle = p + Z ** 2 / (2 * all)
  const reach = Z * Math.sqrt((p * (1 - p)) / all + Z ** 2 / (4 * all ** 2))
  return round((middle - reach) / (1 + Z ** 2 / all))
}

async function confusable(relation: string, taught: Taught, calibrations: ReadonlyMap<string, Calibration>, ontology: CompiledOntology, encoder: Encoder): Promise<Lesson['confusable']> {
  const own = ontology.ontology.relations[relation]!
  const others = Object.values(ontology.ontology.relations).filter(({ name, domain, range, literal }) => name !== relation && literal === own.literal
    && domain.some((a) => own.domain.some((b) => ontology.isA(a, b) || ontology.isA(b, a)))
    && (literal !== undefined || range.some((a) => own.range.some((b) => ontology.isA(a, b) || ontology.isA(b, a)))))
  const features = await computeFeatures(exampleStatements(own), encoder)
  if (features.length === 0) return []
  return others.map(({ name }) => {
    const prototype = taught.prototypes.get(name)!
    const scores = features.map((each) => probability(calibrations.get(name)!, prototypeScore(prototype, each, toRow(each, encoder.head), encoder.head)))
    return { relation: name, score: round(scores.reduce((sum, score) => sum + score, 0) / scores.length) }
  }).sort((a, b) => b.score - a.score || (a.relation < b.relation ? -1 : 1)).slice(0, WEAKEST)
}

function share(part: number, whole: number): number {
  return whole > 0 ? round(part / whole) : 0
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
