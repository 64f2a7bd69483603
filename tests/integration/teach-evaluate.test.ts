// teach and evaluate through the command line.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphloom, ONTOLOGY, workFolder, write } from './graphloom.ts'

const cwd = workFolder()
const gold = [
  { id: '1', text: 'Maria Keller joined Borealis Corp as an engineer.', triples: [{ relation: 'WORKS_FOR', head: { names: ['Maria Keller'] }, tail: { names: ['Borealis Corp'] } }] },
  { id: '2', text: 'Tamarind Ltd is headquartered in Madrid.', triples: [{ relation: 'HEADQUARTERED_IN', head: { names: ['Tamarind Ltd'] }, tail: { names: ['Madrid'] } }] },
  { id: '3', text: 'James Porter read a book about Vantor Inc.', triples: [] },
]

beforeAll(() => {
  write(cwd, 'ontology.yaml', ONTOLOGY)
  write(cwd, 'gold.jsonl', gold.map((line) => `${JSON.stringify(line)}\n`).join(''))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

describe('graphloom teach', () => {
  it('prints leave-one-out quality, operating points and what a relation is confused with', async () => {
    const { code, stdout, stderr } = await graphloom(['teach', 'WORKS_FOR', '--ontology', 'ontology.yaml', '--json'], { cwd })
    expect(code, stderr).toBe(0)
    const lesson = JSON.parse(stdout) as Record<string, unknown>
    expect(lesson).toMatchObject({ relation: 'WORKS_FOR', positives: 4 })
    expect(lesson['operatingPoints']).toHaveLength(4)
    expect((await graphloom(['teach', 'WORKS_FOR', '--ontology', 'ontology.yaml'], { cwd })).stdout).toMatch(/Each left out in turn: precision \d+ %/)
  })

  it('says which relations there are when the name is wrong', async () => {
    const { code, stderr } = await graphloom(['teach', 'WORKS_FRO', '--ontology', 'ontology.yaml'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('WORKS_FOR')
  })
})

describe('graphloom evaluate', () => {
  it('counts right, wrong and missed triples and writes a page with a reliability diagram', async () => {
    const { code, stdout, stderr } = await graphloom(['evaluate', '--gold', 'gold.jsonl', '--ontology', 'ontology.yaml', '--precision', '0.6', '--out', 'report', '--json'], { cwd })
    expect(code, stderr).toBe(0)
    const { documents, strict } = JSON.parse(stdout) as { documents: number; strict: { right: number; missed: number } }
    expect([documents, strict.right + strict.missed]).toEqual([3, 2])
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'))).toMatchObject({ documents: 3, ontology: 'companies@1.0.0' })
    expect(readFileSync(join(cwd, 'report.html'), 'utf8')).toContain('<svg')
  })

  it('takes the texts from a corpus and says how many gold lines have none', async () => {
    write(cwd, 'bare.jsonl', gold.map(({ id, triples }) => `${JSON.stringify({ id, triples })}\n`).join(''))
    write(cwd, 'corpus.jsonl', gold.slice(0, 2).map(({ id, text }) => `${JSON.stringify({ id, text })}\n`).join(''))
    const { code, stdout, stderr } = await graphloom(['evaluate', '--gold', 'bare.jsonl', '--corpus', 'corpus.jsonl', '--ontology', 'ontology.yaml'], { cwd })
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('1 of 3 gold lines')
    expect(stdout).toContain('2 documents')
  })

  it('refuses a gold file that names unknown relations', async () => {
    write(cwd, 'wrong.jsonl', '{"id":"1","text":"x","triples":[{"relation":"HATES","head":{"names":["a"]},"tail":{"names":["b"]}}]}\n')
    const { code, stderr } = await graphloom(['evaluate', '--gold', 'wrong.jsonl', '--ontology', 'ontology.yaml'], { cwd })
    expect(code).not.toBe(0)
    expect(stderr).toContain('"HATES"')
    expect(existsSync(join(cwd, 'wrong.html'))).toBe(false)
  })
})
