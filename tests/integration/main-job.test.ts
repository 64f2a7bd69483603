// The main job through the command line, on both stores.
import { rmSync } from 'node:fs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../graph/index.ts'
import type { RunReport } from '../../runs/index.ts'
import { collection, graphloom, jsonLines, lines, ONTOLOGY, workFolder, write } from './graphloom.ts'

const cwd = workFolder()
const records = collection(60)
let reference = ''

const ingest = (store: string, corpus = 'corpus.jsonl', extra: readonly string[] = [], killAfter?: number) =>
  graphloom(['ingest', corpus, '--ontology', 'ontology.yaml', '--field-map', 'id=id,text=text', '--store', store, '--report', 'report.json', '--workers', '1', ...extra], { cwd, ...(killAfter ? { killAfter } : {}) })
const exported = async (store: string, ...extra: string[]) => (await graphloom(['export', '--store', store, ...extra], { cwd })).stdout
const report = () => JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as RunReport

beforeAll(async () => {
  write(cwd, 'ontology.yaml', ONTOLOGY)
  write(cwd, 'corpus.jsonl', jsonLines(records))
  const { code, stderr } = await ingest('sqlite:reference.db')
  expect(code, stderr).toBe(0)
  reference = await exported('sqlite:reference.db')
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

describe('the main job', () => {
  it('accounts for every record and every character', () => {
    const { documents, characters } = report()
    expect(documents).toMatchObject({ read: 60, done: 60, unchanged: 0, failed: 0 })
    expect(characters.in).toBe(records.reduce((sum, { text }) => sum + text.length, 0))
    expect(characters.seen).toBe(characters.in)
  })

  it('exports facts sorted by id, each with evidence that quotes its document', () => {
    const facts = lines(reference) as Fact[]
    expect(facts.length).toBeGreaterThan(20)
    expect(facts.map(({ id }) => id)).toEqual(facts.map(({ id }) => id).sort())
    for (const fact of facts) {
      expect(fact.evidence.length).toBeGreaterThan(0)
      for (const evidence of fact.evidence) {
        const text = records.find(({ id }) => id === evidence.record)?.text ?? ''
        expect(text.slice(evidence.start, evidence.end)).toBe(evidence.quote)
        expect(text.slice(evidence.head.start, evidence.head.end)).toBe(evidence.head.text)
        expect(text.slice(evidence.tail.start, evidence.tail.end)).toBe(evidence.tail.text)
      }
    }
  })

  it('states what the text states and nothing about a person who only read a book', () => {
    const accepted = (lines(reference) as Fact[]).filter(({ status }) => status === 'accepted')
    expect(accepted.filter(({ relation }) => relation === 'WORKS_FOR').length).toBeGreaterThan(5)
    const quotes = accepted.filter(({ relation }) => relation === 'WORKS_FOR').flatMap(({ evidence }) => evidence.map(({ quote }) => quote))
    expect(quotes.filter((quote) => quote.includes('read a book about') && !quote.includes('joined'))).toEqual([])
  })

  it('writes nothing the second time', async () => {
    expect((await ingest('sqlite:reference.db')).code).toBe(0)
    expect(report().documents).toMatchObject({ read: 60, done: 0, unchanged: 60, failed: 0 })
    expect(report().writes).toEqual({ created: 0, updated: 0, deleted: 0 })
  })

  it('gives the same export for shuffled lines', async () => {
    const shuffled = workFolder()
    write(shuffled, 'corpus.jsonl', jsonLines([...records].sort((a, b) => (a.text < b.text ? 1 : -1))))
    await ingest('sqlite:shuffled.db', join(shuffled, 'corpus.jsonl'))
    expect(await exported('sqlite:shuffled.db')).toBe(reference)
    rmSync(shuffled, { recursive: true, force: true })
  })

  it('gives the same export after three kills', async () => {
    for (const killAfter of [900, 1500, 2200]) await ingest('sqlite:killed.db', 'corpus.jsonl', [], killAfter)
    expect((await ingest('sqlite:killed.db')).code).toBe(0)
    expect(await exported('sqlite:killed.db')).toBe(reference)
  })

  it('changes exactly the facts of a changed record, and back', async () => {
    const changed = records.map((record) => (record.id === 'r7' ? { ...record, text: 'Nobody knows anything about it.' } : record))
    const folder = workFolder()
    write(folder, 'corpus.jsonl', jsonLines(changed))
    await ingest('sqlite:changed.db')
    await ingest('sqlite:changed.db', join(folder, 'corpus.jsonl'))
    expect(report().documents).toMatchObject({ done: 1, unchanged: 59 })
    await ingest('sqlite:fresh.db', join(folder, 'corpus.jsonl'))
    expect(await exported('sqlite:changed.db')).toBe(await exported('sqlite:fresh.db'))
    await ingest('sqlite:changed.db')
    expect(await exported('sqlite:changed.db')).toBe(reference)
    rmSync(folder, { recursive: true, force: true })
  })

  it('leaves nothing after all documents are retracted', async () => {
    await ingest('sqlite:gone.db')
    const { code } = await graphloom(['retract', ...records.map(({ id }) => `corpus.jsonl#${id}`), '--ontology', 'ontology.yaml', '--store', 'sqlite:gone.db'], { cwd })
    expect(code).toBe(0)
    expect(await exported('sqlite:gone.db')).toBe('')
    expect(await exported('sqlite:gone.db', '--what', 'entities')).toBe('')
  })
})

describe('the main job on Neo4j', () => {
  const neo4j = process.env['GRAPHLOOM_TEST_NEO4J'] ?? ''
  const name = 'main-job'

  it('gives the same export, directly and by push', async () => {
    expect(neo4j, 'GRAPHLOOM_TEST_NEO4J is not set: run npm test, which starts a Neo4j').not.toBe('')
    await graphloom(['retract', '--all', '--ontology', 'ontology.yaml', '--store', neo4j, '--collection', name], { cwd })
    expect((await ingest(neo4j, 'corpus.jsonl', ['--collection', name])).code).toBe(0)
    await ingest('sqlite:named.db', 'corpus.jsonl', ['--collection', name])
    const want = await exported('sqlite:named.db')
    expect(want).not.toBe('')
    expect(await exported(neo4j, '--collection', name)).toBe(want)
    expect((await graphloom(['retract', '--all', '--ontology', 'ontology.yaml', '--store', neo4j, '--collection', name], { cwd })).code).toBe(0)
    expect(await exported(neo4j, '--collection', name)).toBe('')
    expect((await graphloom(['push', '--from', 'sqlite:named.db', '--to', neo4j], { cwd })).code).toBe(0)
    expect(await exported(neo4j, '--collection', name)).toBe(want)
  })
})
