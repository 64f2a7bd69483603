import { describe, expect, test } from 'vitest'
import { compileFinders, findMentions, proposeMentions } from '../../../extract/mentions/index.ts'
import { kindOfNumbered, typesOfPhrase } from '../../../extract/mentions/phrasing.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'
import { segmentedOf } from './sample.ts'

async function mentionsOf(text: string, ontologyText: string): Promise<string[]> {
  const { ontology } = await parseOntology(ontologyText, 'o.yaml', async () => '')
  const document = segmentedOf(text)
  return findMentions(document, compileFinders(compileOntology(ontology!))).filter(({ finder }) => finder === 'phrase').map(({ text: said }) => said)
}

const described = `
name: incidents
version: 1.0.0
types:
  Incident: { description: "An accident or breakdown." }
  Vehicle: { description: "A truck, train or forklift." }
  Cause: { description: "What brought an incident about." }
  Person: { ner: [PER] }
relations:
  CAUSED_BY: { description: "The tail brought the head about.", domain: Incident, range: Cause, examples: ["<h>INC-7</h> was caused by a <t>broken axle</t>."] }
  INVOLVED: { description: "The head involved the tail.", domain: Incident, range: Vehicle }
`
const named = described.replace('a <t>broken axle</t>', '<t>Operation Harvest</t>').replace('range: Vehicle }', 'range: Vehicle, examples: ["<h>INC-7</h> involved <t>Flying Scotsman</t>."] }')

describe('phrases', () => {
  test('find what is described rather than named', async () => {
    expect(await mentionsOf('The collision was due to a cracked gasket and wet leaves.', described)).toEqual(expect.arrayContaining(['cracked gasket', 'wet leaves']))
  })

  test('keep the number that tells a thing from its likes, and no number that counts', async () => {
    const found = await mentionsOf('Near gate B the forklift 6 hit 12 pallets on page 3.', described)
    expect(found).toContain('forklift 6')
    expect(found.some((text) => /12|page/.test(text))).toBe(false)
  })

  test('keep what a capitalised noun or a short form numbers', async () => {
    const types = described.replace('Vehicle: { description: "A truck, train or forklift." }', 'Vehicle: { description: "A truck, case or forklift." }')
    expect(await mentionsOf('Case 118 is open. On May 12 and in Chapter 3 nothing happened.', types)).toEqual(['Case 118'])
  })

  test('keep both halves of a number with a slash in it', async () => {
    const types = described.replace('Vehicle: { description: "A truck, train or forklift." }', 'Vehicle: { description: "A truck, notice or forklift." }')
    expect(await mentionsOf('Notice 3/24 is about two streets, and order 17/B is not.', types)).toEqual(expect.arrayContaining(['Notice 3/24', 'order 17/B']))
    expect(await mentionsOf('Notice 3 / 24 is about two streets.', types)).toEqual(['Notice 3'])
  })

  test('are not sought where the examples show names only', async () => {
    expect(await mentionsOf('The collision was due to a cracked gasket.', named)).toEqual([])
  })

  test('leave people, names and days alone', async () => {
    const found = await mentionsOf('The driver told Ada Lovelace about the matter in the morning.', described)
    expect(found).toEqual([])
  })

  test('take one numbered thing for what the others of its kind are, but no year', () => {
    expect([kindOfNumbered('Case 118'), kindOfNumbered('case 126'), kindOfNumbered('No. 2204'), kindOfNumbered('4417'), kindOfNumbered('2014'), kindOfNumbered('wet leaves')]).toEqual(['case', 'case', 'no', '4', undefined, undefined])
    const phrase = { types: ['Incident', 'Vehicle'], sure: [] }
    const like = (type: string): number => (type === 'Vehicle' ? 0.2 : 0.1)
    expect(typesOfPhrase(phrase, like)).toEqual([])
    expect(typesOfPhrase(phrase, like, ['Incident', 'Vehicle'])).toEqual(['Vehicle'])
  })

  test('propose the shortened names of living things', async () => {
    const { ontology } = await parseOntology(described, 'o.yaml', async () => '')
    const document = segmentedOf('We found T. apurimacensis near Huaraz. A. meeting was held.')
    const { english } = proposeMentions(document, compileFinders(compileOntology(ontology!)))
    expect(english!.phrases.map(({ start, end }) => document.text.slice(start, end))).toContain('T. apurimacensis')
    expect(english!.phrases.map(({ start, end }) => document.text.slice(start, end))).not.toContain('A. meeting')
  })
})
