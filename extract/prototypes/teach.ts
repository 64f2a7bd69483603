// Ontology with examples -> one prototype a relation. Negatives are what the ontology's author did not say but implied:
// examples of other relations, reversed ends, and other pairs of the same sentences.
import type { CompiledOntology, Relation, RelationExample } from '../../ontology/index.ts'
import type { Encoder } from '../encoder.ts'
import { computeCues, coreDescription } from './cues.ts'
import { computeFeatures, type Features } from './features.ts'
import { solveLogistic } from './logistic.ts'
import { priorScore, type Prototype } from './prototype.ts'
import { type Centre, centred, combine, computeCentre, inner, type Row, toRow } from './row.ts'
import { encodeTexts, meanState } from './states.ts'
import { labelOf, type Statement } from './statement.ts'

/** An unlabelled pair that the finders saw in an example's text. */
export interface Bystander {
  readonly statement: Statement
  readonly relations: readonly string[]
}

export interface Taught {
  readonly prototypes: ReadonlyMap<string, Prototype>
  readonly centre: Centre
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
/** Examples that one head is made from; the cost grows with the cube. */
const MAX_SAMPLES = 320

/** Makes every relation's prototype; deterministic, the order of examples apart. */
export async function teach(ontology: CompiledOntology, bystanders: readonly Bystander[], encoder: Encoder): Promise<Taught> {
  const relations = Object.values(ontology.ontology.relations).sort((a, b) => (a.name < b.name ? -1 : 1))
  const samples = gatherSamples(relations, bystanders, ontology)
  const features = await computeFeatures(samples.map(({ statement }) => statement), encoder)
  const described = await describe(relations, ontology, encoder)
  const centre = centreOf(features, [...described.values()].flat(), encoder.width)
  const rows = features.map((each) => toRow(each, centre))
  const cues = computeCues(relations)
  const prototypes = relations.map((relation): [string, Prototype] => {
    const descriptions = described.get(relation.name)!.map((vector) => centred(vector, centre.statement))
    return [relation.name, fit({ relation: relation.name, cues: cues.get(relation.name)!, descriptions, judged: [] }, samples, features, rows, centre)]
  })
  return { prototypes: new Map(prototypes), centre }
}

function fit(bare: Prototype, samples: readonly Sample[], features: readonly Features[], rows: readonly Row[], centre: Centre): Prototype {
  const { relation } = bare
  const chosen = choose(relation, samples, rows)
  if (!chosen.some((i) => samples[i]!.positive.has(relation) || samples[i]!.denied.has(relation))) return bare
  const n = chosen.length
  const gram = new Float64Array(n * n)
  chosen.forEach((a, i) => chosen.slice(0, i + 1).forEach((b, j) => {
    gram[i * n + j] = gram[j * n + i] = inner(rows[a]!, rows[b]!)
  }))
  const labels = chosen.map((i) => samples[i]!.positive.has(relation))
  const weights = chosen.map((i) => weightOf(samples[i]!, relation))
  const { dual, leftOut } = solveLogistic({ gram, labels, weights, prior: chosen.map((i) => priorScore(bare, features[i]!, centre)) })
  return {
    ...bare,
    head: combine(chosen.map((i) => rows[i]!), dual),
    judged: chosen.map((i, k) => ({ text: samples[i]!.statement.text, positive: labels[k]!, weight: weights[k]!, score: leftOut[k]! })),
  }
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
    const statement = statementOf(example, relation, ontology)
    samples.push({ statement, positive, denied, allowed: allowedLike(relation, ontology, false), kind: 'example' })
    const reversed = JSON.stringify([example.text, example.tail, example.head])
    const { head, tail, headLabel, tailLabel } = statement
    const back = allowedLike(relation, ontology, true)
    if (positive.size === 0 || byPlace.has(reversed) || back.size === 0) continue
    const symmetric = [...positive].filter((name) => ontology.ontology.relations[name]!.symmetric)
    samples.push({
      statement: { ...statement, head: tail, tail: head, headLabel: tailLabel, tailLabel: headLabel },
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

export function statementOf({ text, head, tail }: RelationExample, { domain, range, literal }: Relation, ontology: CompiledOntology): Statement {
  return {
    text, window: { start: 0, end: text.length },
    head: { start: head[0], end: head[1] }, tail: { start: tail[0], end: tail[1] },
    headLabel: labelOf(domain[0], ontology), tailLabel: literal ?? labelOf(range[0], ontology),
  }
}

/** Sentence vectors of what the relation is called and described as. */
async function describe(relations: readonly Relation[], ontology: CompiledOntology, encoder: Encoder): Promise<Map<string, Float32Array[]>> {
  const texts = relations.map((relation) => {
    const [head, tail] = [labelOf(relation.domain[0], ontology), relation.literal ?? labelOf(relation.range[0], ontology)]
    const described = coreDescription(relation.description).replace(/\bthe head\b(?! of\b)/giu, head).replace(/\bthe tail\b/giu, tail)
    return [...[relation.label, ...relation.aliases].map((name) => `${head} ${name} ${tail}`), ...(described ? [described] : [])]
  })
  const encoded = await encodeTexts(texts.flat(), encoder)
  let at = 0
  return new Map(relations.map(({ name }, k) => {
    const from = at
    at += texts[k]!.length
    return [name, encoded.slice(from, at).map((each) => meanState(each, { start: 0, end: Infinity }))]
  }))
}

/** Centre over all samples; the descriptions stand in where there are few. */
function centreOf(features: readonly Features[], descriptions: readonly Float32Array[], width: number): Centre {
  const stand = descriptions.map((vector): Features => ({
    statement: vector, between: vector, head: vector, tail: vector, stems: new Map(), near: new Map(), order: 1, distance: 0,
  }))
  return computeCentre([...features, ...stand], width)
}

function placeOf({ text, head, tail }: Statement): string {
  return JSON.stringify([text, head.start, head.end, tail.start, tail.end])
}
