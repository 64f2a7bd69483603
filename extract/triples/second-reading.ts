// Pairs and relations that may come to count -> each read once more, text and relation together.
import { claimOf, judgeMarked, markedOf, type Statement } from '../prototypes/index.ts'
import type { FirstReading } from './first-reading.ts'
import type { Scorer } from './scorer.ts'

/** Relations of one pair that are read twice, the likeliest. */
const MOST = 3

/** The logits that the statements say their relations, by index into `first`; what is not possible has none. */
export async function readAgain(first: readonly FirstReading[], isPossible: (reading: FirstReading) => boolean, statements: readonly Statement[], { ontology, encoder }: Scorer): Promise<ReadonlyMap<number, number>> {
  const possible = worthAsking(first, isPossible)
  const verdicts = await judgeMarked(possible.map((k) => {
    const { at, relation } = first[k]!
    return { marked: markedOf(statements[at]!), claim: claimOf(ontology.ontology.relations[relation]!) }
  }), encoder)
  return new Map(possible.map((k, v) => [k, verdicts[v]!]))
}

/** Indexes of what is possible, the likeliest of each pair. */
function worthAsking(first: readonly FirstReading[], isPossible: (reading: FirstReading) => boolean): number[] {
  const byPair = new Map<number, number[]>()
  first.forEach((reading, k) => {
    if (!isPossible(reading)) return
    const { at } = reading
    const some = byPair.get(at) ?? []
    some.push(k)
    byPair.set(at, some)
  })
  return [...byPair.values()].flatMap((some) => some.sort((a, b) => first[b]!.score - first[a]!.score || a - b).slice(0, MOST)).sort((a, b) => a - b)
}
