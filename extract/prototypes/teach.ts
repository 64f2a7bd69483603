// Ontology with examples -> one prototype a relation. Negatives are what the ontology's author did not say but implied:
// examples of other relations, reversed ends, and other pairs of the same sentences.
import type { CompiledOntology, Relation, RelationExample } from '../../ontology/index.ts'
import type { ComparisonHead, Encoder } from '../encoder.ts'
import { computeCues } from './cues.ts'
import { describeRelations } from './describe.ts'
import { computeFeatures, type Features } from './features.ts'
import { type LogisticProblem, type LogisticSolution, solveLogistic } from './logistic.ts'
import { priorScore, type Prototype } from './prototype.ts'
import { combine, inner, type Row, toRow } from './row.ts'
import type { Statement } from './statement.ts'

/** An unlabelled pair that the finders saw in an example's text. */
export interface Bystander {
  readonly statement: Statement
  readonly relations: readonly string[]
}

export interface Taught {
  readonly prototypes: ReadonlyMap<string, Prototype>
}

interface Sample {
  readonly statement: Statement
  /** Relations that it is an example of. */
  readonly positive: ReadonlySet<string>
  readonly denied: ReadonlySet<string>
  /** Relations that types allow there. */
  readonly allowed: ReadonlySet<string>
  readonly kind: 'example' | 'reversed' | 'bystander'
}

/** Weight of a negative that nobody declared: texts may say more than one thing. */
const WEIGHTS = { declared: 1.5, other: 1, reversed: 1, bystander: 0.6 }
/** Share of the pairs that state a relation that nobody marks so, before the examples tell, and how many pairs that guess counts as. */
const UNMARKED = { share: 0.15, counts: 10 }
const ROUNDS = 8
/** Positive examples from which on they are heard in full: two or three say more of their own words than of the relation. */
const ENOUGH = 10
/** Examples that one head is made from; the cost grows with the cube. */
const MAX_SAMPLES = 320

/** Makes every relation's prototype; deterministic, the order of examples apart. */
export async function teach(ontology: CompiledOntology, bystanders: readonly Bystander[], encoder: Encoder): Promise<Taught> {
  const relations = Object.values(ontology.ontology.relations).sort((a, b) => (a.name < b.name ? -1 : 1))
  const samples = gatherSamples(relations, bystanders, ontology)
  const features = await computeFeatures(samples.map(({ statement }) => statement), encoder)
  const described = await describeRelations(relations, encoder)
  const rows = features.map((each) => toRow(each, encoder.head))
  const cues = computeCues(relations)
  const prototypes = relations.map(({ name }, k): [string, Prototype] =>
    [name, fit({ relation: name, cues: cues.get(name)!, described: described[k]!, trust: 0, judged: [] }, samples, features, rows, encoder.head)])
  return { prototypes: new Map(prototypes) }
}

function fit(bare: Prototype, samples: readonly Sample[], features: readonly Features[], rows: readonly Row[], head: ComparisonHead): Prototype {
  const { relation } = bare
  const chosen = choose(relation, samples, rows)
  if (!chosen.some((i) => samples[i]!.positive.has(relation) || samples[i]!.denied.has(relation))) return bare
  const n = chosen.length
  const gram = new Float64Array(n * n)
  chosen.forEach((a, i) => chosen.slice(0, i + 1).forEach((b, j) => {
    gram[i * n + j] = gram[j * n + i] = inner(rows[a]!, rows[b]!)
  }))
  const weights = chosen.map((i) => weightOf(samples[i]!, relation))
  const prior = chosen.map((i) => priorScore(bare, features[i]!, head))
  const { targets, dual, leftOut } = solveUnlabelled(chosen.map((i) => samples[i]!), { gram, weights, prior }, relation)
  const positives = chosen.filter((i) => samples[i]!.positive.has(relation)).length
  const trust = Math.min(1, positives / ENOUGH)
  return {
    ...bare,
    trust,
    head: combine(chosen.map((i) => rows[i]!), dual.map((weight) => trust * weight)),
    judged: chosen.map((i, k) => ({
      statement: samples[i]!.statement, positive: samples[i]!.positive.has(relation), declared: samples[i]!.positive.has(relation) || samples[i]!.denied.has(relation), target: targets[k]!, weight: weights[k]!, score: prior[k]! + trust * (leftOut[k]! - prior[k]!),
    })),
  }
}

/**
 * The head when what nobody declared a negative may be a positive that nobody marked: expectation maximisation over what those are, each judged
 * by the head that all others make, and over how many were left unmarked (labels at random from positives: Elkan & Noto, KDD 2008).
 */
