// The authored corpus, read without Python: breadth, slots, filter, tags and the counts in its README.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

interface Negative { readonly text: string; readonly holds?: string }
interface Relation {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly aliases: readonly string[]
  readonly domain: readonly string[]
  readonly range: readonly string[] | string
  readonly explanation: string
  readonly wikidata?: string | null
  readonly same_as?: readonly string[]
  readonly units?: readonly string[]
  readonly statements: readonly string[]
  readonly negatives: readonly Negative[]
}
interface Field { readonly field: string; readonly relations: readonly Relation[] }

const FOLDER = 'models/train/corpus'
const HELD_OUT = 'P25 P26 P40 P59 P155 P177 P206 P361 P364 P410 P412 P413 P463 P641 P921 P2094'.split(' ')
const fields = readdirSync(join(FOLDER, 'fields')).sort().map((file) => ({ file, ...(parse(readFileSync(join(FOLDER, 'fields', file), 'utf8')) as Field) }))
const relations = fields.flatMap((field) => field.relations.map((relation) => ({ field, relation })))
const slots = (template: string) => new Map([...template.matchAll(/<([htxyzuvw]):([A-Za-z]+)>/g)].map(([, letter, type]) => [letter!, type!]))
const ends = (end: readonly string[] | string) => (typeof end === 'string' ? [end] : end)

function fits(template: string, relation: Relation, reverse = false): boolean {
  const types = slots(template)
  return relation.domain.includes(types.get(reverse ? 't' : 'h') ?? '') && ends(relation.range).includes(types.get(reverse ? 'h' : 't') ?? '')
}

describe('the authored corpus', () => {
  it('has at least 30 fields and 400 relations, each named once', () => {
    expect(fields.length).toBeGreaterThanOrEqual(30)
    expect(relations.length).toBeGreaterThanOrEqual(400)
    expect(new Set(relations.map(({ relation }) => relation.id)).size).toBe(relations.length)
    expect(fields.map(({ file }) => file)).toEqual(fields.map(({ field }) => `${field}.yaml`))
  })

  it('describes every relation and gives it 15 statements and 10 negatives at least', () => {
    const poor = relations.filter(({ relation: { name, description, explanation, aliases, statements, negatives } }) =>
      !name || !/\bhead\b/i.test(`${description} ${explanation}`) && !/\btail\b/i.test(`${description} ${explanation}`) || explanation.length < 30 || aliases.length < 2 || statements.length < 15 || negatives.length < 10)
    expect(poor.map(({ relation }) => relation.id)).toEqual([])
  })

  it('states each relation between ends of its types', () => {
    const wrong = relations.flatMap(({ relation }) => relation.statements.filter((text) => !fits(text, relation)).map((text) => `${relation.id}: ${text}`))
    expect(wrong).toEqual([])
  })

  it('has both ends in every negative, and says what holds instead in words of the field', () => {
    const wrong = relations.flatMap(({ field, relation }) => relation.negatives.filter(({ text, holds = 'none' }) => {
      const types = slots(text)
      return !types.has('h') || !types.has('t') || (holds !== 'none' && holds !== 'reverse' && !field.relations.some(({ id }) => id === holds))
    }).map(({ text }) => `${relation.id}: ${text}`))
    expect(wrong).toEqual([])
  })

  it('leaves no brace, bracket or slot open', () => {
    const wrong = relations.flatMap(({ relation }) => [...relation.statements, ...relation.negatives.map(({ text }) => text)])
      .filter((text) => text.replace(/\{[^{}]*\}/g, '').match(/[{}]/) || text.replace(/<[htxyzuvw]:[A-Za-z]+>/g, '').match(/<\/?\w+[>:]/))
    expect(wrong).toEqual([])
  })

  it('has varied syntax: literal tails, two sentences, lists, records', () => {
    const statements = relations.flatMap(({ relation }) => relation.statements)
    expect(relations.filter(({ relation }) => typeof relation.range === 'string').length).toBeGreaterThan(60)
    expect(statements.filter((text) => /[a-z]\. [A-Z<]/.test(text)).length).toBeGreaterThan(relations.length / 2)
    expect(statements.filter((text) => / \| |: </.test(text)).length).toBeGreaterThan(relations.length / 2)
  })

  it('gives every quantity its units', () => {
    expect(relations.filter(({ relation: { range, units } }) => range === 'quantity' && !units?.length).map(({ relation }) => relation.id)).toEqual([])
  })

  it('tags relations that mean the same as one that FewRel validation holds out', () => {
    const tagged = new Map(relations.map(({ relation: { id, wikidata, same_as } }) => [id, [wikidata, ...(same_as ?? [])].filter((tag) => HELD_OUT.includes(tag ?? ''))]))
    expect(new Set([...tagged.values()].flat())).toEqual(new Set(HELD_OUT))
    const suspicious = /^(?:mother|spouse|child|constellation|follows|crosses|part of|original language|military rank|voice type|playing position|member of \w*|sport|main subject|competition class)$/
    // Parties and constituencies have properties of their own, which training data keep apart too.
    expect(relations.filter(({ relation: { id, name } }) => suspicious.test(name) && tagged.get(id)!.length === 0 && !/PARTY|DYNASTY/.test(id)).map(({ relation }) => relation.id)).toEqual([])
  })

  it('has a README whose counts are those of the files', () => {
    const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8')
    const statements = relations.reduce((sum, { relation }) => sum + relation.statements.length, 0)
    const negatives = relations.reduce((sum, { relation }) => sum + relation.negatives.length, 0)
    expect(readme).toContain(`| **${fields.length} fields** | **${relations.length}** | **${statements}** | **${negatives}** |`)
  })
})

describe('the types that relations tell', () => {
  const { types, ends: told } = parse(readFileSync(join(FOLDER, 'wikidata.yaml'), 'utf8')) as { readonly types: Readonly<Record<string, { readonly descriptions: readonly string[]; readonly parents: readonly string[]; readonly also: readonly string[] }>>; readonly ends: Readonly<Record<string, readonly string[]>> }
  const known = new Set([...Object.keys(parse(readFileSync(join(FOLDER, 'types.yaml'), 'utf8')) as object), ...Object.keys(types)])

  it('are described ones, two a relation, and not both unknown', () => {
    for (const [relation, pair] of Object.entries(told)) {
      expect(relation).toMatch(/^(?:P\d+|kn:[A-Z_]+)$/u)
      expect(pair).toHaveLength(2)
      expect(pair.filter((type) => type !== '-' && !known.has(type))).toEqual([])
      expect(pair).not.toEqual(['-', '-'])
    }
  })

  it('have a description each, and kin that are described', () => {
    for (const { descriptions, parents, also } of Object.values(types)) {
      expect(descriptions.length).toBeGreaterThan(0)
      expect([...parents, ...also].filter((type) => !known.has(type))).toEqual([])
    }
  })
})
