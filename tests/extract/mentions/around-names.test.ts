import { describe, expect, test } from 'vitest'
import { compileFinders, findMentions, proposeMentions, settleMentions } from '../../../extract/mentions/index.ts'
import { isOffice } from '../../../extract/mentions/offices.ts'
import { NO_VIEW, type View } from '../../../extract/views/index.ts'
import { type CompiledOntology, compileOntology, parseOntology } from '../../../ontology/index.ts'
import { segmentedOf } from './sample.ts'

async function compiled(text: string): Promise<CompiledOntology> {
  return compileOntology((await parseOntology(text, 'o.yaml', async () => '')).ontology!)
}

const offices = await compiled(`
name: offices
version: 1.0.0
types:
  Person: { description: A human being., ner: [PER] }
  Country: { description: A country., ner: [LOC] }
  Post: { description: What somebody is elected to., ner: [PER] }
relations:
  POSITION_HELD: { description: The head holds the tail., domain: Person, range: Post, examples: ["<h>Atifete Jahjaga</h> was the third <t>President of Kosovo</t>."] }
  HEAD_OF_STATE: { description: The tail heads the head., domain: Country, range: Person }
`)
const dishes = await compiled(`
name: dishes
version: 1.0.0
types:
  Dish: { description: Something cooked. }
  Company: { description: A business., ner: [ORG] }
  Building: { description: Something built. }
relations:
  SERVED_IN: { description: The head is served in the tail., domain: Dish, range: Building }
`)

/** What the texts say is a thing of a type, as sure as it says. */
function seeing(text: string, things: Readonly<Record<string, readonly [type: string, belief: number]>>): View {
  return { ...NO_VIEW, kind: ({ start, end }, type) => { const [of, belief] = things[text.slice(start, end)] ?? ['', 0]; return of === type ? belief : 0 } }
}

describe('offices', () => {
  const named = (text: string): string[] => findMentions(segmentedOf(text), compileFinders(offices)).filter(({ kind }) => kind === 'name').map(({ text: said, types: [type] }) => `${said}: ${type}`)

  test('are things where examples show a type so, and what they are held of stands for itself as well', () => {
    const found = named('Michel Suleiman served as President of Lebanon from 2008 to 2014.')
    expect(found).toContain('President of Lebanon: Post')
    expect(found).toContain('Lebanon: Country')
  })

  test('begin with their rank and not with how many held them before', () => {
    expect(named('Goodluck Jonathan was the fourth Vice President of Nigeria.')).toContain('Vice President of Nigeria: Post')
    expect(named('Suharto was the second president of Indonesia.')).toContain('president of Indonesia: Post')
    expect(named('Ada Lovelace is deputy head of the European Commission.')).toContain('deputy head of the European Commission: Post')
  })

  test('are no things where nothing shows or describes them', () => {
    const found = findMentions(segmentedOf('Michel Suleiman served as President of Lebanon.'), compileFinders(dishes)).map(({ text }) => text)
    expect(found).not.toContain('President of Lebanon')
  })

  test('are told from people and from what people belong to', () => {
    for (const text of ['third President of Kosovo', 'Vice-President of Botswana', 'bishop of Lund', 'ambassador to France']) expect(isOffice(text), text).toBe(true)
    for (const text of ['Barack Obama', 'the president', 'son of John', 'president of']) expect(isOffice(text), text).toBe(false)
  })
})

describe('a noun behind a name', () => {
  const said = (text: string, things: Readonly<Record<string, readonly [string, number]>>): string[] =>
    settleMentions(proposeMentions(segmentedOf(text), compileFinders(dishes)), seeing(text, things)).filter(({ kind }) => kind === 'name').map(({ text: name }) => name)

  test('belongs to it where both together are more like a thing than the name alone', () => {
    expect(said('We had Arrabbiata sauce in Rome.', { 'Arrabbiata sauce': ['Dish', 0.9], Arrabbiata: ['Dish', 0.5] })).toContain('Arrabbiata sauce')
  })

  test('stands for itself where the name is surer', () => {
    const found = said('We saw the Tesla factory in Berlin.', { 'Tesla factory': ['Building', 0.7], Tesla: ['Company', 0.95] })
    expect(found).toContain('Tesla')
    expect(found).not.toContain('Tesla factory')
  })

  test('belongs to it, whatever the name alone is like, where the ontology has things that the noun calls so and no article stands before', () => {
    const alone = { 'Alderney tower': ['Building', 0.5], Alderney: ['Company', 0.95] } as const
    expect(said('They met at Alderney tower.', alone)).toContain('Alderney tower')
    expect(said('They met at the Alderney tower.', alone)).toContain('Alderney')
    expect(said('They saw Alderney towers.', { ...alone, 'Alderney towers': ['Building', 0.5] })).toContain('Alderney')
    expect(said('They met in Alderney region.', { 'Alderney region': ['Building', 0.5], Alderney: ['Company', 0.95] })).toContain('Alderney')
  })
})
