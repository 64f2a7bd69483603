// Ontology -> training sentences for its relations: from a server where there is one, else and beside from the ontology's own words; all through one filter.
import type { CompiledOntology, Relation, RelationExample } from '../../ontology/index.ts'
import { type Choose, seeded } from './chance.ts'
import { startFreshness } from './duplicates.ts'
import { admit } from './filter.ts'
import { localDrafts } from './local.ts'
import { collectNames, type NamesByType } from './names.ts'
import { promptFor, readAnswer } from './prompt.ts'
import type { Ask } from './server.ts'
import type { Draft, DraftSource, Refusal, Synthesis, SynthesisCounts } from './synthesis.ts'

/** Of the rows of a relation, so many state it. */
const STATING = 0.6
/** Rows of one question to a server; more and it loses count. */
const ROWS_A_ROUND = 10
/** Sentences that differ in their names alone. */
const NAMES_ALONE = 3

export interface SynthesisOptions {
  /** Rows wanted for each relation. */
  readonly count: number
  readonly seed: number
  /** Only these; default all. */
  readonly relations?: readonly string[]
  readonly ask?: Ask
  /** Called after each relation. */
  readonly onRelation?: (counts: SynthesisCounts) => void
}

/** Relations in order of their names; the same ontology, options and answers give the same rows. */
export async function synthesize(ontology: CompiledOntology, options: SynthesisOptions): Promise<Synthesis> {
  const names = collectNames(ontology)
  const choose = seeded(options.seed)
  const examples: RelationExample[] = []
  const counts: SynthesisCounts[] = []
  for (const name of [...(options.relations ?? Object.keys(ontology.ontology.relations))].sort()) {
    const made = await forRelation(ontology.ontology.relations[name]!, ontology, names, choose, options)
    examples.push(...made.examples)
    counts.push(made.counts)
    options.onRelation?.(made.counts)
  }
  return { examples, counts }
}

async function forRelation(relation: Relation, ontology: CompiledOntology, names: NamesByType, choose: Choose, { count, seed, ask }: SynthesisOptions): Promise<{ readonly examples: readonly RelationExample[]; readonly counts: SynthesisCounts }> {
  const tray = startTray(relation, ontology, names, count)
  if (ask) {
    for (let round = 0; round <= 2 * Math.ceil(count / ROWS_A_ROUND) && !tray.full(); round += 1) {
      const { drafts, broken } = readAnswer(await ask(promptFor(relation, ontology, ROWS_A_ROUND, round), seed + round), relation)
      tray.drop('not-json', broken)
      drafts.forEach(tray.offer)
    }
  }
  for (const draft of localDrafts(relation, ontology, names, choose, NAMES_ALONE)) if (!tray.full()) tray.offer(draft)
  return tray.result()
}

/** Takes what passes until both halves are full, and keeps account. */
function startTray(relation: Relation, ontology: CompiledOntology, names: NamesByType, count: number) {
  const fresh = startFreshness([...relation.examples, ...relation.negatives], NAMES_ALONE)
  const kept = { stating: [] as RelationExample[], negative: [] as RelationExample[] }
  const room = { stating: Math.ceil(STATING * count), negative: count - Math.ceil(STATING * count) }
  const sources: Partial<Record<DraftSource, number>> = {}
  const dropped: Partial<Record<Refusal, number>> = {}
  const drop = (why: Refusal, by = 1): void => { if (by > 0) dropped[why] = (dropped[why] ?? 0) + by }
  return {
    drop,
    full: () => kept.stating.length >= room.stating && kept.negative.length >= room.negative,
    offer: (draft: Draft): void => {
      const judged = admit(draft, ontology, names)
      const half = draft.negative ? 'negative' : 'stating'
      if ('refusal' in judged) drop(judged.refusal)
      else if (kept[half].length >= room[half]) drop('surplus')
      else if (!fresh(judged.example)) drop('near-duplicate')
      else {
        kept[half].push(judged.example)
        sources[draft.source] = (sources[draft.source] ?? 0) + 1
      }
    },
    result: () => ({
      examples: [...kept.stating, ...kept.negative],
      counts: {
        relation: relation.name, statements: kept.stating.length, negatives: kept.negative.length, sources, dropped,
        nameless: [...new Set([...names.nameless(relation.domain), ...(relation.literal ? [] : names.nameless(relation.range))])].sort(),
      },
    }),
  }
}
