import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openEncoders } from '../../../extract/encoders/index.ts'
import { teach } from '../../../extract/prototypes/index.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'

const { relations: encoder, close } = await openEncoders({ models: fileURLToPath(new URL('../../../models', import.meta.url)), device: 'cpu', workers: 2 })
afterAll(close)

const films = (negatives: string) => `
name: films
version: 1.0.0
types:
  Film: { description: "A film." }
  Person: { description: "A human being.", ner: [PER] }
relations:
  DIRECTED_BY:
    description: The tail directed the head.
    domain: Film
    range: Person
    examples:
      - "<h>Grey Tide</h> is a 1959 film directed by <t>Ada Lang</t>."
      - "<h>North Line</h> was directed by <t>Bo Lind</t> in 1964."
      - "<h>Paper Moths</h> is a comedy directed by <t>Cem Aslan</t>, with music by Dora Fey."
      - "Directed by <t>Eva Holt</t>, <h>The Long Quay</h> was shown in Ghent."
      - "<h>Salt Road</h>, directed by <t>Finn Orr</t>, won two prizes."
${negatives}
  WRITTEN_BY:
    description: The tail wrote the head.
    domain: Film
    range: Person
    examples:
      - "<h>Old Harbour</h> is a 1961 film written by <t>Gil Stern</t>."
      - "<h>Second Winter</h> was written by <t>Hana Vik</t>."
      - "<h>Blue Ladder</h> is a 1970 film directed by <t>Ida Moss</t>."
`
const targetsOf = async (text: string) => {
  const { prototypes } = await teach(compileOntology((await parseOntology(text, 'o.yaml', async () => '')).ontology!), [], encoder)
  const { judged } = prototypes.get('DIRECTED_BY')!
  return (tail: string): number => judged.find(({ statement }) => statement.text.slice(statement.tail.start, statement.tail.end) === tail)!.target
}

describe('what nobody declared', () => {
  test('counts as a negative only as far as the other examples do not speak for it', async () => {
    const target = await targetsOf(films(''))
    expect(target('Ada Lang')).toBe(1)
    expect(target('Ida Moss')).toBeGreaterThan(0.2)
    expect(target('Ida Moss')).toBeGreaterThan(2 * target('Hana Vik'))
  })

  test('is believed when it is declared', async () => {
    const target = await targetsOf(films('    negatives: ["<h>Blue Ladder</h> is a 1970 film directed by <t>Ida Moss</t>."]\n'))
    expect(target('Ida Moss')).toBe(0)
  })

  test('is told by the others where much was left unmarked', async () => {
    const says: readonly ((film: string, person: string) => string)[] = [
      (film, person) => `<h>${film}</h> is a 1959 film directed by <t>${person}</t>.`, (film, person) => `<h>${film}</h> was directed by <t>${person}</t> in 1964.`,
      (film, person) => `Directed by <t>${person}</t>, <h>${film}</h> was shown in Ghent.`, (film, person) => `<h>${film}</h>, directed by <t>${person}</t>, won two prizes.`,
    ]
    const names = 'Ada Bo Cem Dora Eva Finn Gil Hana Ida Jon Kai Lea Mia Ned Ola Pia Rex Sue Tom Uma'.split(' ')
    const directed = names.map((name, k) => says[k % says.length]!(`The ${name} Letters`, `${name} Lang`))
    const written = ['<h>Dark Bay</h> was written by <t>Zoe Yard</t>.', '<h>Dry Land</h> is a film written by <t>Max Yule</t>.', '<h>Dog Days</h>, written by <t>Liv Zorn</t>, is long.', 'Written by <t>Al Zapf</t>, <h>Two Hats</h> is short.']
    const marked = films('').replace(/(?<=DIRECTED_BY:[^]*?examples:)[^]*?(?=\n\n)/u, directed.slice(0, 12).map((text) => `\n      - "${text}"`).join('')).replace(/(?<=WRITTEN_BY:[^]*?examples:)[^]*$/u, [...written, ...directed.slice(12)].map((text) => `\n      - "${text}"`).join(''))
    const target = await targetsOf(marked)
    for (const name of names.slice(12)) expect(target(`${name} Lang`)).toBeGreaterThan(0.5)
    for (const name of ['Zoe Yard', 'Max Yule', 'Liv Zorn', 'Al Zapf']) expect(target(name)).toBeLessThan(0.2)
  })
})
