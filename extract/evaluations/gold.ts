// A line of annotated documents: text, and what a perfect extraction says of it.
import { GraphloomError } from '../../errors.ts'
import type { CompiledOntology } from '../../ontology/index.ts'

export interface GoldEnd {
  /** Every writing that counts; the first is the usual one. */
  readonly names: readonly string[]
}

export interface GoldTriple {
  readonly relation: string
  readonly head: GoldEnd
  readonly tail: GoldEnd
}

export interface GoldDocument {
  readonly id: string
  readonly text?: string
  readonly triples: readonly GoldTriple[]
  /** Only these relations were looked for; absent = all. */
  readonly annotated?: readonly string[]
}

/** Parses one line of a gold file; throws `extract.gold` with line and place. */
export function parseGold(line: string, number: number, { ontology }: CompiledOntology): GoldDocument {
  const fail = (what: string): never => {
    throw new GraphloomError('extract.gold', `Line ${number} of the gold file ${what}. Expected {"id": "…", "text": "…", "triples": [{"relation": "NAME", "head": {"names": ["…"]}, "tail": {"names": ["…"]}}]}.`)
  }
  let row: Partial<GoldDocument> = {}
  try {
    row = JSON.parse(line) as Partial<GoldDocument>
  } catch {
    fail('is not JSON')
  }
  if (typeof row.id !== 'string' || !Array.isArray(row.triples)) fail('has no id or no list of triples')
  for (const [k, triple] of row.triples!.entries()) {
    if (!Object.hasOwn(ontology.relations, triple.relation)) fail(`names the relation ${JSON.stringify(triple.relation)} in triple ${k + 1}, which the ontology does not have`)
    for (const end of [triple.head, triple.tail]) if (!Array.isArray(end?.names) || end.names.length === 0 || end.names.some((name) => typeof name !== 'string')) fail(`has no names for an end of triple ${k + 1}`)
  }
  return row as GoldDocument
}
