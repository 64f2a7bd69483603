// JSON Lines <-> decisions: every line is checked before any is taken, and an id that does not fit its content is refused.
import { GraphloomError } from '../errors.ts'
import { DECISION_KINDS, type Decision, type DecisionDraft, type Who, decisionOf } from './decision.ts'
import type { EndReference, EntityReference } from './reference.ts'

type Fields = Readonly<Record<string, unknown>>

/** Reads an export of decisions into `collection`; throws `usage.decisions` with every line that is none. */
export function readDecisions(text: string, collection: string): readonly Decision[] {
  const problems: string[] = []
  const decisions = text.replace(/^\uFEFF/, '').split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [decisionOfLine(JSON.parse(line), collection)]
    } catch (error) {
      if (!(error instanceof SyntaxError) && !(error instanceof GraphloomError)) throw error
      problems.push(`line ${index + 1}: ${error.message}`)
      return []
    }
  })
  if (problems.length > 0) throw new GraphloomError('usage.decisions', `These lines are no decisions, so none was taken:\n${problems.slice(0, 20).join('\n')}${problems.length > 20 ? `\n… and ${problems.length - 20} more` : ''}`)
  return decisions
}

function decisionOfLine(value: unknown, collection: string): Decision {
  const line = fields(value, 'a decision')
  const kind = DECISION_KINDS.find((known) => known === line['kind'])
  if (kind === undefined) throw bad(`"kind" is ${JSON.stringify(line['kind'])}; expected one of ${DECISION_KINDS.join(', ')}`)
  const decision = decisionOf({ kind, collection, ...who(line), ...subject(kind, line), ...optionalText(line, 'note'), ...(line['undone'] === undefined ? {} : { undone: who(fields(line['undone'], '"undone"')) }) } as DecisionDraft)
  if (line['collection'] === collection && line['id'] !== undefined && line['id'] !== decision.id) throw bad(`the id ${String(line['id'])} does not fit the content`)
  return decision
}

function subject(kind: Decision['kind'], line: Fields): Fields {
  switch (kind) {
    case 'merge':
    case 'split':
      return { entity: entity(line['entity'], 'entity'), other: entity(line['other'], 'other') }
    case 'retype': {
      const list = line['entities']
      if (!Array.isArray(list) || list.length === 0) throw bad('"entities" is no list of entities')
      return { entities: list.map((item) => entity(item, 'entities')), type: string(line, 'type') }
    }
    default: {
      const ends = { head: entity(line['head'], 'head'), relation: string(line, 'relation'), tail: end(line['tail']) }
      if (kind !== 'correct') return ends
      const into = fields(line['into'], '"into"')
      return { ...ends, into: { relation: string(into, 'relation'), turned: into['turned'] === true } }
    }
  }
}

function end(value: unknown): EndReference {
  const given = fields(value, '"tail"')
  return 'literal' in given ? { literal: string(given, 'literal'), value: string(given, 'value'), text: string(given, 'text') } : entity(given, 'tail')
}

/** Keys in the order of the record, so that an import is the export again. */
function entity(value: unknown, name: string): EntityReference {
  const given = fields(value, `"${name}"`)
  const { documents, index } = given
  if (documents !== undefined && !(Array.isArray(documents) && documents.every((id) => typeof id === 'string'))) throw bad(`"documents" of "${name}" is no list of ids`)
  if (index !== undefined && !Number.isSafeInteger(index)) throw bad(`"index" of "${name}" is no whole number`)
  return {
    name: string(given, 'name'), family: string(given, 'family'), form: string(given, 'form'), type: string(given, 'type'),
    ...optionalText(given, 'masterId'), ...optionalText(given, 'qualifier'),
    ...(documents === undefined ? {} : { documents: documents as readonly string[] }), ...(index === undefined ? {} : { index: index as number }),
  }
}

function who(given: Fields): Who {
  const at = new Date(string(given, 'at'))
  if (Number.isNaN(at.getTime())) throw bad(`"at" is "${String(given['at'])}"; expected a time in ISO 8601`)
  return { by: string(given, 'by'), at: at.toISOString() }
}

function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(`${what} is no object`)
  return value as Fields
}

function string(given: Fields, key: string): string {
  const value = given[key]
  if (typeof value !== 'string') throw bad(`"${key}" is missing or no text`)
  return value
}

function optionalText(given: Fields, key: string): Fields {
  return given[key] === undefined ? {} : { [key]: string(given, key) }
}

function bad(message: string): GraphloomError {
  return new GraphloomError('usage.decisions', message)
}
