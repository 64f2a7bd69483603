// A graph -> one fact of it that the guide's queries are written for, so that each shows something at the first click.
import type { GraphStore, StoredFact } from '../store.ts'

/** A fact by the names of its ends. */
export interface ExampleFact {
  readonly id: string
  readonly relation: string
  readonly head: string
  readonly tail: string
}

/** How many facts are looked at. */
const LOOKED_AT = 500

/** Of the first facts between two entities, the one that most documents state; undefined where there is none. */
export async function exampleFact(store: GraphStore): Promise<ExampleFact | undefined> {
  const facts = await store.pageFacts(undefined, ['accepted'], { limit: LOOKED_AT })
  const [best] = facts.filter(({ tail }) => tail !== undefined).sort((a, b) => b.fact.support - a.fact.support || b.fact.score - a.fact.score || (a.fact.id < b.fact.id ? -1 : 1))
  return best && describe(best)
}

function describe({ fact, head, tail }: StoredFact): ExampleFact {
  return { id: fact.id, relation: fact.relation, head: head.name, tail: tail?.name ?? '' }
}
