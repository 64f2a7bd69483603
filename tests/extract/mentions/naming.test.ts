// What the encoder sees beside what the writing shows; a view is data, given here by hand.
import { describe, expect, it } from 'vitest'
import { compileFinders, proposeMentions, settleMentions } from '../../../extract/mentions/index.ts'
import { compileOntology } from '../../../ontology/index.ts'
import { NO_VIEW, type SeenName } from '../../../extract/views/index.ts'
import { COARSE, documentOf } from './sample.ts'

const SENTENCES = ['The Section for Speech in Noise moved on 4 June 2024.', 'Its report went to adidas.']
const document = documentOf(SENTENCES)
const proposals = proposeMentions(document, compileFinders(COARSE))
const seen = (words: string, coarse: SeenName['coarse'], score = 0.9): SeenName => {
  const start = document.text.indexOf(words)
  return { start, end: start + words.length, sentence: start < SENTENCES[0]!.length ? 0 : 1, coarse, score }
}
const named = (...names: SeenName[]) => settleMentions(proposals, { ...NO_VIEW, names }).filter(({ kind }) => kind === 'name').map(({ text }) => text)

describe('names that the encoder sees', () => {
  it('stand for the parts of them that the writing shows', () => {
    expect(named()).toContain('Speech')
    expect(named(seen('Section for Speech in Noise', 'ORG'))).toEqual(['Section for Speech in Noise'])
  })

  it('join those that the writing does not show', () => {
    expect(named()).not.toContain('adidas')
    expect(named(seen('adidas', 'ORG'))).toContain('adidas')
  })

  it('are left out where they are doubtful, break a word, say nothing, or hold a date', () => {
    expect(named(seen('adidas', 'ORG', 0.4), seen('adid', 'ORG'), seen('Its', 'ORG'), seen('on 4 June 2024', 'MISC'))).toEqual(named())
  })

  it('are no article with ordinary words, wherever it stands', () => {
    const heading = documentOf(['1 The buyer', 'It bought The Hague.'])
    const at = (words: string): SeenName => ({ start: heading.text.indexOf(words), end: heading.text.indexOf(words) + words.length, sentence: Number(words !== 'The buyer'), coarse: 'ORG', score: 0.9 })
    const settled = settleMentions(proposeMentions(heading, compileFinders(COARSE)), { ...NO_VIEW, names: [at('The buyer'), at('The Hague')] })
    expect(settled.filter(({ kind }) => kind === 'name').map(({ text }) => text)).toEqual(['The Hague'])
  })

  it('have the bare number that begins or ends them, but no quantity and no number alone', () => {
    const said = documentOf(['In spring 1. FC Magdeburg won the 1999 Tri-Nations Cup for 300 euros.'])
    const at = (words: string, coarse: SeenName['coarse']): SeenName => ({ start: said.text.indexOf(words), end: said.text.indexOf(words) + words.length, sentence: 0, coarse, score: 0.9 })
    const settled = settleMentions(proposeMentions(said, compileFinders(COARSE)), { ...NO_VIEW, names: [at('1. FC Magdeburg', 'ORG'), at('1999 Tri-Nations Cup', 'MISC'), at('300 euros', 'MISC'), at('1999', 'MISC')] })
    expect(settled.filter(({ kind }) => kind === 'name').map(({ text }) => text)).toEqual(['1. FC Magdeburg', '1999 Tri-Nations Cup'])
    expect(settled.filter(({ kind }) => kind === 'literal').map(({ text }) => text)).toContain('300 euros')
  })

  it('leave out the noun behind them that a type is called by, but for places and for capitals', () => {
    const type = (name: string) => ({ name, description: '', parents: [], ner: [], gazetteer: [], patterns: [] })
    const ontology = compileOntology({ name: 'sport', version: '1.0.0', namespace: 'https://example.org/sport#', disjoint: [], relations: {}, types: { FootballLeague: type('FootballLeague'), Airport: type('Airport') } })
    const said = documentOf(['They joined the Gaya Serie league, the Sala Pro League and Alderney airport.'])
    const at = (words: string, coarse: SeenName['coarse']): SeenName => ({ start: said.text.indexOf(words), end: said.text.indexOf(words) + words.length, sentence: 0, coarse, score: 0.9 })
    const names = [at('Gaya Serie league', 'ORG'), at('Sala Pro League', 'ORG'), at('Alderney airport', 'LOC')]
    expect(settleMentions(proposeMentions(said, compileFinders(ontology)), { ...NO_VIEW, names }).filter(({ kind }) => kind === 'name').map(({ text }) => text)).toEqual(['Gaya Serie', 'Sala Pro League', 'Alderney airport'])
  })

  it('leave out the article, but for a title that begins with it', () => {
    const said = documentOf(['The Acharya Institute of Technology grew.', 'The Quiet Tide was filmed in the Faroe Islands.'])
    const proposed = proposeMentions(said, compileFinders(COARSE))
    const at = (words: string, coarse: SeenName['coarse'], sentence: number): SeenName => ({ start: said.text.indexOf(words), end: said.text.indexOf(words) + words.length, sentence, coarse, score: 0.9 })
    const names = [at('The Acharya Institute of Technology', 'ORG', 0), at('The Quiet Tide', 'MISC', 1), at('the Faroe Islands', 'LOC', 1)]
    expect(settleMentions(proposed, { ...NO_VIEW, names }).filter(({ kind }) => kind === 'name').map(({ text }) => text)).toEqual(['Acharya Institute of Technology', 'The Quiet Tide', 'Faroe Islands'])
  })

  it('are bodies where they are called as clubs are, whoever seems to be in them', () => {
    const said = documentOf(['Esteghlal Ahvaz F.C. beat Clyde F.C. in spring.', 'She supports FC Barcelona and A.C. Milan.'])
    const belief = { none: 0, PER: 1, ORG: 0, LOC: 0, MISC: 0 }
    const settled = settleMentions(proposeMentions(said, compileFinders(COARSE)), { ...NO_VIEW, coarse: () => belief }).filter(({ kind }) => kind === 'name')
    expect(settled.map(({ text, coarse }) => `${text}: ${coarse}`)).toEqual(['Esteghlal Ahvaz F.C.: ORG', 'Clyde F.C.: ORG', 'FC Barcelona: ORG', 'A.C. Milan: ORG'])
  })
})
