import { describe, expect, it } from 'vitest'
import { thingsOf } from '../../extract/example.ts'
import { compileOntology, parseOntology } from '../../ontology/index.ts'

const { ontology } = await parseOntology(`
name: ships
version: 1.0.0
types:
  Vessel: { description: A ship. }
  Yard: { description: Where ships are built. }
  Person: { description: A human being. }
relations:
  BUILT_BY:
    description: The tail has built the head.
    domain: Vessel
    range: Yard
    examples:
      - <h>The Grey Heron</h> left <t>Toller & Sons</t> in 1931.
      - <h>She</h> was built by <t>Marsh & Daughters</t>.
    negatives:
      - <h>The Kittiwake</h> was sold by <t>Joan Pettifer</t>.
  OWNED_BY:
    description: The head belongs to the tail.
    domain: Vessel
    range: [Yard, Person]
    examples:
      - <h>The Kittiwake</h> belongs to <t>Joan Pettifer</t>.
  LAUNCHED_ON:
    description: The head was launched on the tail.
    domain: Vessel
    range: date
    examples:
      - <h>The Grey Heron</h> was launched on <t>2 May 1931</t>.
`, 'ships.yaml', () => Promise.reject(new Error('There is no other file.')))

describe('things that examples show', () => {
  const shown = thingsOf(compileOntology(ontology!)).flatMap(({ document, things }) => things.map(({ types, start, end }) => `${document.text.slice(start, end)}: ${types.join(' or ')}`))

  it('are the ends, of one of the types that their relation takes there; pronouns, values and ends of negatives show none', () => {
    expect(shown.sort()).toEqual(['Joan Pettifer: Person or Yard', 'Marsh & Daughters: Yard', 'The Grey Heron: Vessel', 'The Grey Heron: Vessel', 'The Kittiwake: Vessel', 'Toller & Sons: Yard'])
  })
})
