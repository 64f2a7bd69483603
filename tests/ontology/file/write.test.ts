import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Ontology, parseOntology, toYaml } from '../../../ontology/index.ts'
import { COMPANIES, ontologyOf } from '../fixtures.ts'

const reread = async (ontology: Ontology) => (await parseOntology(toYaml(ontology), 'o.yaml', async () => '')).ontology

it('writes what reads back the same, with gazetteer and examples inline', async () => {
  const ontology = await ontologyOf(COMPANIES)
  expect(await reread(ontology)).toEqual(ontology)
  expect(toYaml(ontology)).not.toContain('.csv')
})

it('survives texts that look like YAML, marks or other kinds', async () => {
  const ontology = await ontologyOf(COMPANIES)
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('yes', '1.10', 'null', '- a', 'a: b', '<h>', "'", '"\\', 'x # y', ' padded ', 'two\nlines', '&a', '*a', '!t'))
  await fc.assert(fc.asyncProperty(text, text, async (a, b) => {
    const person = { ...ontology.types['Person']!, description: a, gazetteer: b.trim() === '' ? [] : [{ name: b, aliases: [a] }, { name: b, aliases: [] }] }
    const example = { relation: 'OWNS', text: `x${a}y${b}`, head: [0, 1], tail: [1 + a.length, 2 + a.length], negative: true } as const
    const owns = { ...ontology.relations['OWNS']!, label: b, aliases: [a], negatives: [example] }
    const changed = { ...ontology, types: { ...ontology.types, Person: person }, relations: { ...ontology.relations, OWNS: owns } }
    expect(await reread(changed)).toEqual(changed)
  }))
})
