import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CompiledOntology, compileOntology, normalForm, storedForm, type ValidationTriple, validateTriples } from '../../ontology/index.ts'
import { COMPANIES, ontologyOf } from './fixtures.ts'

const MORE = `  PARENT_OF: { domain: Person, range: Person, transitive: true, irreflexive: true, max: { heads: 2 }, description: x }
  CHILD_OF: { domain: Person, range: Person, inverse: PARENT_OF, description: x }
disjoint:`

let compiled: CompiledOntology
beforeAll(async () => {
  compiled = compileOntology(await ontologyOf(COMPANIES.replace('disjoint:', MORE)))
})

/** Keys say their types: p = Person, c = Company, o = Organization, l = Place, d = date. */
function triple(head: string, relation: string, tail: string, score = 0.9): ValidationTriple {
  const types: Readonly<Record<string, string>> = { p: 'Person', c: 'Company', o: 'Organization', l: 'Place' }
  const end = tail[0] === 'd' ? { key: tail, literal: 'date' as const } : { key: tail, type: types[tail[0]!]! }
  return { head: { key: head, type: types[head[0]!]! }, relation, tail: end, score }
}

function reasons(...triples: ValidationTriple[]): string[] {
  const { kept, refused } = validateTriples(triples, compiled)
  const byIndex = new Map<number, string>(refused.map(({ index, rule }) => [index, rule]))
  for (const index of kept) byIndex.set(index, 'kept')
  return triples.map((_, index) => byIndex.get(index)!)
}

