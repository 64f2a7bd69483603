// One record of a JSON Lines or CSV source -> a raw document: which field is id, title and text.
import { createHash } from 'node:crypto'
import { sha256 } from '../identity.ts'
import type { RawResult } from '../reader.ts'

/** Names that are taken for a field when the field map leaves it open, in order of preference. */
const USUAL = {
  id: ['id', '_id', 'uid', 'key'],
  title: ['title', 'headline', 'name'],
  text: ['text', 'body', 'content', 'abstract', 'description'],
} as const satisfies Record<string, readonly string[]>

const LONGEST_METADATA = 1_000

export type FieldMap = Readonly<Record<string, string>>
export type Fields = Readonly<Record<string, unknown>>

/** Where a record stands in its source, for the reason of a failure: `line 12`. */
export type Place = string

/** The key that carries a field: the mapped one, else the first usual one that the record has. */
export function keyOf(fields: Fields, field: keyof typeof USUAL, map: FieldMap): string | undefined {
  const mapped = map[field]
  if (mapped !== undefined) return mapped
  const keys = Object.keys(fields)
  for (const name of USUAL[field]) {
    const key = keys.find(key => key.trim().toLowerCase() === name)
    if (key !== undefined) return key
  }
  return undefined
}

/** The value under a key; `a.b` leads into nested objects where there is no such key itself. */
export function valueOf(fields: Fields, key: string): unknown {
  if (Object.hasOwn(fields, key)) return fields[key]
  let value: unknown = fields
  for (const part of key.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

/** The raw document of a record whose text stands in one field, unchanged; or why there is none. */
export function fromFields(fields: Fields, map: FieldMap, mediaType: string, place: Place): RawResult {
  const keys = { id: keyOf(fields, 'id', map), title: keyOf(fields, 'title', map), text: keyOf(fields, 'text', map) }
  const record = keys.id === undefined ? undefined : scalar(valueOf(fields, keys.id))
  const failed = (code: string, reason: string): RawResult => ({ failure: { ...(record === undefined ? {} : { record }), code, reason: `${place}: ${reason}` } })
  if (keys.text === undefined) return failed('ingest.missing-field', `no field holds the text; the keys are ${named(fields)}: map one with text=KEY`)
  const text = valueOf(fields, keys.text)
  if (text === undefined) return failed('ingest.missing-field', `there is no field ${keys.text} for the text; the keys are ${named(fields)}`)
  if (typeof text !== 'string') return failed('ingest.invalid-field', `the text field ${keys.text} holds ${text === null ? 'null' : Array.isArray(text) ? 'a list' : `a ${typeof text}`}, not a string`)
  if (map['id'] !== undefined && record === undefined) return failed('ingest.missing-field', `there is no usable field ${map['id']} for the id; the keys are ${named(fields)}`)
  if (text.trim() === '') return failed('ingest.empty', `the text field ${keys.text} is empty`)
  const title = keys.title === undefined ? undefined : scalar(valueOf(fields, keys.title))
  const content = contentHash(title, text)
  return {
    document: {
      record: record ?? content.slice(0, 16),
      ...(title === undefined ? {} : { title }),
      mediaType,
      text,
      sha256: content,
      blocks: [{ kind: 'free', start: 0, end: text.length }],
      pages: [],
      metadata: metadataOf(fields, new Set(Object.values(keys))),
    },
  }
}

/** The version of a record: a hash over what its document is made of. */
export function contentHash(title: string | undefined, text: string): string {
  return title === undefined ? sha256(text) : createHash('sha256').update(JSON.stringify([title])).update(text).digest('hex')
}

/** Short scalar fields, by name. */
export function metadataOf(fields: Fields, without: ReadonlySet<string | undefined>): Record<string, string> {
  const metadata: Record<string, string> = {}
  for (const key of Object.keys(fields).sort()) {
    const value = without.has(key) ? undefined : scalar(fields[key])
    if (value !== undefined && value.length <= LONGEST_METADATA) metadata[key] = value
  }
  return metadata
}

/** A string, number or boolean as a trimmed string; nothing for the rest and for the empty string. */
export function scalar(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
  return String(value).trim() || undefined
}

function named(fields: Fields): string {
  const keys = Object.keys(fields)
  return keys.length === 0 ? 'none' : keys.slice(0, 20).map(key => key.slice(0, 60)).join(', ') + (keys.length > 20 ? ', …' : '')
}
