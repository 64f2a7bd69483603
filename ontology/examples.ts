// Files of examples (JSON Lines, one for all relations) -> examples; and an ontology with examples added.
import { readFile } from 'node:fs/promises'
import { GraphloomError } from '../errors.ts'
import { readRow } from './example.ts'
import { suggest } from './nearest.ts'
import type { Ontology, Relation, RelationExample } from './ontology.ts'
import { formatProblem, type Place, type Report, startReport } from './report.ts'

/** An example with the place it was read from. */
export type PlacedExample = RelationExample & Place

/** Reads a file of examples; throws `ontology.bad-example` with every bad line. */
export async function loadExamples(path: string): Promise<PlacedExample[]> {
  const report = startReport()
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new GraphloomError('ontology.unreadable', `Cannot read the examples at ${path}: ${(cause as Error).message}.`, { cause })
  }
  const examples = readExamples(text, path, report)
  if (report.problems.length > 0) throw new GraphloomError('ontology.bad-example', report.problems.map(formatProblem).join('\n'))
  return examples
}

/** Reads JSON Lines; `relation` and `negative` hold for rows that do not say. */
export function readExamples(text: string, file: string, report: Report, relation?: string, negative = false): PlacedExample[] {
  return text.replace(/^\uFEFF/, '').split('\n').flatMap((json, index) => {
    if (json.trim() === '') return []
    const place = { file, line: index + 1 }
    let row: unknown
    try {
      row = JSON.parse(json)
    } catch (error) {
      report.error('bad-example', place, `Not JSON: ${(error as Error).message}.`)
      return []
    }
    const result = readRow(row, relation, negative)
    if ('example' in result) return [{ ...result.example, ...place }]
    report.error('bad-example', place, result.problem)
    return []
  })
}

/** A copy of the ontology with `examples` after its own, repeated ones dropped; throws `ontology.unknown-relation` naming each line. */
export function withExamples(ontology: Ontology, examples: readonly (RelationExample & Partial<Place>)[]): Ontology {
  const report = startReport()
  const placed = examples.map((example, index) => ({ ...example, file: example.file ?? 'examples', line: example.line ?? index + 1 }))
  const extended = addExamples(ontology, placed, report)
  if (report.problems.length > 0) throw new GraphloomError('ontology.unknown-relation', report.problems.map(formatProblem).join('\n'))
  return extended
}

/** The same, with unknown relations reported. */
export function addExamples(ontology: Ontology, examples: readonly PlacedExample[], report: Report): Ontology {
  const added = new Map<string, RelationExample[]>()
  for (const { relation, text, head, tail, negative, file, line } of examples) {
    if (Object.hasOwn(ontology.relations, relation)) {
      const list = added.get(relation) ?? []
      list.push({ relation, text, head, tail, negative })
      added.set(relation, list)
    } else {
      report.error('unknown-relation', { file, line }, `Unknown relation "${relation}".${suggest(relation, Object.keys(ontology.relations))}`)
    }
  }
  const relations = Object.entries(ontology.relations).map(([name, relation]) => [name, extend(relation, added.get(name) ?? [])] as const)
  return { ...ontology, relations: Object.fromEntries(relations) }
}

function extend(relation: Relation, added: readonly RelationExample[]): Relation {
  if (added.length === 0) return relation
  const all = [...relation.examples, ...relation.negatives, ...added]
  const unique = [...new Map(all.map((example) => [JSON.stringify([example.text, example.head, example.tail, example.negative]), example])).values()]
  return { ...relation, examples: unique.filter(({ negative }) => !negative), negatives: unique.filter(({ negative }) => negative) }
}
