import { describe, expect, test } from 'vitest'
import { linkChains } from '../../../extract/chains/index.ts'
import { compileFinders, findMentions } from '../../../extract/mentions/index.ts'
import { NO_VIEW, type View } from '../../../extract/views/index.ts'
import { COARSE, segmentedOf } from '../mentions/sample.ts'

const text = 'University of Sardis stands in Ruvo. Nobody came to Sardis first. Later Sardis bought a farm, and Sardis is rich.'

/** Names by the chains that hold them. */
function chainsOf(view: View): string[][] {
  const document = segmentedOf(text)
  return linkChains(document, findMentions(document, compileFinders(COARSE)), COARSE, view).map((chain) => chain.mentions.filter(({ text: said }) => said.includes('Sardis')).map((mention) => `${mention.text}@${mention.start}`))
}

/** Said of each mention of the short name by its place. */
const viewOf = (said: Readonly<Record<number, number>>): View => ({ ...NO_VIEW, link: (later, earlier) => (later.text === 'Sardis' && earlier.text === 'University of Sardis' ? said[later.start] : later.text === 'Sardis' && earlier.text === 'Sardis' ? 0 : undefined) })

const [town, college, last] = [text.indexOf('Sardis first'), text.indexOf('Sardis bought'), text.indexOf('Sardis is')]

describe('short forms', () => {
  test('stand for the longer name where the encoder says so, and for themselves elsewhere', () => {
    const chains = chainsOf(viewOf({ [town]: -3, [college]: 4, [last]: 5 }))
    expect(chains).toContainEqual(['University of Sardis@0', `Sardis@${college}`, `Sardis@${last}`])
    expect(chains).toContainEqual([`Sardis@${town}`])
  })

  test('take along what is written alike only where nothing else has the name', () => {
    const chains = chainsOf(viewOf({ [town]: -3, [college]: 4, [last]: 0 }))
    expect(chains).toContainEqual([`Sardis@${town}`, `Sardis@${last}`])
    const alone = chainsOf(viewOf({ [town]: 4, [college]: 0, [last]: 0 }))
    expect(alone).toContainEqual(['University of Sardis@0', `Sardis@${town}`, `Sardis@${college}`, `Sardis@${last}`])
  })

  test('are of the kind of what they stand for', () => {
    const document = segmentedOf('Brannoch University stands in Skerrow. She read law at Brannoch.')
    const mentions = findMentions(document, compileFinders(COARSE))
    const link: View['link'] = (later) => (later.text === 'Brannoch' ? 3 : -9)
    const chain = linkChains(document, mentions, COARSE, { ...NO_VIEW, link }).find(({ name }) => name === 'Brannoch University')!
    expect(chain.mentions.map(({ text: said, coarse }) => `${said} ${coarse}`)).toEqual(['Brannoch University ORG', 'Brannoch ORG'])
    expect(chain.links).toContainEqual({ from: 1, to: 0, reason: 'short form', score: 0.95 })
  })

  test('are not what only a number tells apart', () => {
    const document = segmentedOf('The sheet Quispe 118 lies here. It was cut by Quispe in May.')
    const link: View['link'] = () => 9
    const chains = linkChains(document, findMentions(document, compileFinders(COARSE)), COARSE, { ...NO_VIEW, link })
    expect(chains.flatMap(({ links }) => links).filter(({ reason }) => reason === 'short form')).toEqual([])
  })
})
