import { describe, expect, test } from 'vitest'
import { compileFinders, findMentions } from '../../../extract/mentions/index.ts'
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

  test('are not sought where the examples show names only', async () => {
    expect(await mentionsOf('The collision was due to a cracked gasket.', named)).toEqual([])
  })

  test('leave people, names and days alone', async () => {
    const found = await mentionsOf('The driver told Ada Lovelace about the matter in the morning.', described)
    expect(found).toEqual([])
  })
})
