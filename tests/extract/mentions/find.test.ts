import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileFinders, findMentions, type Mention } from '../../../extract/mentions/index.ts'
import { type CompiledOntology, compileOntology, parseOntology } from '../../../ontology/index.ts'
import { COARSE, documentOf, ontologyOf } from './sample.ts'

const find = (ontology: CompiledOntology, ...sentences: string[]): readonly Mention[] => findMentions(documentOf(sentences), compileFinders(ontology))
const names = (mentions: readonly Mention[]): string[] => mentions.filter(mention => mention.kind === 'name').map(mention => mention.text)
const named = (mentions: readonly Mention[], text: string): Mention => mentions.find(mention => mention.text === text)!

describe('names', () => {
  test('people of many origins are found whole, with particles, hyphens and initials', () => {
    expect(names(find(COARSE, 'We met Kenji Watanabe-Osei, Salma al-Idowu, Ludwig van der Berg and J. K. Rowling in Lagos.')))
      .toEqual(['Kenji Watanabe-Osei', 'Salma al-Idowu', 'Ludwig van der Berg', 'J. K. Rowling', 'Lagos'])
  })
  test('titles and roles before a person are no part of the name', () => {
    expect(names(find(COARSE, 'It was Dr. Maria Chen who told French President Emmanuel Macron and Zilker Media CEO Rusty Shelton.')))
      .toEqual(['Maria Chen', 'French', 'Emmanuel Macron', 'Zilker Media', 'Rusty Shelton'])
  })
  test('organizations keep of, and, for, & and legal forms', () => {
    expect(names(find(COARSE, 'She left the Department of Health and Human Services for Procter & Gamble, then Analog Devices, Inc and the University of Cape Town.')))
      .toEqual(['Department of Health and Human Services', 'Procter & Gamble', 'Analog Devices, Inc', 'University of Cape Town'])
  })
  test('an ordinary word at the start of a sentence is no name', () => {
    expect(names(find(COARSE, 'Bakeries open early.', 'Later the mayor of Bari spoke.', 'However, Rome was silent.'))).toEqual(['Bari', 'Rome'])
  })
  test('programs and machines are found by their writing', () => {
    expect(names(find(COARSE, 'The new QuoteDesk reads from ledger-pg and calls tax_calc.', 'A well-known part-time worker left.'))).toEqual(['QuoteDesk', 'ledger-pg', 'tax_calc'])
  })
  test('a house has its number, and a league or group its letter', () => {
    expect(names(find(COARSE, 'The architect of 250 Delaware Avenue in Buffalo had once played in Serie A for Torvale.', 'Torvale met Orlane in Group A.')))
      .toEqual(['250 Delaware Avenue', 'Buffalo', 'Serie A', 'Torvale', 'Torvale', 'Orlane', 'Group A'])
    // A year is none of them, nor is an article, nor a letter before another name.
    expect(names(find(COARSE, 'In 2008 Torvale Tower burned.', 'In Lagos a bank failed.', 'He met Maria A. Keller and I. Newton.'))).toEqual(['Torvale Tower', 'Lagos', 'Maria A. Keller', 'I. Newton'])
  })
  test('what stands before a hyphen is the name', () => {
    expect(names(find(COARSE, 'It hired a Boston-based firm.'))).toEqual(['Boston'])
  })
  test('titles in quotation marks are works', () => {
    const mentions = find(COARSE, 'She wrote “The Long Way Home” in a year.')
    expect(named(mentions, 'The Long Way Home')).toMatchObject({ kind: 'name', coarse: 'MISC' })
  })
  test('coarse types come from words inside and around the name', () => {
    const mentions = find(COARSE, 'Marta Olsen works for Brightwater Logistics GmbH near Lake Vostra, and Harlan Kerr, a painter, lives in Ghent.')
    expect(['Marta Olsen', 'Brightwater Logistics GmbH', 'Lake Vostra', 'Harlan Kerr', 'Ghent'].map(text => named(mentions, text).coarse)).toEqual(['PER', 'ORG', 'LOC', 'PER', 'LOC'])
  })
})

