import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nearestShown, showExamples } from '../../../extract/prototypes/shown.ts'
import type { RelationExample } from '../../../ontology/index.ts'

function example(marked: string): RelationExample {
  const text = marked.replaceAll(/<\/?[ht]>/g, '')
  const at = (side: string): readonly [number, number] => [marked.split(`<${side}>`)[0]!, marked.split(`</${side}>`)[0]!].map((part) => part.replaceAll(/<\/?[ht]>/g, '').length) as [number, number]
  return { relation: 'R', text, head: at('h'), tail: at('t'), negative: false }
}
const shownOf = (...marked: readonly string[]) => showExamples({ examples: marked.map(example) } as unknown as Parameters<typeof showExamples>[0])

describe('examples in a claim', () => {
  // models/train/test_shown.py has the same three: the encoder reads what it was trained with.
  test('call each end by its side, in the words around them', () => {
    expect(shownOf('In 1998 <h>Ada</h> joined <t>Acme Corp</t>.')[0]!.words).toBe('In 1998 the head Ada joined the tail Acme Corp.')
    expect(shownOf('one two three four five six seven eight <t>Acme</t>  hired <h>Ada</h>, nine ten eleven twelve thirteen fourteen fifteen sixteen')[0]!.words)
      .toBe('three four five six seven eight the tail Acme hired the head Ada, nine ten eleven twelve thirteen fourteen')
    expect(shownOf(`<h>Ada</h> ${'w '.repeat(30)}<t>Acme</t>`)[0]!.words).toBe(`the head Ada ${'w '.repeat(12)}... ${'w '.repeat(12)}the tail Acme`)
  })

  test('are those that share most words with the text, and never its own', () => {
    const shown = shownOf('<h>Ada</h> was hired by <t>Acme</t>.', '<h>Bo</h> resigned as director of <t>Initech</t>.', '<h>Cy</h> founded <t>Umbrella</t> in March.')
    expect(nearestShown(shown, 'Di resigned from Hooli, where she was director.', 1).map(({ head }) => head)).toEqual(['Bo'])
    expect(nearestShown(shown, 'Bo resigned as director of Initech.', 3).map(({ head }) => head)).not.toContain('Bo')
  })

  test('show no pronouns, and do not hang on their order', () => {
    expect(shownOf('<h>She</h> was hired by <t>Acme</t>.')).toEqual([])
    const marked = ['<h>Ada</h> joined <t>Acme</t>.', '<h>Bo</h> left <t>Initech</t>.', '<h>Cy</h> runs <t>Umbrella</t>.']
    fc.assert(fc.property(fc.shuffledSubarray(marked, { minLength: 3 }), (some) => {
      expect(nearestShown(shownOf(...some), 'Di runs Hooli.', 2)).toEqual(nearestShown(shownOf(...marked), 'Di runs Hooli.', 2))
    }))
  })
})
