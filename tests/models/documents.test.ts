// The authored documents, read without Python: every mark, every fact and its passage.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Relation { readonly id: string; readonly description?: string; readonly domain: string | readonly string[]; readonly range: string | readonly string[]; readonly symmetric?: boolean; readonly examples?: readonly string[]; readonly negatives?: readonly string[] }
interface Collection {
  readonly types: Readonly<Record<string, string | { readonly description?: string; readonly parents?: string | readonly string[] }>>
  readonly relations: readonly Relation[]
  readonly documents: readonly { readonly id: string; readonly kind?: string; readonly text: string; readonly facts?: readonly (readonly [string, string, string, string])[] }[]
}

const FOLDER = 'models/train/corpus/documents'
const LITERALS = ['date', 'number', 'quantity', 'string']
const MARK = /\[([^[\]|]+)\|([A-Za-z0-9_-]+)(?::([A-Za-z]+))?\]/g
const collections = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml')).sort().map((file) => ({ file, ...(parse(readFileSync(join(FOLDER, file), 'utf8')) as Collection) }))
const many = (value: string | readonly string[] = []): readonly string[] => (typeof value === 'string' ? [value] : value)
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

function isA({ types }: Collection, type: string, ancestor: string): boolean {
  const row = types[type]
  return type === ancestor || (typeof row === 'object' && many(row.parents).some((parent) => isA({ types } as Collection, parent, ancestor)))
}

const allowed = (collection: Collection, { domain, range, symmetric }: Relation, head: string, tail: string): boolean => {
  const fits = (h: string, t: string): boolean => many(domain).some((type) => isA(collection, h, type)) && many(range).some((type) => isA(collection, t, type))
  return fits(head, tail) || (symmetric === true && fits(tail, head))
}

describe('the authored documents', () => {
  it('are a hundred collections and six thousand facts at least', () => {
    expect(collections.length).toBeGreaterThanOrEqual(100)
    expect(collections.flatMap(({ documents }) => documents.flatMap(({ facts }) => facts ?? [])).length).toBeGreaterThanOrEqual(6_000)
  })

  it('describe every relation, between types or values that there are', () => {
    const wrong = collections.flatMap(({ file, types, relations }) => relations.filter(({ description, domain, range }) => !description || [...many(domain), ...many(range)].some((end) => !(end in types) && !LITERALS.includes(end))).map(({ id }) => `${file} ${id}`))
    expect(wrong).toEqual([])
  })

  it('mark head and tail in every example', () => {
    const wrong = collections.flatMap(({ file, relations }) => relations.flatMap(({ id, examples = [], negatives = [] }) => [...examples, ...negatives].filter((text) => !/<h>.+<\/h>/.test(text) || !/<t>.+<\/t>/.test(text)).map(() => `${file} ${id}`)))
    expect(wrong).toEqual([])
  })

  it('give each marked thing one type, and leave no bracket behind', () => {
    const wrong = collections.flatMap(({ file, types, documents }) => documents.flatMap(({ id, text }) => {
      const kinds = new Map<string, Set<string>>()
      for (const [, , key, type] of text.matchAll(MARK)) {
        const known = kinds.get(key!) ?? new Set<string>()
        if (type) known.add(type)
        kinds.set(key!, known)
      }
      const bad = [...kinds].filter(([, known]) => known.size !== 1 || ![...known].every((type) => type in types || LITERALS.includes(type))).map(([key]) => `${file} ${id} ${key}`)
      return /[[\]]/.test(text.replace(MARK, '')) ? [...bad, `${file} ${id} bracket`] : bad
    }))
    expect(wrong).toEqual([])
  })

  it('state each fact in a passage of the text that marks both ends, between ends of its types', () => {
    const wrong = collections.flatMap((collection) => collection.documents.flatMap(({ id, text, facts }) => {
      const types = new Map([...text.matchAll(MARK)].flatMap(([, , key, type]) => (type ? [[key!, type] as const] : [])))
      const shown = flat(text.replace(MARK, '$1'))
      return (facts ?? []).filter(([head, relation, tail, passage]) => {
        const found = collection.relations.find((each) => each.id === relation)
        return !found || !types.has(head) || !types.has(tail) || !allowed(collection, found, types.get(head)!, types.get(tail)!) || !shown.includes(flat(passage))
      }).map(([head, relation, tail]) => `${collection.file} ${id} ${head} ${relation} ${tail}`)
    }))
    expect(wrong).toEqual([])
  })
})