describe('types', () => {
  const systems = ontologyOf({
    System: { description: 'A program that people use: an application, platform or service.' }, DataStore: { parents: ['System'], description: 'A database, warehouse or archive that holds data.' },
    Team: { description: 'A named group of staff.' }, Person: { ner: ['PER'] }, Supplier: { ner: ['ORG'], description: 'An outside company.' },
  })
  test('the noun of an apposition picks the type', () => {
    expect(named(find(systems, 'Marrow, our billing engine, failed.'), 'Marrow').types[0]).toBe('System')
    expect(named(find(systems, 'The ledger-pg database was moved.'), 'ledger-pg').types[0]).toBe('DataStore')
  })
  test('the head word inside a name picks the type', () => {
    const airports = ontologyOf({ Airport: { description: 'An airport.', ner: ['LOC'] }, City: { description: 'A city.', ner: ['LOC'] } })
    expect(named(find(airports, 'They landed at Logan Airport near the city of Boston.'), 'Logan Airport').types[0]).toBe('Airport')
    expect(named(find(airports, 'They landed at Logan Airport near the city of Boston.'), 'Boston').types[0]).toBe('City')
  })
  test('without a hint in the ontology a name may have all types', () => {
    const bare = ontologyOf({ Painter: {}, Painting: {} })
    expect([...named(find(bare, 'We saw Harlan Kerr in Ghent.'), 'Harlan Kerr').types].sort()).toEqual(['Painter', 'Painting'])
  })
  test('a name without evidence may have the types without hints', () => {
    expect(named(find(systems, 'We replaced Zorblat.'), 'Zorblat').types).toEqual(expect.arrayContaining(['System', 'DataStore', 'Team']))
  })
  test('a noun phrase gets the types that its head noun points to', () => {
    expect(named(find(systems, 'We moved the old warehouse.'), 'the old warehouse')).toMatchObject({ kind: 'nominal', types: ['DataStore'] })
  })
})

describe('overlaps', () => {
  const companies = ontologyOf({
    Company: { ner: ['ORG'], gazetteer: [{ id: 'C1', name: 'Acme', aliases: ['Acme Widgets'] }, { id: 'C2', name: 'York', aliases: [] }] },
    Ticket: { patterns: ['\\bINC-\\d{4}\\b'] }, Place: { ner: ['LOC'] },
  })
  test('a listed name wins and keeps its key; a legal form joins it', () => {
    expect(named(find(companies, 'He joined Acme Corp in May 2010.'), 'Acme Corp')).toMatchObject({ finder: 'gazetteer', masterId: 'C1', types: ['Company'] })
  })
  test('a listed word inside the longer name of something else is no match', () => {
    expect(find(companies, 'He moved to New York soon.').some(mention => mention.masterId === 'C2')).toBe(false)
  })
  test('a listed word that a person is called by as well is no match, but for a listed person', () => {
    const corvane = ontologyOf({ Company: { ner: ['ORG'], gazetteer: [{ id: 'C1', name: 'Corvane', aliases: [] }] }, Person: { ner: ['PER'] } })
    expect(find(corvane, 'Aurel Corvane spoke of her work.').map(mention => [mention.text, mention.masterId]).slice(0, 1)).toEqual([['Aurel Corvane', undefined]])
    const people = ontologyOf({ Person: { ner: ['PER'], gazetteer: [{ id: 'P1', name: 'Corvane', aliases: [] }] } })
    expect(find(people, 'Mr Aurel Corvane spoke of his work.').some(mention => mention.masterId === 'P1')).toBe(true)
  })
  test('patterns win over names and numbers', () => {
    expect(named(find(companies, 'We closed INC-4410 today.'), 'INC-4410')).toMatchObject({ finder: 'pattern', types: ['Ticket'] })
  })
  test('a month that is a date is no name', () => {
    expect(named(find(companies, 'He came on 3 May 1990.'), '3 May 1990')).toMatchObject({ kind: 'literal', literal: { kind: 'date', value: '1990-05-03' } })
  })
  test('other languages get names and patterns of the ontology only', () => {
    const document = documentOf(['Acme kaufte am 3 Mai die Firma Bolte, siehe INC-4410.'], 'de')
    expect(findMentions(document, compileFinders(companies)).map(({ text, finder }) => [text, finder])).toEqual([['Acme', 'gazetteer'], ['INC-4410', 'pattern']])
  })
  test('pattern matches of a type that no relation takes are string values where some relation takes strings', () => {
    const strings = ontologyOf({ Airport: { ner: ['LOC'] }, RunwayName: { patterns: ['\\b\\d\\d/\\d\\d\\b'] } }, { RUNWAY: {
      name: 'RUNWAY', label: 'runway', description: '', domain: ['Airport'], range: ['string'], literal: 'string', aliases: [], symmetric: false, transitive: false, irreflexive: false, acyclic: false, functional: false, examples: [], negatives: [],
    } })
    expect(named(find(strings, 'Runway 09/27 of Logan Airport is closed.'), '09/27').literal).toEqual({ kind: 'string', value: '09/27' })
  })
})

