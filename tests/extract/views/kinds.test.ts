// On the shipped entity encoder: types known by their descriptions alone, and with things of theirs shown.
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openEncoders } from '../../../extract/encoders/index.ts'
import { describeKinds, type Exemplified, look } from '../../../extract/views/index.ts'
import { lookAtExemplars } from '../../../extract/views/exemplars.ts'
import { documentOf, ontologyOf } from '../mentions/sample.ts'

const { entities, close } = await openEncoders({ models: fileURLToPath(new URL('../../../models', import.meta.url)), device: 'cpu', workers: 1 })
afterAll(close)

const ontology = ontologyOf({ Being: { description: 'Whatever lives.' }, Keeper: { description: 'A keeper.', parents: ['Being'] }, Vessel: { description: 'A vessel.' }, Yard: { description: 'A yard.' } })
const shown = (text: string, ...things: (readonly [string, ...string[]])[]): Exemplified => ({
  document: documentOf([text]), things: things.map(([words, ...types]) => ({ types, start: text.indexOf(words), end: text.indexOf(words) + words.length })),
})
const TEXTS = [
  shown('The Grey Heron was refitted at Toller & Sons in 1931.', ['The Grey Heron', 'Vessel'], ['Toller & Sons', 'Yard']),
  shown('Marsh & Daughters launched the Evening Star with a band on the quay.', ['Marsh & Daughters', 'Yard'], ['the Evening Star', 'Vessel']),
  shown('Joan Pettifer has kept the light since the Kittiwake went down.', ['Joan Pettifer', 'Keeper'], ['the Kittiwake', 'Vessel']),
]
const MORE = [
  shown('In 1950 Harrow & Company repaired the Northern Light.', ['Harrow & Company', 'Yard'], ['the Northern Light', 'Vessel']),
  shown('The Black Swan was built by Pell & Brothers.', ['The Black Swan', 'Vessel'], ['Pell & Brothers', 'Yard']),
]
const document = documentOf(['The Morning Tide came back to Brill & Cousins for a new mast.', 'Anna Brill looked after her.'])
const beliefs = async (texts: readonly Exemplified[], words: string): Promise<Readonly<Record<string, number>>> => {
  const span = { start: document.text.indexOf(words), end: document.text.indexOf(words) + words.length }
  const view = await look(document, [span], entities, await describeKinds(ontology, entities, texts))
  return Object.fromEntries(Object.keys(ontology.ontology.types).map((type) => [type, view.kind(span, type)!]))
}

