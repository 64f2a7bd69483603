import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { openEncoders } from '../../../extract/encoders/index.ts'
import { compileFinders, proposeMentions } from '../../../extract/mentions/index.ts'
import { compileReading } from '../../../extract/reading.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'
import { segmentedOf } from './sample.ts'

const { entities, close } = await openEncoders({ models: fileURLToPath(new URL('../../../models', import.meta.url)), device: 'cpu', workers: 1 })
afterAll(close)

const ontologyOf = async (...examples: readonly string[]) => compileOntology((await parseOntology(`
name: films
version: 1.0.0
types:
  Film: { description: "A film." }
  Person: { description: "A human being.", ner: [PER] }
relations:
  DIRECTOR: { description: "The tail directed the head.", domain: Film, range: Person, examples: ${JSON.stringify(examples)} }
`, 'films.yaml', async () => '')).ontology!)
const titled = await ontologyOf(
  '<h>Journey to the Beginning of Time</h> is a 1955 film directed by <t>Karel Zeman</t>.', '<h>Grave of the Fireflies</h> was directed by <t>Isao Takahata</t>.',
  '<t>Ralph Bakshi</t> directed <h>American Pop</h> in 1981.', '<h>Out of an Old Man and a Boat</h> is a film by <t>Tage Danielsson</t>.',
)
const plain = await ontologyOf('<h>Solaris</h> was directed by <t>Karel Zeman</t>.', '<t>Ralph Bakshi</t> directed <h>American Pop</h> in 1981.')
const proposed = (text: string, ontology = titled): string[] => proposeMentions(segmentedOf(text), compileFinders(ontology)).english!.phrases.map(({ start, end }) => text.slice(start, end))

describe('titles with small words in them', () => {
  test('are thought of where examples show such', () => {
    const text = 'When Marnie Was There and the Night of the Storm is a film by Hiromasa Yonebayashi.'
    expect(proposed(text)).toContain('When Marnie Was There and the Night of the Storm')
    expect(proposed(text, plain)).not.toContain('When Marnie Was There and the Night of the Storm')
  })

  test('end before what no title has between two words, and are no single words', () => {
    const found = proposed('Nanny Brown, seen by Bo Lind in the city of Mainz, met the Dutch.')
    expect(found).toEqual([])
  })

  test('become mentions where the encoder finds them likelier than the names in them', async () => {
    const read = await compileReading(titled, entities)
    const named = async (text: string): Promise<string[]> => (await read(segmentedOf(text))).chains.flatMap(({ mentions }) => mentions.filter(({ kind }) => kind === 'name').map(({ text: said }) => said))
    expect(await named('When Marnie Was There is a 2014 film directed by Hiromasa Yonebayashi.')).toContain('When Marnie Was There')
    expect(await named('In 1981 Isao Takahata and Ralph Bakshi went to see a film by Karel Zeman.')).toEqual(expect.arrayContaining(['Isao Takahata', 'Ralph Bakshi']))
  })
})
