import { expect, it } from 'vitest'
import { nearestExamples } from '../../../web/review/nearest.ts'

const example = (text: string) => {
  const head = text.indexOf('Ada')
  const tail = text.indexOf('Acme')
  return { text, head: [head, head + 3], tail: [tail, tail + 4] } as const
}

it('puts the example first whose words between and around the ends are those of the quote', () => {
  const examples = [example('Ada is on the staff of Acme.'), example('Acme hired Ada as its editor.'), example('Ada joined Acme in 1998.')]
  expect(nearestExamples(examples, 'In 2004 Grace joined Borealis.', 2).map(({ text }) => text)).toEqual(['Ada joined Acme in 1998.', 'Ada is on the staff of Acme.'])
})

it('keeps the order of the ontology among equals', () => {
  const examples = [example('Ada met Acme'), example('Ada saw Acme')]
  expect(nearestExamples(examples, 'nothing alike', 5)).toEqual(examples)
})
