import { describe, expect, it } from 'vitest'
import { RESERVED_NAMES } from '../../ontology/index.ts'
import { COMPANIES, codes, FILES, parse, withParts } from './fixtures.ts'

interface Case {
  readonly name: string
  readonly text: string
  readonly problems: readonly string[]
  /** Part of the first message. */
  readonly says?: string
}

const type = (types: string) => withParts({ types: `  ${types}` })
const relation = (relations: string) => withParts({ relations: `  ${relations}` })

const cases: readonly Case[] = [
  { name: 'text that is no YAML', text: 'name: [a\nversion: 1', problems: ['error ontology.syntax 2'] },
  { name: 'the same key twice', text: withParts({ types: '  Person: { ner: [PER] }' }), problems: ['error ontology.syntax 6'] },
  { name: 'an empty file', text: '', problems: ['error ontology.missing-key 1', 'error ontology.missing-key 1', 'error ontology.missing-key 1', 'warning ontology.no-relations 1'] },
  { name: 'a list instead of an ontology', text: '- a\n', problems: ['error ontology.missing-key 1', 'error ontology.missing-key 1', 'error ontology.missing-key 1', 'error ontology.wrong-kind 1', 'warning ontology.no-relations 1'] },
  { name: 'an unknown key at the top', text: withParts({ rest: 'disjiont: []' }), problems: ['error ontology.unknown-key 10'], says: 'Did you mean "disjoint"?' },
  { name: 'an unknown key of a type', text: type('City: { parent: [Place], ner: [LOC] }'), problems: ['error ontology.unknown-key 6'], says: 'Did you mean "parents"?' },
  { name: 'an unknown key of a relation', text: relation('IN: { domian: Person, domain: Person, range: Place, description: x }'), problems: ['error ontology.unknown-key 9'], says: 'Did you mean "domain"?' },
  { name: 'an unknown key far from all', text: relation('IN: { domain: Person, range: Place, description: x, max: { persons: 2 } }'), problems: ['error ontology.unknown-key 9'], says: 'Valid here: heads, tails.' },
  { name: 'a key in the wrong case', text: type('City: { NER: [LOC] }'), problems: ['error ontology.unknown-key 6', 'warning ontology.unfindable-type 6'], says: 'Did you mean "ner"?' },
  { name: 'a bad version', text: withParts({}).replace('1.0.0', 'v1.2'), problems: ['error ontology.bad-version 2'], says: 'try 1.2.0' },
  { name: 'a name with blanks', text: withParts({}).replace('name: small', 'name: my ontology'), problems: ['error ontology.bad-name 1'], says: 'try "my-ontology"' },
  { name: 'a namespace that is no IRI', text: withParts({ rest: 'namespace: companies' }), problems: ['error ontology.bad-namespace 10'] },
  { name: 'an unknown parent', text: type('City: { parents: [Plaec], ner: [LOC] }'), problems: ['error ontology.unknown-type 6'], says: 'Did you mean "Place"?' },
  { name: 'a circle of parents', text: withParts({ types: '  A: { parents: [B], ner: [LOC] }\n  B: { parents: [C] }\n  C: { parents: [A] }' }), problems: ['error ontology.parent-cycle 6'], says: 'A -> B -> C -> A' },
  { name: 'a type that is its own parent', text: type('A: { parents: [A], ner: [LOC] }'), problems: ['error ontology.parent-cycle 6'], says: 'A -> A' },
  { name: 'a type name with a hyphen', text: type('Data-Store: { ner: [MISC] }'), problems: ['error ontology.bad-name 6'], says: 'try "Data_Store"' },
  { name: 'a type name with a back-quote', text: type('"A`) DETACH DELETE n //": { ner: [MISC] }'), problems: ['error ontology.bad-name 6'] },
  { name: 'a type named like a literal kind', text: type('date: { ner: [MISC] }'), problems: ['error ontology.reserved-name 6'] },
  { name: 'a type named like a property of all objects', text: type('constructor: { ner: [MISC] }'), problems: ['error ontology.reserved-name 6'] },
  { name: 'a type named __proto__', text: type('__proto__: { ner: [MISC] }'), problems: ['error ontology.reserved-name 6'] },
  { name: 'an unknown recognizer type', text: type('City: { ner: [loc] }'), problems: ['error ontology.unknown-coarse-type 6'], says: 'Did you mean "LOC"?' },
  { name: 'a pattern that does not compile', text: withParts({ types: "  Id:\n    patterns:\n      - '[A-Z]{2}'\n      - '(unclosed'" }), problems: ['error ontology.bad-pattern 9'] },
  { name: 'a pattern that compiles only without the u flag', text: type("Id: { patterns: ['a\\-b'] }"), problems: ['error ontology.bad-pattern 6'] },
  { name: 'a pattern that matches nothing at all', text: type("Id: { patterns: ['x*'] }"), problems: ['error ontology.bad-pattern 6'] },
  { name: 'a missing gazetteer file', text: type('City: { gazetteer: cities.csv }'), problems: ['error ontology.unreadable 6', 'warning ontology.unfindable-type 6'] },
  { name: 'a type nothing can find', text: type('Thing: {}'), problems: ['warning ontology.unfindable-type 6'] },
  { name: 'an abstract type with a findable subtype', text: withParts({ types: '  Thing: {}\n  City: { parents: [Thing], ner: [LOC] }' }), problems: [] },
  { name: 'a missing domain and range', text: relation('R: { description: x }'), problems: ['error ontology.missing-key 9', 'error ontology.missing-key 9'] },
  { name: 'an empty domain', text: relation('R: { domain: [], range: Place, description: x }'), problems: ['error ontology.empty-domain 9'] },
  { name: 'an empty range', text: relation('R: { domain: Person, range: [], description: x }'), problems: ['error ontology.empty-range 9'] },
  { name: 'an unknown domain', text: relation('R: { domain: Persn, range: Place, description: x }'), problems: ['error ontology.unknown-type 9'], says: 'Did you mean "Person"?' },
  { name: 'an unknown range that nears a literal kind', text: relation('R: { domain: Person, range: dates, description: x }'), problems: ['error ontology.unknown-type 9'], says: 'Did you mean "date"?' },
  { name: 'a literal domain', text: relation('R: { domain: date, range: Person, description: x }'), problems: ['error ontology.literal-domain 9'] },
  { name: 'a literal kind among types', text: relation('R: { domain: Person, range: [Place, date], description: x }'), problems: ['error ontology.mixed-range 9'] },
  { name: 'two literal kinds', text: relation('R: { domain: Person, range: [number, date], description: x }'), problems: ['error ontology.mixed-range 9'] },
  { name: 'a symmetric relation to a literal', text: relation('R: { domain: Person, range: date, symmetric: true, description: x }'), problems: ['error ontology.literal-property 9'] },
  { name: 'an inverse of a relation to a literal', text: relation('R: { domain: Person, range: date, inverse: LIVES_IN, description: x }'), problems: ['error ontology.literal-property 9'] },
  { name: 'an inverse that is not declared', text: relation('R: { domain: Person, range: Place, inverse: LIVES_INN, description: x }'), problems: ['warning ontology.undeclared-inverse 9'], says: 'Did you mean "LIVES_IN"?' },
  { name: 'inverses whose ends do not fit', text: relation('R: { domain: Person, range: Place, inverse: LIVES_IN, description: x }'), problems: ['error ontology.inconsistent-inverse 9', 'error ontology.inconsistent-inverse 9'] },
  {
    name: 'an inverse that names another inverse',
    text: withParts({ relations: '  HOME_OF: { domain: Place, range: Person, inverse: LIVES_IN, description: x }\n  A: { domain: Person, range: Place, inverse: HOME_OF, description: x }' }),
    problems: ['error ontology.inconsistent-inverse 10'],
    says: 'whose own inverse is "LIVES_IN"',
  },
  {
    name: 'two relations with one inverse',
    text: withParts({ relations: '  HOME_OF: { domain: Place, range: Person, description: x }\n  A: { domain: Person, range: Place, inverse: HOME_OF, description: x }\n  B: { domain: Person, range: Place, inverse: HOME_OF, description: x }' }),
    problems: ['error ontology.inconsistent-inverse 11'],
    says: '"A" and "B" both have the inverse "HOME_OF"',
  },
  { name: 'a relation that is its own inverse', text: relation('R: { domain: Person, range: Person, inverse: R, description: x }'), problems: ['error ontology.inconsistent-inverse 9'], says: 'symmetric: true' },
  { name: 'symmetric and acyclic at once', text: relation('R: { domain: Person, range: Person, symmetric: true, acyclic: true, description: x }'), problems: ['error ontology.contradiction 9'] },
  { name: 'symmetric between strangers', text: relation('R: { domain: Person, range: Place, symmetric: true, description: x }'), problems: ['error ontology.contradiction 9'] },
  { name: 'functional with many tails', text: relation('R: { domain: Person, range: Place, functional: true, max: { tails: 2 }, description: x }'), problems: ['error ontology.contradiction 9'] },
  { name: 'a limit of nothing', text: relation('R: { domain: Person, range: Place, max: { tails: 0 }, description: x }'), problems: ['error ontology.wrong-kind 9'] },
  { name: 'a precision above one', text: relation('R: { domain: Person, range: Place, policy: { precision: 95 }, description: x }'), problems: ['error ontology.wrong-kind 9'] },
  { name: 'a flag that is a word', text: relation('R: { domain: Person, range: Place, functional: yes, description: x }'), problems: ['error ontology.wrong-kind 9'], says: 'true or false' },
  { name: 'a description that is a list', text: relation('R: { domain: Person, range: Place, description: [x] }'), problems: ['error ontology.wrong-kind 9', 'warning ontology.undescribed-relation 9'] },
  { name: 'an example without marks', text: relation('R:\n    domain: Person\n    range: Place\n    examples:\n      - "Ada lives in <t>Ockham</t>."'), problems: ['warning ontology.undescribed-relation 9', 'error ontology.bad-example 13'], says: 'missing <h> </h>' },
  { name: 'an example with two heads', text: relation('R: { domain: Person, range: Place, description: x, examples: ["<h>A</h> <h>B</h> <t>C</t>"] }'), problems: ['error ontology.bad-example 9'] },
  { name: 'an example with an empty head', text: relation('R: { domain: Person, range: Place, description: x, negatives: ["<h></h> at <t>C</t>"] }'), problems: ['error ontology.bad-example 9'] },
  { name: 'a missing file of examples', text: withParts({ rest: 'examples: none.jsonl' }), problems: ['error ontology.unreadable 10'] },
  { name: 'a relation without words', text: relation('R: { domain: Person, range: Place }'), problems: ['warning ontology.undescribed-relation 9'] },
  { name: 'no relations at all', text: 'name: n\nversion: 1.0.0\ntypes:\n  A: { ner: [PER] }\n', problems: ['warning ontology.no-relations 1'] },
  { name: 'disjointness of one', text: withParts({ rest: 'disjoint:\n  - [Person]' }), problems: ['error ontology.bad-disjoint 11'] },
  { name: 'disjointness from itself', text: withParts({ rest: 'disjoint: [[Person, Person]]' }), problems: ['error ontology.bad-disjoint 10'] },
  { name: 'disjointness of unknown types', text: withParts({ rest: 'disjoint: [[Person, Plaice]]' }), problems: ['error ontology.unknown-type 10'], says: 'Did you mean "Place"?' },
  { name: 'disjointness without inner lists', text: withParts({ rest: 'disjoint: [Person, Place]' }), problems: ['error ontology.wrong-kind 10'] },
  { name: 'parents that are disjoint', text: withParts({ types: '  Golem: { parents: [Person, Place], ner: [MISC] }', rest: 'disjoint: [[Person, Place]]' }), problems: ['error ontology.disjoint-parents 6'] },
  { name: 'a subtype of a type it is disjoint from', text: withParts({ types: '  City: { parents: [Place], ner: [LOC] }', rest: 'disjoint: [[City, Place]]' }), problems: ['error ontology.disjoint-parents 6'] },
]

