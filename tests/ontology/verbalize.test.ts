import { expect, it } from 'vitest'
import { nearest, type Relation, verbalize, verbalizeType } from '../../ontology/index.ts'
import { COMPANIES, ontologyOf } from './fixtures.ts'

it('says a relation with its names and the types of its ends', async () => {
  const { relations, types } = await ontologyOf(COMPANIES)
  const base = relations['EMPLOYED_BY']!
  const said = (parts: Partial<Relation>) => verbalize({ ...base, aliases: [], ...parts })
  expect(verbalize(base)).toBe('employed by; works for; joined. The person works, or worked, for the organization.')
  expect(said({ description: '' })).toBe('employed by. The person is employed by the organization.')
  expect(said({ description: 'The head knows the tail.', domain: ['DataStore', 'HTTPServer'], range: ['DataStore', 'HTTPServer'] })).toBe(
    'employed by. The data store or HTTP server knows the other data store or HTTP server.',
  )
  expect(said({ description: 'The tail, a person, is the head of state of the head, a country.', domain: ['Country'], range: ['Person'] })).toBe(
    'employed by. The person is the head of state of the country.',
  )
  expect(said({ description: "The head's name is the tail.", range: ['string'], literal: 'string' })).toBe("employed by. The person's name is the text.")
  expect(verbalizeType(types['Company']!)).toBe('company: A business.')
  expect(verbalizeType(types['Place']!)).toBe('place')
})

it('finds the nearest name by edits, swapped letters as one, and none that is too far', () => {
  const names = ['domain', 'range', 'examples', 'negatives']
  expect(nearest('domian', names)).toBe('domain')
  expect(nearest('EXAMPLE', names)).toBe('examples')
  expect(nearest('zzz', names)).toBeUndefined()
  expect(nearest('ab', ['ax', 'bb'])).toBe('ax')
})
