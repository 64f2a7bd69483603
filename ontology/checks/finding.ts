// What a check rule yields, and the names that users may not take.
import type { Ontology, OntologyProblem } from '../ontology.ts'
import { LITERAL_KINDS } from '../ontology.ts'

export interface Finding {
  readonly severity: OntologyProblem['severity']
  readonly code: string
  /** Part of the ontology, e.g. `relations/EMPLOYED_BY/inverse`. */
  readonly path: string
  readonly message: string
}

export type CheckRule = (ontology: Ontology) => Iterable<Finding>

/** Labels that Graphloom itself writes into the graph: a type of that name could not be told from them. */
const LABELS: readonly string[] = [
  'Entity', 'Document', 'Passage', 'Evidence', 'Candidate', 'Decision', 'Literal', 'OntologyType', 'OntologyRelation', 'Chain',
  'GraphloomFact', 'GraphloomKey', 'GraphloomPending', 'GraphloomCollection', 'GraphloomMerged', 'GraphloomProfile', 'GraphloomWriter',
]

/** Names that types and relations cannot have. What Graphloom writes between other nodes than entities, `PART_OF` and `FROM`, an ontology may have as well: the nodes tell them apart. */
export const RESERVED_NAMES: Readonly<Record<'type' | 'relation', readonly string[]>> = { type: LABELS, relation: ['SAME_AS'] }

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

export function error(code: string, path: string, message: string): Finding {
  return { severity: 'error', code, path, message }
}

export function warning(code: string, path: string, message: string): Finding {
  return { severity: 'warning', code, path, message }
}

/** Whether a name stands for something else already: a label in the graph, a literal kind, a property of all objects. */
export function isReserved(name: string, what: 'type' | 'relation'): boolean {
  return RESERVED_NAMES[what].includes(name) || name in {} || (what === 'type' && (LITERAL_KINDS as readonly string[]).includes(name))
}

/** A name becomes a label or a relationship type, and never shadows what is there already. */
export function* checkName(name: string, what: 'type' | 'relation', path: string): Iterable<Finding> {
  if (!NAME.test(name)) {
    const better = name.trim().replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_')
    yield error('bad-name', path, `The name of a ${what} has letters, digits and "_" only and starts with no digit; given: "${name}"${NAME.test(better) ? `, try "${better}"` : ''}.`)
  } else if (isReserved(name, what)) {
    const meaning = RESERVED_NAMES[what].includes(name) ? 'is a name that Graphloom itself uses in the graph' : 'has a fixed meaning'
    yield error('reserved-name', path, `"${name}" ${meaning}; choose another for this ${what}, such as "${name}_".`)
  }
}
