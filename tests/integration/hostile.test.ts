// Bad input: a clear reason for each, the rest done, a fitting exit code.
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunReport } from '../../runs/index.ts'
import { zipOf } from '../fixtures/zip.ts'
import { graphloom, ONTOLOGY, workFolder, write } from './graphloom.ts'

const cwd = workFolder()
const FAILURES = [
  ['binary.txt', 'ingest.binary'],
  ['bomb.zip!/bomb.txt', 'ingest.archive-limit'],
  ['broken.zip', 'ingest.damaged'],
  ['climbing.zip!/../../climbed.txt', 'ingest.unsafe-name'],
  ['cyclic.zip!/cyclic.zip!/cyclic.zip!/cyclic.zip', 'ingest.archive-limit'],
  ['empty.txt', 'ingest.empty'],
  ['encoding.jsonl', 'ingest.encoding'],
  ['half.jsonl', 'ingest.invalid-json'],
  ['long.jsonl', 'ingest.too-large'],
  ['truncated.pdf', 'ingest.damaged'],
]
beforeAll(() => {
  write(cwd, 'ontology.yaml', ONTOLOGY)
  mkdirSync(join(cwd, 'in'))
  write(join(cwd, 'in'), 'good.txt', 'Maria Keller joined Borealis Corp as an engineer.')
  write(join(cwd, 'in'), 'it\'s "quoted".txt', 'Tamarind Ltd is headquartered in Paris.')
  write(join(cwd, 'in'), 'empty.txt', '')
  write(join(cwd, 'in'), 'binary.txt', Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i % 13)) % 256))
  write(join(cwd, 'in'), 'truncated.pdf', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog')
  write(join(cwd, 'in'), 'broken.zip', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]))
  write(join(cwd, 'in'), 'half.jsonl', '{"id":"1","text":"Quillon GmbH was founded in 1970."}\n{"id":"2","text":\n')
  write(join(cwd, 'in'), 'bomb.zip', zipOf({ 'bomb.txt': Buffer.alloc(40 * 2 ** 20, 'a') }))
  write(join(cwd, 'in'), 'cyclic.zip', [1, 2, 3, 4].reduce((inner) => zipOf({ 'cyclic.zip': inner }), zipOf({ 'a.txt': 'Deep down.' })))
  write(join(cwd, 'in'), 'climbing.zip', zipOf({ '../../climbed.txt': 'Out of the folder.' }))
  write(join(cwd, 'in'), 'encoding.jsonl', Buffer.from('7b2274657874223a22636166e9227d0a', 'hex'))
  write(join(cwd, 'in'), 'long.jsonl', Buffer.concat([Buffer.from('{"id":"1","text":"'), Buffer.alloc(50 * 2 ** 20, 'a'), Buffer.from('"}\n{"id":"2","text":"Pelican Inc is headquartered in Rome."}\n')]))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

it('lists each bad file with a code and a reason, does the rest and exits with 1', async () => {
  const { code, stdout, stderr } = await graphloom(['ingest', 'in', '--ontology', 'ontology.yaml', '--store', 'sqlite:g.db', '--json'], { cwd })
  expect(code, stderr).toBe(1)
  const { documents, failures } = JSON.parse(stdout) as RunReport
  expect(documents).toMatchObject({ done: 4, failed: FAILURES.length })
  expect(failures.map(({ uri, code: failure }) => [uri, failure]).sort()).toEqual(FAILURES)
  expect(existsSync(join(cwd, 'climbed.txt')) || existsSync(join(cwd, '..', 'climbed.txt'))).toBe(false)
  for (const { code: failure, reason } of failures) {
    expect(failure).toMatch(/^ingest\./u)
    expect(reason.length).toBeGreaterThan(15)
  }
})

it('exits with 2 for a wrong ontology and names the line', async () => {
  write(cwd, 'wrong.yaml', ONTOLOGY.replace('description: "The head works', 'descripton: "The head works'))
  const { code, stderr } = await graphloom(['ingest', 'in', '--ontology', 'wrong.yaml'], { cwd })
  expect(code).toBe(2)
  expect(stderr).toContain('descripton')
  expect(stderr).toContain('description')
  expect(stderr).toMatch(/wrong\.yaml:\d+/u)
})

it('exits with 3 when the store cannot be reached', async () => {
  const { code, stderr } = await graphloom(['ingest', 'in', '--ontology', 'ontology.yaml', '--store', 'neo4j://127.0.0.1:9'], { cwd, env: { NEO4J_PASSWORD: 'wrong-password' } })
  expect(code).toBe(3)
  expect(stderr).toContain('127.0.0.1:9')
})

it('exits with 2 for a wrong option and with 3 for an export of no graph', async () => {
  expect((await graphloom(['ingest', 'in'], { cwd })).code).toBe(2)
  expect((await graphloom(['export', '--store', 'sqlite:none.db'], { cwd })).code).toBe(3)
})
