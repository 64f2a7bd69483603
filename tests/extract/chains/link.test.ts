import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkChains, type Chain } from '../../../extract/chains/index.ts'
import { compileFinders, findMentions } from '../../../extract/mentions/index.ts'
import type { CompiledOntology } from '../../../ontology/index.ts'
import { COARSE, documentOf, ontologyOf } from '../mentions/sample.ts'

function link(sentences: readonly string[], ontology: CompiledOntology = COARSE): readonly Chain[] {
  const document = documentOf(sentences)
  return linkChains(document, findMentions(document, compileFinders(ontology)), ontology)
}
const texts = (chains: readonly Chain[], name: string): string[] | undefined => chains.find(chain => chain.name === name)?.mentions.map(mention => mention.text)
const reasons = (chains: readonly Chain[], name: string): string[] => chains.find(chain => chain.name === name)!.links.map(found => found.reason)

describe('names', () => {
  test('equal names and legal forms are one', () => {
    expect(texts(link(['Brightwater Ltd grew.', 'Analysts like Brightwater now.']), 'Brightwater Ltd')).toEqual(['Brightwater Ltd', 'Brightwater'])
  })
  test('a family name stands for the one person who has it', () => {
    const chains = link(['Harlan Kerr paints.', 'We met Mr. Kerr in Ghent.'])
    expect(texts(chains, 'Harlan Kerr')).toEqual(['Harlan Kerr', 'Kerr'])
    expect(reasons(chains, 'Harlan Kerr')).toEqual(['part of a full name'])
  })
  test('people with one family name and different first names stay two', () => {
    const chains = link(['Harlan Kerr met Susan Kerr in Ghent.'])
    expect([texts(chains, 'Harlan Kerr'), texts(chains, 'Susan Kerr')]).toEqual([['Harlan Kerr'], ['Susan Kerr']])
  })
  test('an acronym in brackets is the name before it', () => {
    const chains = link(['The Federal Bureau of Statistics (FBS) wrote to us.', 'Later FBS called.'])
    expect(texts(chains, 'Federal Bureau of Statistics')).toEqual(['Federal Bureau of Statistics', 'FBS', 'FBS'])
    expect(chains.find(chain => chain.name === 'Federal Bureau of Statistics')!.aliases).toEqual(['FBS'])
  })
  test('a name in another language, in brackets behind it, is the name before it', () => {
    const chains = link(['Silent Harbour (Japanese: Shizuka Minato, Korean: Jojoyong Hangu) was shown in Osaka.'])
    expect(chains.find(chain => chain.name === 'Silent Harbour')!.aliases).toEqual(expect.arrayContaining(['Shizuka Minato', 'Jojoyong Hangu']))
  })
  test('an alias that the text declares is one with its name', () => {
    expect(texts(link(['Robert Zimmer, also known as Bobby Zed, sang.']), 'Robert Zimmer')).toEqual(['Robert Zimmer', 'Bobby Zed'])
  })
  test('so is each of several that it declares', () => {
    expect(texts(link(['Robert Zimmer, also known as Bobby Zed or simply Blind Boy, sang.']), 'Robert Zimmer')).toEqual(['Robert Zimmer', 'Bobby Zed', 'Blind Boy'])
    expect(texts(link(['Robert Zimmer (also known as Bobby Zed and in England as Blind Boy) sang.']), 'Robert Zimmer')).toEqual(['Robert Zimmer', 'Bobby Zed', 'Blind Boy'])
    expect(texts(link(['Robert Zimmer (also known as Bobby Zed, Robert Zed) sang.']), 'Robert Zimmer')).toEqual(['Robert Zimmer', 'Bobby Zed', 'Robert Zed'])
  })
  test('who is named after an alias is no alias', () => {
    expect(texts(link(['Brightwater Ltd (formerly Clearwater Ltd, Susan Kerr) moved.']), 'Brightwater Ltd')).toEqual(['Brightwater Ltd', 'Clearwater Ltd'])
    expect(texts(link(['Robert Zimmer, also known as Bobby Zed, and Susan Kerr sang.']), 'Robert Zimmer')).toEqual(['Robert Zimmer', 'Bobby Zed'])
  })
})