describe('types with things of theirs shown', () => {
  it('are told apart by them where their descriptions say nothing', async () => {
    const mute = ontologyOf({ Alpha: { description: 'One of the first kind.' }, Beta: { description: 'One of the second kind.' } })
    const texts = [...TEXTS.slice(0, 2), ...MORE].map(({ document, things }) => ({ document, things: things.map((thing) => ({ ...thing, types: thing.types.map((type) => type === 'Vessel' ? 'Alpha' : 'Beta') })) }))
    const kinds = await describeKinds(mute, entities, texts)
    for (const [words, right, wrong] of [['The Morning Tide', 'Alpha', 'Beta'], ['Brill & Cousins', 'Beta', 'Alpha']] as const) {
      const span = { start: document.text.indexOf(words), end: document.text.indexOf(words) + words.length }
      const view = await look(document, [span], entities, kinds)
      expect(view.kind(span, right)!).toBeGreaterThan(view.kind(span, wrong)!)
    }
  })

  it('hold of what a type below them was shown for', async () => {
    const keeper = TEXTS.slice(2)
    const [alone, taught] = [await beliefs([], 'Anna Brill'), await beliefs(keeper, 'Anna Brill')]
    const odds = (belief: number) => Math.log(belief / (1 - belief))
    const gain = (type: string) => odds(taught[type]!) - odds(alone[type]!)
    expect(gain('Being')).toBeGreaterThan(gain('Yard'))
    expect(gain('Keeper')).toBeGreaterThan(gain('Yard'))
  })

  it('do not depend on the order of the texts', async () => {
    const expected = await beliefs(TEXTS, 'The Morning Tide')
    await fc.assert(fc.asyncProperty(fc.shuffledSubarray(TEXTS, { minLength: TEXTS.length }), async (texts) => {
      expect(await beliefs(texts, 'The Morning Tide')).toEqual(expected)
    }), { numRuns: 4 })
  })

  it('are told from one another by what is shown most, however alike their descriptions are', async () => {
    const films = ontologyOf({ Film: { description: 'A film.' }, WrittenWork: { description: 'A written work.' } })
    const titles = ['The Grey Heron', 'A Night in Dover', 'Four Brothers', 'The Long Winter', 'Harbour Lights'].map((title) => shown(`${title} is a film of 1971 about a family.`, [title, 'Film']))
    const novel = shown('Night Ferry is a novel by Joan Pettifer.', ['Night Ferry', 'WrittenWork'])
    const span = { start: 0, end: 'The Morning Tide'.length }
    const film = documentOf(['The Morning Tide is a film of 1983 about two sailors.'])
    const view = await look(film, [span], entities, await describeKinds(films, entities, [...titles, novel]))
    expect(view.kind(span, 'Film')!).toBeGreaterThan(0.5)
    expect(view.kind(span, 'WrittenWork')!).toBeLessThan(0.5)
  })

  it('speak against no type that the same names are shown as, too', async () => {
    const places = ontologyOf({ Place: { description: 'A spot.' }, City: { description: 'A city.' }, Person: { description: 'A human being.' } })
    const [harbours, cities] = [['Dover', 'Ghent', 'Mainz'], ['Dover', 'Ghent', 'Turin', 'Lyon', 'Porto']]
    const texts = (some: readonly string[]) => [
      ...some.map((name) => shown(`The old harbour lies in ${name} by the river.`, [name, 'Place'])), ...cities.map((name) => shown(`Joan Pettifer was born in ${name} in 1931.`, [name, 'City'], ['Joan Pettifer', 'Person'])),
    ]
    const asked = documentOf(['Anna Brill was born in Leeds in 1950.'])
    const span = { start: asked.text.indexOf('Leeds'), end: asked.text.indexOf('Leeds') + 5 }
    const place = async (some: readonly string[]): Promise<number> => (await look(asked, [span], entities, await describeKinds(places, entities, texts(some)))).kind(span, 'Place')!
    expect(await place(harbours)).toBeGreaterThan(0.5)
    expect(await place(['Quayside', 'Millbank', 'Eastgate'])).toBeLessThan(0.5)
  })

  it('learn from a thing that is one of several types what it is not', async () => {
    const either = [shown('Joan Pettifer has kept the light since the Kittiwake went down.', ['Joan Pettifer', 'Keeper', 'Vessel'])]
    const [alone, taught] = [await beliefs([], 'Anna Brill'), await beliefs(either, 'Anna Brill')]
    expect(taught['Yard']!).toBeLessThan(alone['Yard']!)
    expect([taught['Keeper'], taught['Vessel']]).toEqual([alone['Keeper'], alone['Vessel']])
  })

  it('are held against 64 things of the same types at most, spread over all that are shown', async () => {
    const many = Array.from({ length: 150 }, (_, k) => shown(`The Gull ${k} sailed.`, [`The Gull ${k}`, 'Vessel']))
    const vessels = async (count: number): Promise<number> => (await lookAtExemplars(many.slice(0, count), entities)).filter(({ types }) => types.join() === 'Vessel').length
    expect([await vessels(150), await vessels(64), await vessels(3)]).toEqual([64, 64, 3])
  })

  it('are what their descriptions say where nothing is shown', async () => {
    expect(await beliefs([], 'The Morning Tide')).toEqual(await beliefs([shown('Nothing is shown here.')], 'The Morning Tide'))
  })
})
