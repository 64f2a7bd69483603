import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isGraphloomError } from '../../errors.ts'
import { loadExamples, loadOntology, parseOntology } from '../../ontology/index.ts'
import { COMPANIES, FILES, ontologyOf, parse } from './fixtures.ts'

describe('reading an ontology', () => {
  it('fills in everything the file says, and every default', async () => {
    const { types, relations, ...rest } = await ontologyOf(COMPANIES)
    expect(rest).toEqual({ name: 'companies', version: '1.2.0', namespace: 'https://example.com/companies#', disjoint: [['Person', 'Organization']] })
    expect(types['Place']).toEqual({ name: 'Place', description: '', parents: [], ner: ['LOC'], gazetteer: [], patterns: [] })
    expect(types['Company']).toMatchObject({ parents: ['Organization'], patterns: ['\\b[A-Z]\\w+ (?:Inc|Ltd|GmbH)\\b'] })
    expect(relations['EMPLOYED_BY']).toEqual({
      name: 'EMPLOYED_BY', label: 'employed by', description: 'The head works, or worked, for the tail.', domain: ['Person'], range: ['Organization'],
      aliases: ['works for', 'joined'], inverse: 'EMPLOYS', symmetric: false, transitive: false, irreflexive: false, acyclic: false, functional: false,
      maxTails: 3, precision: 0.95,
      examples: [{ relation: 'EMPLOYED_BY', text: 'Ada Lovelace joined Acme Corp in 1842.', head: [0, 12], tail: [20, 29], negative: false }],
      negatives: [{ relation: 'EMPLOYED_BY', text: 'Ada Lovelace read a book about Acme Corp.', head: [0, 12], tail: [31, 40], negative: true }],
    })
    expect(relations['FOUNDED_ON']).toMatchObject({ label: 'founded on', range: ['date'], literal: 'date', functional: true })
  })

  it('puts inline names before the rows of the gazetteer file', async () => {
    const { types } = await ontologyOf(COMPANIES)
    expect(types['Company']!.gazetteer).toEqual([
      { name: 'Acme Corp', aliases: [] },
      { name: 'Acme', aliases: [] },
      { id: 'C-1', name: 'Babbage, Sons & Co', aliases: ['Babbage'] },
      { name: 'Difference Ltd', aliases: [] },
    ])
  })

  it('reads examples of one relation from a file that need not name it', async () => {
    const { relations } = await ontologyOf(COMPANIES)
    expect(relations['SPOUSE']!.examples).toEqual([{ relation: 'SPOUSE', text: 'Ada married William.', head: [0, 3], tail: [12, 19], negative: false }])
  })

  it('adds the rows of a top-level file of examples to their relations', async () => {
    const rows = [
      { relation: 'OWNS', text: 'Ada owns Acme.', head: [0, 3], tail: [9, 13] },
      { relation: 'OWNS', text: 'Ada met Acme.', head: [0, 3], tail: [8, 12], negative: true },
      { relation: 'LEADS', text: '<h>Ada</h> leads <t>Acme</t>.' },
    ]
    const files = { ...FILES, 'all.jsonl': rows.map((row) => JSON.stringify(row)).join('\n') }
    const { ontology } = await parse(`${COMPANIES}examples: all.jsonl\n`, files)
    expect(ontology!.relations['OWNS']!.examples.map(({ text }) => text)).toEqual(['Ada owns Acme.'])
    expect(ontology!.relations['OWNS']!.negatives.map(({ text }) => text)).toEqual(['Ada met Acme.'])
    expect(ontology!.relations['LEADS']!.examples[0]).toMatchObject({ text: 'Ada leads Acme.', head: [0, 3], tail: [10, 14] })
  })

  it('reads JSON, tabs included, as it reads YAML', async () => {
    const json = JSON.stringify({ name: 'j', version: '1.0.0', types: { A: { ner: ['PER'] } }, relations: { R: { domain: 'A', range: ['A'], description: 'x' } } }, null, '\t')
    const { ontology, problems } = await parseOntology(json, 'o.json', async () => '')
    expect(problems).toEqual([])
    expect(ontology!.relations['R']).toMatchObject({ domain: ['A'], range: ['A'], label: 'r' })
    expect(ontology!.namespace).toBe('urn:graphloom:j#')
  })

  it('takes names that look like numbers or flags as they are written', async () => {
    const { ontology } = await parse('name: n\nversion: 1.0.0\ntypes:\n  Band: { names: [1984, 1.10, true] }\nrelations:\n  R: { domain: Band, range: Band, description: x }\n')
    expect(ontology!.types['Band']!.gazetteer.map(({ name }) => name)).toEqual(['1984', '1.10', 'true'])
  })

  it('resolves anchors, and refuses one that holds itself', async () => {
    const anchored = 'name: n\nversion: 1.0.0\ntypes:\n  A: &a { ner: [PER] }\n  B: *a\nrelations:\n  R: { domain: A, range: B, description: x }\n'
    expect((await parse(anchored)).ontology!.types['B']!.ner).toEqual(['PER'])
    const { problems } = await parse('name: n\nversion: 1.0.0\ntypes: &t\n  A: *t\n')
    expect(problems[0]).toMatchObject({ code: 'ontology.syntax', severity: 'error' })
  })
})

describe('loading from disk', () => {
  it('finds the files of the ontology beside it, whatever the working folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ontology-'))
    for (const [name, text] of Object.entries({ ...FILES, 'o.yaml': COMPANIES })) await writeFile(join(folder, name), text)
    expect((await loadOntology(join(folder, 'o.yaml'))).types['Company']!.gazetteer).toHaveLength(4)
  })

  it('throws one error that lists every problem with file and line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ontology-'))
    const path = join(folder, 'o.yaml')
    await writeFile(path, 'name: n\nversion: 1.0\ntypes:\n  A: { nre: [PER] }\nrelations:\n  R: { domain: B, range: A }\n')
    const error = await loadOntology(path).catch((thrown: unknown) => thrown)
    expect(isGraphloomError(error, 'ontology.invalid')).toBe(true)
    const lines = (error as Error).message.split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe(`${path}:2: error: The version must be MAJOR.MINOR.PATCH (semver); given: "1.0", try 1.0.0. [ontology.bad-version]`)
    expect(lines[1]).toContain(`${path}:4: error: Unknown key "nre" in type "A". Did you mean "ner"?`)
    expect(lines[2]).toContain(`${path}:6: error: Unknown type "B" in the domain of "R".`)
  })

  it('says when the file is not there', async () => {
    const error = await loadOntology('nowhere/ontology.yaml').catch((thrown: unknown) => thrown)
    expect(isGraphloomError(error, 'ontology.unreadable')).toBe(true)
    expect(isGraphloomError(await loadExamples('nowhere.jsonl').catch((thrown: unknown) => thrown), 'ontology.unreadable')).toBe(true)
  })

  it('loads the bundled examples without an error', async () => {
    const { globSync } = await import('fast-glob').then(({ default: glob }) => ({ globSync: glob.sync }))
    for (const file of globSync('examples/**/*.{yaml,yml}')) {
      if ((await readFile(file, 'utf8')).includes('types:')) await expect(loadOntology(file)).resolves.toBeDefined()
    }
  })
})