describe('phrases', () => {
  test('what is described is called by its noun, without the article', () => {
    const incidents = ontologyOf({ Incident: { description: 'An accident, fire or explosion.' } })
    expect(link(['The warehouse fire was put out.'], incidents).map(({ name }) => name)).toContain('warehouse fire')
  })
  test('an apposition and a predicate are one with their name', () => {
    expect(texts(link(['Brightwater Ltd, a Danish company, grew.']), 'Brightwater Ltd')).toContain('a Danish company')
    expect(texts(link(['Harlan Kerr is a painter.']), 'Harlan Kerr')).toContain('a painter')
  })
  test('a definite phrase goes back to what was called so', () => {
    expect(texts(link(['Brightwater Ltd is a company.', 'In 1990 the company moved to Ghent.']), 'Brightwater Ltd')).toContain('the company')
  })
  test('his wife is not he', () => {
    const chains = link(['Harlan Kerr left.', 'His wife stayed.'])
    expect(texts(chains, 'Harlan Kerr')).toEqual(['Harlan Kerr', 'His'])
  })
})

describe('pronouns', () => {
  test('gender and kind choose the antecedent', () => {
    const chains = link(['Harlan Kerr met Susan Olsen at Brightwater Ltd.', 'She liked it and he did not.'])
    expect([texts(chains, 'Harlan Kerr'), texts(chains, 'Susan Olsen'), texts(chains, 'Brightwater Ltd')]).toEqual([['Harlan Kerr', 'he'], ['Susan Olsen', 'She'], ['Brightwater Ltd', 'it']])
  })
  test('a relative pronoun belongs to the noun before it', () => {
    const chains = link(['Harlan Kerr, who paints, met Susan Olsen.'])
    expect(reasons(chains, 'Harlan Kerr')).toEqual(['relative pronoun'])
  })
  test('it without anything meant stays alone', () => {
    expect(texts(link(['Brightwater Ltd fell.', 'It is clear that nobody knows.']), 'Brightwater Ltd')).toEqual(['Brightwater Ltd'])
  })
  test('a pronoun without antecedent has no type', () => {
    expect(link(['He slept.']).map(chain => chain.type)).toEqual([undefined])
  })
})

describe('chains', () => {
  test('equal values are one chain', () => {
    const chains = link(['It opened on 12 May 1990.', 'On 1990-05-12 it rained.']).filter(chain => chain.literal !== undefined)
    expect(chains.map(chain => [chain.literal!.value, chain.mentions.length])).toEqual([['1990-05-12', 2]])
  })
  test('different keys never meet', () => {
    const ontology = ontologyOf({ Company: { ner: ['ORG'], gazetteer: [{ id: '1', name: 'Delta Ltd', aliases: [] }, { id: '2', name: 'Delta Inc', aliases: [] }] } })
    expect(link(['Delta Ltd sued Delta Inc over tea.'], ontology).filter(chain => chain.masterId !== undefined).map(chain => chain.masterId)).toEqual(['1', '2'])
  })
  test('the type is the one that the mentions agree on', () => {
    const ontology = ontologyOf({ Organization: { ner: ['ORG'] }, Brewery: { parents: ['Organization'], ner: ['ORG'], description: 'A brewery.' } })
    expect(link(['Brightwater Ltd, a brewery, grew.', 'Then Brightwater Ltd shrank.'], ontology).find(chain => chain.name === 'Brightwater Ltd')!.type).toBe('Brewery')
  })
  test('every mention is in exactly one chain, links stay inside, order is by first mention, and a second run is the same', () => {
    const words = fc.constantFrom('Ada Lovelace', 'Lovelace', 'Acme Corp', 'Acme', 'the company', 'a company', 'he', 'she', 'it', 'they', 'his', 'who', ',', 'is', 'and', '1990', '(', ')', 'also known as', 'Bob Lovelace', 'met', 'in', 'Ghent', 'I', 'you')
    fc.assert(fc.property(fc.array(fc.array(words, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 5 }), lines => {
      const document = documentOf(lines.map(line => line.join(' ')))
      const mentions = findMentions(document, compileFinders(COARSE))
      const chains = linkChains(document, mentions, COARSE)
      expect(linkChains(document, mentions, COARSE)).toEqual(chains)
      expect(chains.flatMap(chain => chain.mentions).sort((a, b) => mentions.indexOf(a) - mentions.indexOf(b))).toEqual(mentions)
      chains.forEach((chain, index) => {
        expect(chain.index).toBe(index)
        expect(chain.links).toHaveLength(chain.mentions.length - 1)
        for (const found of chain.links) { expect(chain.mentions[found.from]).toBeDefined(); expect(chain.mentions[found.to]).toBeDefined() }
        if (index > 0) expect(mentions.indexOf(chain.mentions[0]!)).toBeGreaterThan(mentions.indexOf(chains[index - 1]!.mentions[0]!))
      })
    }), { numRuns: 60 })
  })
})