test('pronouns carry agreement, and `her` in a phrase stands beside it', () => {
  const mentions = find(COARSE, 'Ada met her brother, who said they like it.')
  expect(mentions.filter(mention => mention.kind === 'pronoun').map(mention => mention.text)).toEqual(['her', 'who', 'they', 'it'])
  expect(named(mentions, 'her brother')).toMatchObject({ kind: 'nominal', agreement: { gender: 'male', number: 'singular' } })
})

test('spans say what they claim, are sorted, stay in their sentence, and names and literals are flat', () => {
  const words = fc.constantFrom('Ada', 'Lovelace', 'the', 'company', 'of', 'Acme', 'Inc.', 'in', '1990', 'May', '“', '”', '(', ')', ',', 'and', 'he', 'said', 'São', 'Paulo', "'s", 'U.S.', '&', 'iPhone', 'x-y', '12 %', '-', '😀', 'Dr.', 'who')
  fc.assert(fc.property(fc.array(fc.array(words, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }), lines => {
    const document = documentOf(lines.map(line => line.join(' ')))
    const mentions = findMentions(document, compileFinders(COARSE))
    expect(findMentions(document, compileFinders(COARSE))).toEqual(mentions)
    let flatEnd = 0
    let last = 0
    for (const mention of mentions) {
      const sentence = document.sentences[mention.sentence]!
      expect(document.text.slice(mention.start, mention.end)).toBe(mention.text)
      expect(mention.text.trim()).toBe(mention.text)
      expect(mention.start).toBeGreaterThanOrEqual(Math.max(last, sentence.start))
      expect(mention.end).toBeLessThanOrEqual(sentence.end)
      last = mention.start
      if (mention.kind === 'name' || mention.kind === 'literal') {
        expect(mention.start).toBeGreaterThanOrEqual(flatEnd)
        flatEnd = mention.end
      }
    }
  }), { numRuns: 60 })
})

describe('nominals', () => {
  const film = async (count: number, head: (k: number) => string): Promise<Mention> => {
    const { ontology } = await parseOntology(`
name: films
version: 1.0.0
types: { Film: { description: "A film." }, Person: { ner: [PER] } }
relations: { DIRECTOR: { domain: Film, range: Person, examples: ${JSON.stringify(Array.from({ length: count }, (_, k) => `<h>${head(k)}</h> was directed by <t>Ada Holm</t> in ${1900 + k}.`))} } }
`, 'films.yaml', async () => '')
    return named(find(compileOntology(ontology!), 'Ada Holm directed the film.'), 'the film')
  }

  test('may stand for things without a name until examples show that all have one', async () => {
    expect((await film(0, () => '')).unnamed).toBe(true)
    expect((await film(5, (k) => `Night Ferry ${k}`)).unnamed).toBe(true)
    expect((await film(40, (k) => `Night Ferry ${k}`)).unnamed).toBeUndefined()
    expect((await film(40, (k) => (k % 5 === 0 ? 'the documentary' : `Night Ferry ${k}`))).unnamed).toBe(true)
  })
})