describe('validation', () => {
  it('keeps what the ontology allows, subtypes included', () => {
    expect(reasons(triple('p1', 'EMPLOYED_BY', 'c1'), triple('c1', 'FOUNDED_ON', 'd1842'), triple('o1', 'OWNS', 'c1'))).toEqual(['kept', 'kept', 'kept'])
  })

  it('refuses a head outside the domain, a tail outside the range, and relations nobody declared', () => {
    expect(reasons(triple('l1', 'EMPLOYED_BY', 'c1'), triple('p1', 'EMPLOYED_BY', 'l1'), triple('p1', 'LOVES', 'p2'))).toEqual(['domain', 'range', 'domain'])
  })

  it('refuses entities where a literal belongs, and literals where an entity or another kind belongs', () => {
    const number = { ...triple('c1', 'FOUNDED_ON', 'd1'), tail: { key: '7', literal: 'number' as const } }
    expect(reasons(triple('c1', 'FOUNDED_ON', 'p1'), triple('p1', 'EMPLOYED_BY', 'd1'), number)).toEqual(['range', 'range', 'range'])
  })

  it('says what was given and what was expected', () => {
    const { refused } = validateTriples([triple('p1', 'EMPLOYED_BY', 'l1')], compiled)
    expect(refused).toEqual([{ index: 0, rule: 'range', message: 'The tail of EMPLOYED_BY must be of type Organization; given: Place.' }])
  })

  it('refuses a thing related to itself where that is excluded, also in the inverse and in acyclic relations', () => {
    expect(reasons(triple('p1', 'SPOUSE', 'p1'), triple('p1', 'CHILD_OF', 'p1'), triple('c1', 'OWNS', 'c1'), triple('c1', 'PARTNER_OF', 'c1'))).toEqual(['irreflexive', 'irreflexive', 'irreflexive', 'kept'])
  })

  it('keeps the best tail of a functional relation', () => {
    expect(reasons(triple('c1', 'FOUNDED_ON', 'd1', 0.8), triple('c1', 'FOUNDED_ON', 'd2', 0.9), triple('c2', 'FOUNDED_ON', 'd1', 0.7))).toEqual(['functional', 'kept', 'kept'])
  })

  it('holds a functional symmetric relation from both ends', () => {
    expect(reasons(triple('p1', 'SPOUSE', 'p2', 0.9), triple('p3', 'SPOUSE', 'p2', 0.8), triple('p3', 'SPOUSE', 'p4', 0.7))).toEqual(['kept', 'functional', 'kept'])
  })

  it('holds limits through the inverse', () => {
    expect(reasons(triple('c1', 'LED_BY', 'p1', 0.9), triple('p2', 'LEADS', 'c1', 0.8))).toEqual(['kept', 'functional'])
    expect(reasons(triple('p1', 'PARENT_OF', 'p9', 0.9), triple('p9', 'CHILD_OF', 'p2', 0.8), triple('p3', 'PARENT_OF', 'p9', 0.7))).toEqual(['kept', 'kept', 'cardinality'])
  })

  it('keeps as many tails as the limit allows', () => {
    const triples = ['c1', 'c2', 'c3', 'c4'].map((company, index) => triple('p1', 'EMPLOYED_BY', company, 0.9 - index / 100))
    expect(reasons(...triples)).toEqual(['kept', 'kept', 'kept', 'cardinality'])
  })

  it('does not count the same statement twice', () => {
    expect(reasons(triple('c1', 'FOUNDED_ON', 'd1', 0.8), triple('c1', 'FOUNDED_ON', 'd1', 0.9))).toEqual(['kept', 'kept'])
  })

  it('drops the weaker of two spellings of one statement', () => {
    expect(reasons(triple('c1', 'LED_BY', 'p1', 0.7), triple('p1', 'LEADS', 'c1', 0.8))).toEqual(['inverse-duplicate', 'kept'])
    expect(reasons(triple('p2', 'SPOUSE', 'p1', 0.7), triple('p1', 'SPOUSE', 'p2', 0.8))).toEqual(['inverse-duplicate', 'kept'])
  })

  it('refuses what closes a circle, through inverses too', () => {
    expect(reasons(triple('c1', 'OWNS', 'c2', 0.9), triple('c2', 'OWNS', 'c3', 0.8), triple('c3', 'OWNS', 'c1', 0.7))).toEqual(['kept', 'kept', 'acyclic'])
    expect(reasons(triple('p1', 'PARENT_OF', 'p2', 0.9), triple('p1', 'CHILD_OF', 'p2', 0.8))).toEqual(['kept', 'acyclic'])
  })

  it('refuses a thing of two disjoint types', () => {
    const asCompany = { ...triple('c1', 'OWNS', 'c2', 0.8), head: { key: 'p1', type: 'Company' } }
    expect(reasons(triple('p1', 'LEADS', 'c1', 0.9), asCompany)).toEqual(['kept', 'disjoint'])
  })

  it('does not let a refused statement refuse others', () => {
    expect(reasons(triple('c1', 'OWNS', 'c2', 0.9), triple('c2', 'OWNS', 'c1', 0.8), triple('c2', 'OWNS', 'c3', 0.7))).toEqual(['kept', 'acyclic', 'kept'])
  })
})

const statements = fc.array(
  fc.record({
    head: fc.constantFrom('p1', 'p2', 'p3', 'c1', 'c2', 'o1', 'l1'),
    relation: fc.constantFrom('EMPLOYED_BY', 'FOUNDED_ON', 'SPOUSE', 'PARTNER_OF', 'OWNS', 'LED_BY', 'LEADS', 'PARENT_OF', 'CHILD_OF'),
    tail: fc.constantFrom('p1', 'p2', 'p3', 'c1', 'c2', 'o1', 'l1', 'd1', 'd2'),
    score: fc.constantFrom(0.5, 0.6, 0.7),
  }).map(({ head, relation, tail, score }) => triple(head, relation, tail, score)),
  { maxLength: 25 },
)

const spelled = (triples: readonly ValidationTriple[], indexes: readonly number[]) =>
  [...new Set(indexes.map((index) => JSON.stringify(triples[index])))].sort()

