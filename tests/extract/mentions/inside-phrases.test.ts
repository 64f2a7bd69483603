import { describe, expect, test } from 'vitest'
import { compileFinders, proposeMentions } from '../../../extract/mentions/index.ts'
import { type CompiledOntology, compileOntology, parseOntology } from '../../../ontology/index.ts'
import { mentionsOf, segmentedOf } from './sample.ts'

const films = `
name: films
version: 1.0.0
types:
  Film: { description: "A film." }
  Genre: { description: "A genre of films." }
  Person: { description: "A human being.", ner: [PER] }
  Job: { description: "What somebody does for a living." }
relations:
  GENRE: { description: "The tail is the genre of the head.", domain: Film, range: Genre, examples: ["<h>Alien: Covenant</h> is a 2017 <t>horror</t> film.", "<h>Dune: Part Two</h> is a <t>science fiction</t> film."] }
  OCCUPATION: { description: "The tail is what the head does.", domain: Person, range: Job, examples: ["<h>Ada Lang</h> is a retired German <t>tennis player</t>.", "<h>Bo Lind</h> was a <t>sprinter</t> from Sweden."] }
`
const bare = films.replaceAll(/, examples: \[.*?\]/g, '')

const compiled = async (text: string): Promise<CompiledOntology> => compileOntology((await parseOntology(text, 'o.yaml', async () => '')).ontology!)
const propose = (text: string, ontology: CompiledOntology): string[] => proposeMentions(segmentedOf(text), compileFinders(ontology)).english!.phrases.map(({ start, end }) => text.slice(start, end))

describe('inside a noun phrase', () => {
  test('a modifier is a thing of its own where examples show such, without the words for how it is', async () => {
    expect(await mentionsOf('It was announced that Cleo is an international romantic comedy film by the studio.', films)).toContain('comedy: Genre')
    expect(await mentionsOf('It was announced that Cleo is a comedy film by the studio.', bare)).not.toContain('comedy: Genre')
  })

  test('a role is a thing of its own where examples show such, beside whom it describes', async () => {
    const found = await mentionsOf('Cem Arslan is a former professional volleyball player from Turkey.', films)
    expect(found).toContain('volleyball player: Job')
    expect(found.some((mention) => mention.startsWith('Cem Arslan: Person'))).toBe(true)
    expect(await mentionsOf('Cem Arslan is a former professional volleyball player from Turkey.', bare)).not.toContain('volleyball player: Job')
  })

  test('a modifier of a role is a thing of another type where examples show both', async () => {
    const sports = films.replace('range: Job, examples', 'range: Job }\n  SPORT: { description: "The tail is the sport of the head.", domain: Person, range: Sport, examples: ["<h>Ada Lang</h> is a <t>tennis</t> player.", "<h>Bo Lind</h> was a <t>hockey</t> coach."] }\n  WORK: { description: "The tail is what the head does.", domain: Person, range: Job, examples').replace('  Job:', '  Sport: { description: "A sport." }\n  Job:')
    const found = await mentionsOf('Cem Arslan is a former professional volleyball player from Turkey.', sports)
    expect(found).toContain('volleyball player: Job')
    expect(found.some((mention) => mention.startsWith('volleyball: '))).toBe(true)
  })

  test('what stands behind words that say more is a thing of its own where examples show such', async () => {
    const parts = films.replace('is a 2017 <t>horror</t> film', 'is a dark <t>horror film</t>').replace('is a <t>science fiction</t> film', 'is an animated <t>fantasy film</t>')
    expect(propose('The critics called Cleo a brutal silent crime film.', await compiled(parts))).toEqual(expect.arrayContaining(['silent crime film', 'crime film']))
    expect(propose('The critics called Cleo a brutal silent crime film.', await compiled(films))).not.toContain('crime film')
  })
})
