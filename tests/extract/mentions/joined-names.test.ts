import { describe, expect, test } from 'vitest'
import { mentionsOf } from './sample.ts'

const films = `
name: films
version: 1.0.0
types:
  Film: { description: "A film." }
  Person: { description: "A human being.", ner: [PER] }
relations:
  DIRECTOR: { description: "The tail directed the head.", domain: Film, range: Person, examples: ["<h>Alien: Covenant</h> was directed by <t>Ridley Scott</t>.", "<t>Bo Lind</t> directed <h>Dune: Part Two</h>."] }
`
const bare = films.replaceAll(/, examples: \[.*?\]/g, '')

describe('names in parts', () => {
  test('are one where examples join them so', async () => {
    expect(await mentionsOf('The critics of the northern papers all praised Solaris: Return for its music.', films)).toContain('Solaris: Return: Film')
    expect(await mentionsOf('The critics of the northern papers all praised Solaris: Return for its music.', bare)).not.toContain('Solaris: Return: Film')
  })

  test('begin with the number before the colon', async () => {
    const said = await mentionsOf('The critics of the northern papers all praised 2001: A Space Odyssey for its music.', films)
    expect(said).toContain('2001: A Space Odyssey: Film')
    expect(await mentionsOf('In the year 2001: Solaris won.', bare)).not.toContain('2001: Solaris: Film')
  })

  test('stay two where a comma parts them, but for what examples show behind it', async () => {
    const places = `
name: places
version: 1.0.0
types:
  City: { description: "A city.", ner: [LOC] }
  Person: { description: "A human being.", ner: [PER] }
relations:
  BORN_IN: { description: "The head was born in the tail.", domain: Person, range: City, examples: ["<h>Ada Lang</h> was born in <t>Austin, Texas</t>.", "<h>Bo Lind</h> was born in <t>Dallas, Texas</t>."] }
`
    expect(await mentionsOf('Cem Arslan grew up in Houston, Texas and left.', places)).toContain('Houston, Texas: City')
    expect(await mentionsOf('Cem Arslan grew up in Izmir, Turkey and left.', places)).not.toContain('Izmir, Turkey: City')
  })

  test('are one whatever stands behind the comma where examples mostly show it inside, but for lists', async () => {
    const towns = ['Austin, Texas', 'Parma, Italy', 'Lyon, France', 'Ghent, Belgium'].map((town, k) => `"<h>Ada Lang ${k}</h> was born in <t>${town}</t>."`)
    const places = `
name: places
version: 1.0.0
types:
  City: { description: "A city.", ner: [LOC] }
  Person: { description: "A human being.", ner: [PER] }
relations:
  BORN_IN: { description: "The head was born in the tail.", domain: Person, range: City, examples: [${towns.join(', ')}] }
`
    expect(await mentionsOf('Cem Arslan grew up in Izmir, Turkey and left.', places)).toContain('Izmir, Turkey: City')
    for (const list of ['Izmir, Ankara and Bursa', 'Izmir, Ankara, Bursa']) expect(await mentionsOf(`Cem Arslan saw ${list}.`, places)).toEqual(expect.arrayContaining(['Izmir: City', 'Ankara: City', 'Bursa: City']))
    expect(await mentionsOf('Cem Arslan grew up in Izmir, Turkey.', places.replace('<t>Lyon, France</t>', '<t>Lyon</t>, France'))).not.toContain('Izmir, Turkey: City')
  })
})
