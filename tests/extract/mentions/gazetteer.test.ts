import { expect, test } from 'vitest'
import { compileGazetteer } from '../../../extract/mentions/gazetteer.ts'
import { tokenize } from '../../../extract/mentions/token.ts'
import type { GazetteerEntry, Ontology } from '../../../ontology/index.ts'
import { documentOf, ontologyOf } from './sample.ts'

const ontology = (entries: readonly GazetteerEntry[]): Ontology => ontologyOf({ Company: { gazetteer: entries } }).ontology
const match = (entries: readonly GazetteerEntry[], text: string): string[] => {
  const document = documentOf([text])
  const tokens = tokenize(text, document.sentences[0]!)
  return compileGazetteer(ontology(entries)).match(tokens).map(hit => `${text.slice(tokens[hit.from]!.start, tokens[hit.to - 1]!.end)}=${hit.masterId ?? ''}`)
}

test('the longest name wins', () => {
  expect(match([{ id: '1', name: 'Acme', aliases: [] }, { id: '2', name: 'Acme Corp Europe', aliases: [] }], 'Acme Corp Europe left Acme Corp.')).toEqual(['Acme Corp Europe=2', 'Acme=1'])
})
test('longer names match in any case and without accents', () => {
  expect(match([{ id: '1', name: 'Société Générale', aliases: [] }], 'societe generale and SOCIÉTÉ GÉNÉRALE')).toEqual(['societe generale=1', 'SOCIÉTÉ GÉNÉRALE=1'])
})
test('short names, acronyms and ordinary words match only as written', () => {
  expect(match([{ id: '1', name: 'Ace', aliases: [] }, { id: '2', name: 'WHO', aliases: [] }, { id: '3', name: 'Apple', aliases: [] }], 'who ate an apple with ace? WHO, Apple, Ace.')).toEqual(['WHO=2', 'Apple=3', 'Ace=1'])
})
test('one name with two keys has no key', () => {
  expect(match([{ id: '1', name: 'Delta Group', aliases: [] }, { id: '2', name: 'Delta Group', aliases: [] }], 'Delta Group')).toEqual(['Delta Group='])
})
test('a hundred thousand names are compiled and looked up', () => {
  const entries = Array.from({ length: 100_000 }, (_, index) => ({ id: String(index), name: `Brand ${index.toString(36)} Holdings`, aliases: [] }))
  expect(match(entries, `They bought Brand ${(77_777).toString(36)} Holdings.`)).toEqual([`Brand ${(77_777).toString(36)} Holdings=77777`])
})
