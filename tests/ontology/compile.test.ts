import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CompiledOntology, compileOntology, type Ontology } from '../../ontology/index.ts'
import { COMPANIES, ontologyOf } from './fixtures.ts'

let ontology: Ontology
let compiled: CompiledOntology
beforeAll(async () => {
  ontology = await ontologyOf(COMPANIES)
  compiled = compileOntology(ontology)
})

describe('a compiled ontology', () => {
  it('knows subtypes, itself included, and nothing of unknown types', () => {
    expect(compiled.isA('Company', 'Organization')).toBe(true)
    expect(compiled.isA('Company', 'Company')).toBe(true)
    expect(compiled.isA('Organization', 'Company')).toBe(false)
    expect(compiled.isA('Ghost', 'Ghost')).toBe(false)
    expect(compiled.isA('toString', 'toString')).toBe(false)
    expect(compiled.ancestors('Company')).toEqual(['Company', 'Organization'])
    expect(compiled.ancestors('Ghost')).toEqual([])
  })

  it('names the relations allowed between two types, those of their parents included', () => {
    const names = (head: string, tail: string) => compiled.relationsBetween(head, tail).map(({ name }) => name)
    expect(names('Person', 'Company')).toEqual(['EMPLOYED_BY', 'LEADS', 'OWNS'])
    expect(names('Person', 'Organization')).toEqual(['EMPLOYED_BY', 'LEADS'])
    expect(names('Company', 'Person')).toEqual(['LED_BY'])
    expect(names('Place', 'Person')).toEqual([])
    expect(names('Person', 'date')).toEqual([])
  })

  it('names the relations to literals', () => {
    expect(compiled.literalRelations('Company', 'date').map(({ name }) => name)).toEqual(['FOUNDED_ON'])
    expect(compiled.literalRelations('Company', 'number')).toEqual([])
    expect(compiled.literalRelations('Person', 'date')).toEqual([])
  })

  it('inherits disjointness', () => {
    expect(compiled.disjoint('Person', 'Company')).toBe(true)
    expect(compiled.disjoint('Company', 'Person')).toBe(true)
    expect(compiled.disjoint('Company', 'Organization')).toBe(false)
    expect(compiled.disjoint('Place', 'Person')).toBe(false)
  })

  it('puts the most specific type of a recognizer hint first', async () => {
    const text = 'name: n\nversion: 1.0.0\ntypes:\n  A: { ner: [ORG] }\n  C: { ner: [ORG], parents: [A] }\n  B: { ner: [ORG], parents: [A] }\n  Z: { ner: [ORG] }\nrelations:\n  R: { domain: A, range: A, description: x }\n'
    expect(compileOntology(await ontologyOf(text)).typesFor('ORG')).toEqual(['B', 'C', 'A', 'Z'])
  })

  it('has a stamp, and a hash that changes with an example but not with the order of keys', () => {
    expect(compiled.stamp).toBe('companies@1.2.0')
    const reordered = { ...ontology, relations: Object.fromEntries(Object.entries(ontology.relations).reverse()) }
    expect(compileOntology(reordered).hash).toBe(compiled.hash)
    const spouse = { ...ontology.relations['SPOUSE']!, examples: [] }
    expect(compileOntology({ ...ontology, relations: { ...ontology.relations, SPOUSE: spouse } }).hash).not.toBe(compiled.hash)
  })

  it('closes subtypes reflexively and transitively, whatever the hierarchy', () => {
    // Parents only among earlier types: every such list is a hierarchy without circles.
    const hierarchies = fc.array(fc.array(fc.nat({ max: 9 }), { maxLength: 3 }), { minLength: 1, maxLength: 10 })
    fc.assert(fc.property(hierarchies, (parents) => {
      const types = parents.map((above, index) => ({ name: `T${index}`, description: '', parents: above.filter((parent) => parent < index).map((parent) => `T${parent}`), ner: [], gazetteer: [], patterns: [] }))
      const { isA, ancestors } = compileOntology({ ...ontology, types: Object.fromEntries(types.map((type) => [type.name, type])), relations: {}, disjoint: [] })
      const names = types.map(({ name }) => name)
      for (const a of names) {
        expect(isA(a, a)).toBe(true)
        expect(ancestors(a)[0]).toBe(a)
        expect(names.filter((b) => isA(a, b)).sort()).toEqual([...ancestors(a)].sort())
        for (const b of names) for (const c of names) if (isA(a, b) && isA(b, c)) expect(isA(a, c)).toBe(true)
      }
    }))
  })
})
