import { describe, expect, test } from 'vitest'
import { compileFinders, findMentions } from '../../../extract/mentions/index.ts'
import type { LiteralKind } from '../../../ontology/index.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'
import { segmentedOf } from './sample.ts'

async function valuesOf(text: string, kind: LiteralKind): Promise<string[]> {
  const { ontology } = await parseOntology(`
name: things
version: 1.0.0
types:
  Thing: { description: "Anything." }
relations:
  HAS: { description: "The head has the tail.", domain: Thing, range: ${kind} }
`, 'o.yaml', async () => '')
  return findMentions(segmentedOf(text), compileFinders(compileOntology(ontology!))).flatMap(({ literal, text: shown }) => (literal?.kind === kind ? [`${shown} = ${literal.value}`] : []))
}

describe('values', () => {
  test('give the number of a quantity where a relation asks for numbers', async () => {
    expect(await valuesOf('The loan costs 4.9 per cent a year.', 'number')).toContain('4.9 per cent = 4.9')
  })

  test('count what follows a number where a relation asks for quantities', async () => {
    expect(await valuesOf('They lent the mill 40 million pesos in May.', 'quantity')).toContain('40 million pesos = 40000000 pesos')
    expect(await valuesOf('The fee is 1,420 now.', 'quantity')).toContain('1,420 = 1420')
  })

  test('take names, codes, versions and quotations for strings', async () => {
    const found = await valuesOf('The cart K-2209 of Brannoch University runs 2.11.4 and bears the words “Lux in undis”.', 'string')
    for (const text of ['K-2209', 'Brannoch University', '2.11.4', 'Lux in undis']) expect(found).toContain(`${text} = ${text}`)
  })

  test('are left alone where no relation asks for their kind', async () => {
    const found = await valuesOf('The cart K-2209 costs 40 million pesos.', 'date')
    expect(found).toEqual([])
  })

  test('stand once where two rules see them', async () => {
    const found = await valuesOf('Release 2.11.4 is out.', 'string')
    expect(found.filter((text) => text.startsWith('2.11.4'))).toHaveLength(1)
  })
})