describe('properties of validation', () => {
  it('does not depend on the order of the input', () => {
    fc.assert(fc.property(statements, fc.infiniteStream(fc.nat()), (triples, random) => {
      const keyed = triples.map((statement) => ({ statement, key: random.next().value as number }))
      const shuffled = keyed.sort((a, b) => a.key - b.key).map(({ statement }) => statement)
      expect(spelled(shuffled, validateTriples(shuffled, compiled).kept)).toEqual(spelled(triples, validateTriples(triples, compiled).kept))
    }))
  })

  it('accounts for every triple once, and refuses nothing of what it kept', () => {
    fc.assert(fc.property(statements, (triples) => {
      const { kept, refused } = validateTriples(triples, compiled)
      expect([...kept, ...refused.map(({ index }) => index)].sort((a, b) => a - b)).toEqual(triples.map((_, index) => index))
      expect(validateTriples(kept.map((index) => triples[index]!), compiled).refused).toEqual([])
    }))
  })

  it('keeps nothing that breaks a promise of the ontology', () => {
    fc.assert(fc.property(statements, (triples) => {
      const kept = validateTriples(triples, compiled).kept.map((index) => triples[index]!)
      const tails = (relation: string, head: string) => new Set(kept.filter((other) => other.relation === relation && other.head.key === head).map((other) => other.tail.key))
      for (const { relation, head } of kept) {
        expect(tails(relation, head.key).size).toBeLessThanOrEqual(compiled.ontology.relations[relation]!.functional ? 1 : compiled.ontology.relations[relation]!.maxTails ?? 99)
      }
      const forms = new Set(kept.map(({ relation, head, tail }) => JSON.stringify(normalForm(compiled.ontology, relation, head.key, tail.key))))
      const written = new Set(kept.map(({ relation, head, tail }) => `${relation} ${head.key} ${tail.key}`))
      expect(forms.size).toBe(written.size)
    }))
  })
})

describe('normal and stored form', () => {
  it('puts the smaller key first in a symmetric relation and leaves others alone', () => {
    expect(storedForm(compiled.ontology, 'SPOUSE', 'b', 'a')).toEqual({ relation: 'SPOUSE', head: 'a', tail: 'b' })
    expect(storedForm(compiled.ontology, 'LED_BY', 'b', 'a')).toEqual({ relation: 'LED_BY', head: 'b', tail: 'a' })
    expect(storedForm(compiled.ontology, 'UNKNOWN', 'b', 'a')).toEqual({ relation: 'UNKNOWN', head: 'b', tail: 'a' })
  })

  it('lets the first of two declared inverses stand for both, and ignores an inverse that is only named', () => {
    expect(normalForm(compiled.ontology, 'LED_BY', 'c', 'p')).toEqual({ relation: 'LEADS', head: 'p', tail: 'c' })
    expect(normalForm(compiled.ontology, 'LEADS', 'p', 'c')).toEqual({ relation: 'LEADS', head: 'p', tail: 'c' })
    expect(normalForm(compiled.ontology, 'EMPLOYED_BY', 'p', 'c')).toEqual({ relation: 'EMPLOYED_BY', head: 'p', tail: 'c' })
  })

  it('is idempotent, and blind to the spelling', () => {
    const relations = fc.constantFrom(...['SPOUSE', 'LED_BY', 'LEADS', 'PARENT_OF', 'CHILD_OF', 'OWNS'])
    fc.assert(fc.property(relations, fc.string(), fc.string(), (relation, head, tail) => {
      for (const form of [normalForm, storedForm]) {
        const once = form(compiled.ontology, relation, head, tail)
        expect(form(compiled.ontology, once.relation, once.head, once.tail)).toEqual(once)
      }
      expect(normalForm(compiled.ontology, 'LED_BY', head, tail)).toEqual(normalForm(compiled.ontology, 'LEADS', tail, head))
      expect(normalForm(compiled.ontology, 'SPOUSE', head, tail)).toEqual(normalForm(compiled.ontology, 'SPOUSE', tail, head))
    }))
  })
})
