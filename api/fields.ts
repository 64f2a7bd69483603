// `fields=a,b`: which keys of a record, or of each record of a list, are answered.
import { z } from 'zod'
import { GraphloomError } from '../errors.ts'

/** Names that `fields` may hold for a response; empty where it has no record. */
export function fieldsOf(response: z.ZodType): readonly string[] {
  if (!(response instanceof z.ZodObject)) return []
  const { items } = response.shape as Record<string, unknown>
  const record = items instanceof z.ZodArray ? items.element : response
  return record instanceof z.ZodObject ? Object.keys(record.shape) : []
}

/** Reads `a,b`; every name must be one of `known`. */
export function readFields(given: string, known: readonly string[]): ReadonlySet<string> {
  const names = given.split(',').map((name) => name.trim()).filter((name) => name !== '')
  const strange = names.filter((name) => !known.includes(name))
  if (strange.length || !names.length) throw new GraphloomError('api.invalid', `fields has ${strange.map((name) => `"${name}"`).join(', ') || 'no name'}; expected any of ${known.join(', ')}.`)
  return new Set(names)
}

/** The answer with the named keys alone; a list keeps `next`. */
export function selectFields(answer: unknown, fields: ReadonlySet<string> | undefined): unknown {
  if (fields === undefined || answer === null || typeof answer !== 'object') return answer
  if (!('items' in answer) || !Array.isArray(answer.items)) return pick(answer, fields)
  return { ...answer, items: answer.items.map((item: object) => pick(item, fields)) }
}

function pick(record: object, fields: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(record).filter(([name]) => fields.has(name)))
}
