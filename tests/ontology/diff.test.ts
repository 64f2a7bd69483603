import { expect, it } from 'vitest'
import { compileOntology, diffOntologies, guessRenames, migrateTriples, type ValidationTriple } from '../../ontology/index.ts'
import { COMPANIES, ontologyOf } from './fixtures.ts'

const changed = (from: string | RegExp, to: string) => ontologyOf(COMPANIES.replace(from, to))
const disjoint = 'disjoint: [[Person, Organization]]'

it.each([
  { what: 'nothing', from: 'x', to: 'x', changes: [], least: '1.2.0' },
  { what: 'a new wording', from: '"A human being."', to: '"A person."', changes: ['wording types/Person/description'], least: '1.2.1' },
  { what: 'a new type', from: '  Place:', to: '  City: { ner: [LOC] }\n  Place:', changes: ['widening types/City'], least: '1.3.0' },
  { what: 'a wider range', from: 'range: Organization\n', to: 'range: [Organization, Place]\n', changes: ['widening relations/EMPLOYED_BY/range'], least: '1.3.0' },
  { what: 'a narrower limit', from: 'tails: 3', to: 'tails: 2', changes: ['breaking relations/EMPLOYED_BY/max'], least: '2.0.0' },
  { what: 'a relation that is gone', from: / {2}FOUNDED_ON.*\n/, to: '', changes: ['breaking relations/FOUNDED_ON'], least: '2.0.0' },
  { what: 'a lost parent', from: 'parents: [Organization]', to: 'parents: []', changes: ['breaking types/Company/parents'], least: '2.0.0' },
  { what: 'a new rule', from: 'range: date, functional: true', to: 'range: date', changes: ['widening relations/FOUNDED_ON/functional'], least: '1.3.0' },
  { what: 'less disjointness', from: disjoint, to: '', changes: ['widening disjoint'], least: '1.3.0' },
  { what: 'more disjointness', from: disjoint, to: 'disjoint: [[Person, Organization], [Person, Place]]', changes: ['breaking disjoint'], least: '2.0.0' },
])('sees $what', async ({ from, to, changes, least }) => {
  const diff = diffOntologies(await ontologyOf(COMPANIES), await changed(from, to))
  expect(diff.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual(changes)
  expect(diff.leastVersion).toBe(least)
})

it('guesses a rename where all else is the same, and migrates facts by it', async () => {
  const before = await ontologyOf(COMPANIES)
  const after = await ontologyOf(COMPANIES.replaceAll('Place', 'Location').replaceAll('OWNS', 'POSSESSES').replace('tails: 3', 'tails: 1'))
  const renames = guessRenames(before, after)
  expect(renames).toEqual({ types: { Place: 'Location' }, relations: { OWNS: 'POSSESSES' } })
  const fact = (head: string, relation: string, tail: string, score: number): ValidationTriple & { id: string } => ({
    id: `${head} ${tail}`, head: { key: head, type: 'Person' }, relation, tail: { key: tail, type: 'Company' }, score,
  })
  const { kept, dropped } = migrateTriples([fact('p', 'EMPLOYED_BY', 'a', 0.8), fact('p', 'EMPLOYED_BY', 'b', 0.9), fact('p', 'OWNS', 'a', 0.9)], renames, compileOntology(after))
  expect(kept.map(({ index, triple }) => `${index} ${triple.relation} ${triple.id}`)).toEqual(['1 EMPLOYED_BY p b', '2 POSSESSES p a'])
  expect(dropped.map(({ index, rule }) => `${index} ${rule}`)).toEqual(['0 cardinality'])
})

it('refuses renames to what the new ontology lacks', async () => {
  const after = compileOntology(await ontologyOf(COMPANIES))
  expect(() => migrateTriples([], { relations: { EMPLOYS: 'EMPLOYD_BY' } }, after)).toThrow('Did you mean "EMPLOYED_BY"?')
})
