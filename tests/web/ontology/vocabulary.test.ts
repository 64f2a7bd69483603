import { describe, expect, it } from 'vitest'
import { vocabularyOf } from '../../../web/ontology/index.ts'
import { groupFacts } from '../../../web/entities/group.ts'
import type { Fact, Ontology } from '../../../web/server/index.ts'

const type = (name: string, ...parents: readonly string[]) => ({ name, description: '', parents })
const relation = (name: string, label: string, domain: string, range: string, more = {}) => ({ name, label, description: `What ${label} means.`, domain: [domain], range: [range], aliases: [], symmetric: false, transitive: false, irreflexive: false, acyclic: false, functional: false, ...more })
const ontology: Ontology = {
  name: 'o', version: '1.0.0', disjoint: [],
  types: [type('Company', 'Organization'), type('Person'), type('Organization')],
  relations: [
    relation('EMPLOYED_BY', 'employed by', 'Person', 'Organization', { inverse: 'EMPLOYS' }),
    relation('OWNS', 'owns', 'Organization', 'Organization'),
    relation('PARTNER_OF', 'partner of', 'Organization', 'Organization', { symmetric: true }),
    relation('FOUNDED_ON', 'founded on', 'Organization', 'date'),
  ],
}
const vocabulary = vocabularyOf(ontology)
const ada = { id: 'ent:1', name: 'Ada', type: 'Person' }
const acme = { id: 'ent:2', name: 'Acme', type: 'Company' }
const bolt = { id: 'ent:3', name: 'Bolt', type: 'Organization' }

describe('the words of an ontology', () => {
  it('put a type below its parent', () => {
    expect(vocabulary.types).toEqual([{ name: 'Person', depth: 0 }, { name: 'Organization', depth: 0 }, { name: 'Company', depth: 1 }])
  })

  it('read a relation from both ends', () => {
    expect([vocabulary.label('EMPLOYED_BY'), vocabulary.inverseLabel('EMPLOYED_BY')]).toEqual(['employed by', 'employs'])
    expect(vocabulary.inverseLabel('OWNS')).toBe('is “owns” of')
    expect(vocabulary.inverseLabel('PARTNER_OF')).toBe('partner of')
  })

  const allowed = (...ends: Parameters<typeof vocabulary.allowed>) => vocabulary.allowed(...ends).map(({ relation: { name }, turned }) => `${name}${turned ? ' turned' : ''}`)
  it('allow what domain and range allow, of subtypes too, in both directions', () => {
    expect(allowed(ada, acme)).toEqual(['EMPLOYED_BY'])
    expect(allowed(acme, ada)).toEqual(['EMPLOYED_BY turned'])
    expect(allowed(acme, bolt)).toEqual(['OWNS', 'OWNS turned', 'PARTNER_OF'])
    expect(allowed(acme, { literal: 'date', value: '1842', text: '1842' })).toEqual(['FOUNDED_ON'])
  })
})

describe('the facts of an entity', () => {
  const fact = (id: string, head: Fact['head'], name: string, tail: Fact['tail'], score: number, status: Fact['status'] = 'accepted'): Fact => ({ id, head, relation: name, tail, score, status, support: 1, ontology: 'o@1.0.0', model: 'm@1' })

  it('stand by relation as read from it, the accepted first, the likelier before the others', () => {
    const facts = [fact('f1', ada, 'EMPLOYED_BY', acme, 0.6, 'review'), fact('f2', bolt, 'OWNS', acme, 0.9), fact('f3', ada, 'EMPLOYED_BY', acme, 0.8), fact('f4', ada, 'EMPLOYED_BY', acme, 0.95)]
    expect(groupFacts(facts, acme.id, vocabulary).map(({ label, facts: items }) => [label, items.map(({ fact: { id }, other }) => `${id} ${'name' in other ? other.name : other.value}`)])).toEqual([
      ['employs', ['f4 Ada', 'f3 Ada', 'f1 Ada']],
      ['is “owns” of', ['f2 Bolt']],
    ])
  })

  it('of a symmetric relation are one group, whichever end is stored first', () => {
    expect(groupFacts([fact('f1', acme, 'PARTNER_OF', bolt, 0.9), fact('f2', bolt, 'PARTNER_OF', acme, 0.9)], acme.id, vocabulary)).toHaveLength(1)
  })
})