describe('checking an ontology', () => {
  it('finds nothing wrong with the example of the documentation, but the inverse that is only named', async () => {
    expect(codes((await parse(COMPANIES)).problems)).toEqual(['warning ontology.undeclared-inverse 20'])
  })

  it.each(cases)('reports $name', async ({ text, problems, says }) => {
    const result = await parse(text)
    expect(codes(result.problems)).toEqual(problems)
    if (says !== undefined) expect(result.problems.map(({ message }) => message).join('\n')).toContain(says)
    expect(result.ontology !== undefined).toBe(!problems.some((problem) => problem.startsWith('error')))
  })

  const named = {
    type: (name: string) => parse(type(`${name}: { ner: [MISC] }`)),
    relation: (name: string) => parse(relation(`${name}: { domain: Person, range: Place, description: x }`)),
  }

  it.each(RESERVED_NAMES.type)('keeps the label %s for itself', async (name) => {
    expect(codes((await named.type(name)).problems)).toEqual(['error ontology.reserved-name 6'])
    expect((await named.relation(name)).ontology).toBeDefined()
  })

  it.each(RESERVED_NAMES.relation)('keeps the relationship %s for itself', async (name) => {
    expect(codes((await named.relation(name)).problems)).toEqual(['error ontology.reserved-name 9'])
    expect((await named.type(name)).ontology).toBeDefined()
  })

  it.each(['PART_OF', 'FROM'])('leaves the relation %s to whoever has it, though Graphloom writes such edges between other nodes', async (name) => {
    expect((await named.relation(name)).problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('reports all problems at once, in the order of lines', async () => {
    const text = withParts({ types: '  City: { parents: [Plaec], nre: [LOC] }', relations: '  R: { domain: [], range: Town }', rest: 'version2: 1' })
    const { problems } = await parse(text)
    expect(codes(problems)).toEqual([
      'error ontology.unknown-key 6', 'error ontology.unknown-type 6', 'warning ontology.unfindable-type 6',
      'error ontology.empty-domain 9', 'error ontology.unknown-type 9', 'warning ontology.undescribed-relation 9', 'error ontology.unknown-key 10',
    ])
  })

  it('names the file and line of a bad row in a file of the ontology', async () => {
    const files = { ...FILES, 'spouse.jsonl': '\n{"text":"Ada married William.","head":[0,3],"tail":[12,99]}\nnot json\n', 'companies.csv': 'C-1,Acme\nC-2\n' }
    const { problems } = await parse(COMPANIES, files)
    expect(problems.filter(({ severity }) => severity === 'error').map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual([
      'companies.csv:2 ontology.bad-gazetteer', 'spouse.jsonl:2 ontology.bad-example', 'spouse.jsonl:3 ontology.bad-example',
    ])
  })

  it('does not explode on nested anchors', async () => {
    const levels = Array.from({ length: 40 }, (_, index) => `l${index + 1}: &l${index + 1} [*l${index}, *l${index}]`).join('\n')
    const { problems } = await parse(`l0: &l0 [a]\n${levels}\n${withParts({})}`)
    expect(problems.every(({ code }) => code === 'ontology.unknown-key')).toBe(true)
  })
})
