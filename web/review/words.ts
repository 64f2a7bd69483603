// A decision in words.
import { type Decision, type EntityReference, isLiteral, type LiteralEnd } from '../server/index.ts'

const VERBS: Readonly<Record<Decision['kind'], string>> = { accept: 'Accepted', reject: 'Rejected', correct: 'Corrected', merge: 'Merged', split: 'Split', retype: 'Changed the type of' }

function named(end: EntityReference | LiteralEnd): string {
  if (isLiteral(end)) return end.value
  return end.documents === undefined ? end.name : `${end.name} in ${end.documents.length} ${end.documents.length === 1 ? 'document' : 'documents'}`
}

/** What was decided, without who and when. */
export function decisionWords(decision: Decision, label: (relation: string) => string): string {
  const verb = VERBS[decision.kind]
  switch (decision.kind) {
    case 'merge':
    case 'split':
      return `${verb} ${named(decision.entity)} ${decision.kind === 'merge' ? 'with' : 'from'} ${named(decision.other)}`
    case 'retype':
      return `${verb} ${decision.entities.map(named).join(', ')} to ${decision.type}`
    default: {
      const fact = `${named(decision.head)} ${label(decision.relation)} ${named(decision.tail)}`
      if (decision.kind !== 'correct') return `${verb}: ${fact}`
      return `${verb}: ${fact}, to “${label(decision.into.relation)}”${decision.into.turned ? ' the other way round' : ''}`
    }
  }
}