function solveUnlabelled(chosen: readonly Sample[], problem: Omit<LogisticProblem, 'targets'>, relation: string): LogisticSolution & Pick<LogisticProblem, 'targets'> {
  let targets = chosen.map(({ positive }) => Number(positive.has(relation)))
  let solution = solveLogistic({ ...problem, targets })
  const marked = sumOf(targets)
  let unmarked = UNMARKED.share
  for (let round = 0; round < ROUNDS; round += 1) {
    const { leftOut } = solution
    targets = chosen.map(({ positive, denied, kind }, k) => {
      if (positive.has(relation)) return 1
      if (denied.has(relation) || kind === 'reversed') return 0
      const odds = unmarked * Math.exp(Math.min(30, leftOut[k]!))
      return odds / (1 + odds)
    })
    const found = sumOf(targets) - marked
    unmarked = (UNMARKED.share * UNMARKED.counts + found) / (UNMARKED.counts + marked + found)
    solution = solveLogistic({ ...problem, targets })
  }
  return { ...solution, targets }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** The relation's own samples, then the negatives most like its positives. */
function choose(relation: string, samples: readonly Sample[], rows: readonly Row[]): number[] {
  const indexes = samples.map((_, i) => i)
  const own = indexes.filter((i) => samples[i]!.positive.has(relation) || samples[i]!.denied.has(relation))
  const others = indexes.filter((i) => !own.includes(i) && samples[i]!.allowed.has(relation))
  if (own.length + others.length <= MAX_SAMPLES || own.length === 0) return [...own, ...others]
  const mean = combine(own.map((i) => rows[i]!), new Float64Array(own.length).fill(1 / own.length))
  const likeness = new Map(others.map((i) => [i, inner(mean, rows[i]!)]))
  const nearest = others.sort((a, b) => likeness.get(b)! - likeness.get(a)! || a - b).slice(0, Math.max(0, MAX_SAMPLES - own.length))
  return [...own.slice(0, MAX_SAMPLES), ...nearest]
}

function weightOf({ positive, denied, kind }: Sample, relation: string): number {
  if (positive.has(relation)) return 1
  if (denied.has(relation)) return WEIGHTS.declared
  return kind === 'example' ? WEIGHTS.other : WEIGHTS[kind]
}

function gatherSamples(relations: readonly Relation[], bystanders: readonly Bystander[], ontology: CompiledOntology): Sample[] {
  const byPlace = new Map<string, { example: RelationExample; relation: Relation; positive: Set<string>; denied: Set<string> }>()
  for (const relation of relations) {
    for (const example of [...relation.examples, ...relation.negatives]) {
      const key = JSON.stringify([example.text, example.head, example.tail])
      const entry = byPlace.get(key) ?? { example, relation, positive: new Set<string>(), denied: new Set<string>() }
      ;(example.negative ? entry.denied : entry.positive).add(relation.name)
      byPlace.set(key, entry)
    }
  }
  const samples: Sample[] = []
  for (const [, { example, relation, positive, denied }] of [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const statement = statementOf(example)
    samples.push({ statement, positive, denied, allowed: allowedLike(relation, ontology, false), kind: 'example' })
    const reversed = JSON.stringify([example.text, example.tail, example.head])
    const { head, tail } = statement
    const back = allowedLike(relation, ontology, true)
    if (positive.size === 0 || byPlace.has(reversed) || back.size === 0) continue
    const symmetric = [...positive].filter((name) => ontology.ontology.relations[name]!.symmetric)
    samples.push({
      statement: { ...statement, head: tail, tail: head },
      positive: new Set(symmetric), denied: new Set(), allowed: back, kind: 'reversed',
    })
  }
  const known = new Set(samples.map(({ statement }) => placeOf(statement)))
  for (const { statement, relations: allowed } of bystanders) {
    if (!known.has(placeOf(statement))) samples.push({ statement, positive: new Set(), denied: new Set(), allowed: new Set(allowed), kind: 'bystander' })
  }
  return samples
}

/** Relations that the types of `relation`'s ends allow as well. */
function allowedLike({ domain, range, literal }: Relation, ontology: CompiledOntology, reversed: boolean): Set<string> {
  const names = new Set<string>()
  if (literal) {
    if (!reversed) for (const head of domain) for (const { name } of ontology.literalRelations(head, literal)) names.add(name)
    return names
  }
  for (const head of domain) {
    for (const tail of range) {
      const [from, to] = reversed ? [tail, head] : [head, tail]
      for (const { name } of ontology.relationsBetween(from, to)) names.add(name)
    }
  }
  return names
}

/** What a relation's positive examples say, in their order. */
export function exampleStatements({ examples }: Relation): Statement[] {
  return examples.map(statementOf)
}

function statementOf({ text, head, tail }: RelationExample): Statement {
  return { text, window: { start: 0, end: text.length }, head: { start: head[0], end: head[1] }, tail: { start: tail[0], end: tail[1] } }
}

function placeOf({ text, head, tail }: Statement): string {
  return JSON.stringify([text, head.start, head.end, tail.start, tail.end])
}
