import { describe, expect, test } from 'vitest'
import { linkChains } from '../../../extract/chains/index.ts'
import { compileFinders, findMentions } from '../../../extract/mentions/index.ts'
import { candidateTypes, looksLike } from '../../../extract/pairs/index.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'
import { segmentedOf } from '../mentions/sample.ts'

const { ontology: parsed } = await parseOntology(`
name: landscape
version: 1.0.0
types:
  System: { description: "A program." }
  Store: { parents: [System], description: "A database." }
  Person: { description: "A human being.", ner: [PER] }
relations:
  FEEDS: { description: "The head hands data on to the tail.", domain: System, range: System }
  BUILT: { description: "The head built the tail.", domain: Person, range: System }
`, 'o.yaml', async () => '')
const ontology = compileOntology(parsed!)
const finders = compileFinders(ontology)

function chainOf(text: string, name: string) {
  const document = segmentedOf(text)
  return linkChains(document, findMentions(document, finders), ontology).find((chain) => chain.mentions.some((mention) => mention.text.includes(name)))!
}

describe('the types that a chain may have', () => {
  test('keep a person from looking like a system, though nothing is ruled out', () => {
    const ada = chainOf('Mrs Ada Lovelace said that she had built RateWell herself.', 'Lovelace')
    expect(looksLike(ada, ['Person'], ontology)).toBe(true)
    expect(looksLike(ada, ['System'], ontology)).toBe(false)
  })

  test('begin with the general type where nothing speaks for a subtype', () => {
    const types = candidateTypes(chainOf('Yesterday RateWell was slow again.', 'RateWell'), ontology).filter((type) => type !== 'Person')
    expect(types).toEqual(['System', 'Store'])
  })
})
