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
const shown = (text: string, ...things: (readonly [string, string])[]): Exemplified => ({
  document: documentOf([text]), things: things.map(([words, type]) => ({ type, start: text.indexOf(words), end: text.indexOf(words) + words.length })),
})
const TEXTS = [
  shown('The Grey Heron was refitted at Toller & Sons in 1931.', ['The Grey Heron', 'Vessel'], ['Toller & Sons', 'Yard']),
  shown('Marsh & Daughters launched the Evening Star with a band on the quay.', ['Marsh & Daughters', 'Yard'], ['the Evening Star', 'Vessel']),
  shown('Joan Pettifer has kept the light since the Kittiwake went down.', ['Joan Pettifer', 'Keeper'], ['the Kittiwake', 'Vessel']),
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
    const texts = TEXTS.slice(0, 2).map(({ document, things }) => ({ document, things: things.map((thing) => ({ ...thing, type: thing.type === 'Vessel' ? 'Alpha' : 'Beta' })) }))
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

  it('are held against 64 things each at most, spread over all that are shown', async () => {
    const many = Array.from({ length: 150 }, (_, k) => shown(`The Gull ${k} sailed.`, [`The Gull ${k}`, 'Vessel']))
    const [all, vessels] = [await lookAtExemplars(many, entities), (count: number) => many.slice(0, count)]
    expect(all.get('Vessel')).toHaveLength(64)
    expect((await lookAtExemplars(vessels(64), entities)).get('Vessel')).toHaveLength(64)
    expect((await lookAtExemplars(vessels(3), entities)).get('Vessel')).toHaveLength(3)
  })

  it('are what their descriptions say where nothing is shown', async () => {
    expect(await beliefs([], 'The Morning Tide')).toEqual(await beliefs([shown('Nothing is shown here.')], 'The Morning Tide'))
  })
})
