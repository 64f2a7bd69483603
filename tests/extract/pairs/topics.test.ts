import { describe, expect, test } from 'vitest'
import { linkChains } from '../../../extract/chains/index.ts'
import { compileFinders, findMentions } from '../../../extract/mentions/index.ts'
import { enumeratePairs } from '../../../extract/pairs/index.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'
import { segmentedOf } from '../mentions/sample.ts'

const { ontology: parsed } = await parseOntology(`
name: landscape
version: 1.0.0
types:
  System: { description: "A program." }
  Team: { description: "A group of staff.", names: ["Team Heron", "Team Avocet"] }
  Person: { description: "A human being.", ner: [PER] }
relations:
  OWNED_BY: { description: "The tail looks after the head.", domain: System, range: Team }
  LEADS: { description: "The head leads the tail.", domain: Person, range: Team }
`, 'o.yaml', async () => '')
const ontology = compileOntology(parsed!)
const finders = compileFinders(ontology)

function pairsOf(text: string): string[] {
  const document = segmentedOf(text)
  const chains = linkChains(document, findMentions(document, finders), ontology)
  return enumeratePairs(document, chains, ontology).pairs.flatMap(({ head, tail, relations, window }) =>
    relations.map((relation) => `${chains[head]!.name} ${relation} ${chains[tail]!.name} in "${text.slice(window.start, window.end)}"`))
}

describe('a line of a form', () => {
  test('speaks of the name in the heading above it', () => {
    expect(pairsOf('Notes on PayGrid\n\nWhat: wages for 900 people.\nResponsible: Team Heron, day and night.\n')).toContain('PayGrid OWNED_BY Team Heron in "Responsible: Team Heron, day and night."')
  })

  test('speaks of the name in the first line of its form', () => {
    expect(pairsOf('Please complete all fields of this form and send it to the desk by Friday noon at the very latest.\n\nProgram: PayGrid\nSince: 2020-05-01\nTeam: Team Avocet\n')).toContain('PayGrid OWNED_BY Team Avocet in "Team: Team Avocet"')
  })

  test('of a list speaks of the name in the lead-in', () => {
    expect(pairsOf('We met on Monday and talked about many things that are of no use here, at length.\n\nPayGrid:\n- looked after by Team Heron\n- slow on Mondays\n')).toContain('PayGrid OWNED_BY Team Heron in "- looked after by Team Heron"')
  })

  test('is no reason to pair ordinary sentences with a heading', () => {
    const pairs = pairsOf('Notes on PayGrid\n\nThe kitchen was painted again. Nobody complained. Yesterday Team Heron had lunch there.\n')
    expect(pairs.filter((pair) => pair.includes('PayGrid'))).toEqual([])
  })
})
