// Nine failures that users of comparable systems reported in public, each as a test of ours.
import { rmSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { Fact } from '../../graph/index.ts'
import type { RunReport } from '../../runs/index.ts'
import { graphloom, jsonLines, lines, ONTOLOGY, workFolder, write } from '../integration/graphloom.ts'

const cwd = workFolder()
afterAll(() => rmSync(cwd, { recursive: true, force: true }))
let runs = 0

async function run(texts: readonly string[], ontology = ONTOLOGY, extra: readonly string[] = []): Promise<{ report: RunReport; facts: Fact[]; entities: { id: string }[] }> {
  const name = `run${runs++}`
  write(cwd, `${name}.yaml`, ontology)
  write(cwd, `${name}.jsonl`, jsonLines(texts.map((text, id) => ({ id: String(id), text }))))
  const store = ['--store', `sqlite:${name}.db`]
  const outcome = await graphloom(['ingest', `${name}.jsonl`, '--ontology', `${name}.yaml`, ...store, '--workers', '1', '--json', ...extra], { cwd })
  expect(outcome.code, outcome.stderr).toBe(0)
  return {
    report: JSON.parse(outcome.stdout) as RunReport,
    facts: lines((await graphloom(['export', ...store], { cwd })).stdout) as Fact[],
    entities: lines((await graphloom(['export', '--what', 'entities', ...store], { cwd })).stdout) as { id: string }[],
  }
}

const named = (facts: readonly Fact[], relation: string) => facts.filter((fact) => fact.relation === relation)
  .map(({ head, tail }) => `${head.name} -> ${'literal' in tail ? tail.value : tail.name}`).sort()
const STATED = ['Maria Keller joined Borealis Corp as an engineer.', 'Tamarind Ltd is headquartered in Paris.', 'Quillon GmbH was founded in 1970.']

describe('public failures of comparable systems', () => {
  it('1 sees the end of a long text: characters seen = characters in', async () => {
    const filler = 'The weather was mild and nothing of note was decided that afternoon. '.repeat(240)
    const { report, entities } = await run([`${STATED[0]} ${filler} ${STATED[1]}`])
    expect(report.characters.in).toBeGreaterThan(16_000)
    expect(report.characters.seen).toBe(report.characters.in)
    expect(JSON.stringify(entities)).toContain('Tamarind Ltd')
  })

  it('2 warns when typed mentions stand in a document and no pair of them could be made', async () => {
    const noFit = ONTOLOGY.replace(/ {2}WORKS_FOR:[\s\S]*$/u, '  OWNS: { label: owns, description: "The head owns the tail.", domain: Place, range: Place }\n')
    const { report } = await run(['Maria Keller joined Borealis Corp as an engineer.'], noFit)
    expect(report.warnings.length).toBeGreaterThan(0)
  })

  it('3 takes thresholds from calibration: a higher target precision accepts a subset', async () => {
    const accepted = async (precision: string) => new Set((await run(STATED, ONTOLOGY, ['--precision', precision])).facts.filter(({ status }) => status === 'accepted').map(({ head, relation, tail }) => `${head.name}${relation}${JSON.stringify(tail)}`.replace(/ent:\w+/gu, '')))
    const strict = await accepted('0.99')
    const lenient = await accepted('0.5')
    for (const fact of strict) expect(lenient).toContain(fact)
    expect(lenient.size).toBeGreaterThan(0)
  })

  it('4 says so when an ontology has types but no relations', async () => {
    write(cwd, 'no-relations.yaml', ONTOLOGY.replace(/relations:[\s\S]*$/u, 'relations: {}\n'))
    const { stdout } = await graphloom(['ontology', 'check', 'no-relations.yaml'], { cwd })
    expect(stdout).toMatch(/no relations/iu)
  })

  it('5 does not take co-occurrence for a relation', async () => {
    const unrelated = [
      'John Smith read a book about Apple Inc.', 'Maria Keller met a friend outside the shop of Borealis Corp.', 'Emma Clarke sued Tamarind Ltd over the noise.',
      'David Miller bought a phone made by Vantor Inc.', 'Peter Walsh praised Merrow Ltd in his newspaper column.', 'Susan Howard drove past Solvex Corp on her way home.',
      'Thomas Reed wrote a poem that mentions Ostara GmbH twice.', 'Anna Fischer and Pelican Inc stand on the same list of donors.', 'George Hill lost money with shares of Borealis Corp.',
      'Laura Bennett complained to Quillon GmbH about a late parcel.', 'James Porter inspected Tamarind Ltd for the tax office.', 'Maria Keller photographed the tower of Vantor Inc.',
      'Emma Clarke asked a question about Merrow Ltd at the meeting.', 'David Miller refused to speak about Solvex Corp.', 'Peter Walsh dreamt of Ostara GmbH.',
      'Susan Howard walked her dog near Pelican Inc.', 'Thomas Reed translated a leaflet that names Borealis Corp.', 'Anna Fischer quoted a report on Quillon GmbH.',
      'George Hill did not join Tamarind Ltd.', 'Laura Bennett may work for Vantor Inc one day.',
    ]
    const { facts } = await run(unrelated)
    expect(facts.filter(({ relation, status }) => relation === 'WORKS_FOR' && status === 'accepted').length).toBeLessThanOrEqual(2)
  })

  it('6 uses descriptions: another description, other scores', async () => {
    const bare = (description: string) => ONTOLOGY.replace(/ {2}WORKS_FOR:[\s\S]*$/u, `  RELATED: { label: related, description: "${description}", domain: Person, range: Company }\n`)
    const scores = async (description: string) => (await run(STATED, bare(description), ['--precision', '0.01'])).facts.map(({ score }) => score)
    expect(await scores('The head joined the tail as an engineer.')).not.toEqual(await scores('The head sold fish to the tail.'))
  })

  it('7 gives the same facts under 1,000 further relations of other types', async () => {
    const more = Array.from({ length: 1000 }, (_, i) => `  FILLER_${i}: { label: filler ${i}, description: "The head is of kind ${i} for the tail.", domain: Mineral, range: Mineral }\n`).join('')
    const wide = ONTOLOGY.replace('relations:\n', `  Mineral: { description: "A mineral.", names: [quartzite] }\nrelations:\n${more}`)
    const facts = (found: readonly Fact[]) => found.filter(({ status }) => status === 'accepted').map(({ head, relation, tail }) => `${head.name} ${relation} ${'literal' in tail ? tail.value : tail.name}`).sort()
    expect(facts((await run(STATED, wide)).facts)).toEqual(facts((await run(STATED)).facts))
  })

  it('8 reads back the ids that it wrote: every end of a fact is an exported entity', async () => {
    const { facts, entities } = await run(STATED)
    const known = new Set(entities.map(({ id }) => id))
    expect(facts.length).toBeGreaterThan(0)
    for (const { head, tail } of facts) {
      expect(known).toContain(head.id)
      if (!('literal' in tail)) expect(known).toContain(tail.id)
    }
  })

  it('9 keeps direction, and states a symmetric relation once', async () => {
    const spouses = `${ONTOLOGY}  MARRIED_TO: { label: married to, description: "The head is the husband or wife of the tail.", domain: Person, range: Person, symmetric: true, irreflexive: true, examples: ["<h>Paul Young</h> married <t>Rita Moss</t>.", "<h>Karl Voss</h> is married to <t>Ines Lang</t>.", "<h>Ruth Ames</h> and her husband <t>Otto Ames</t> live here."], negatives: ["<h>Paul Young</h> met <t>Ines Lang</t>."] }\n` +
      '  TAUGHT: { label: taught, description: "The head was the teacher of the tail.", domain: Person, range: Person, examples: ["<h>Paul Young</h> taught <t>Rita Moss</t>.", "<t>Karl Voss</t> was taught by <h>Ines Lang</h>.", "<h>Ruth Ames</h> was the teacher of <t>Otto Lind</t>."] }\n'
    const { facts } = await run(['Maria Keller married David Miller.', 'Emma Clarke taught Thomas Reed.'], spouses, ['--precision', '0.3'])
    expect(named(facts, 'MARRIED_TO').length).toBeLessThanOrEqual(1)
    const taught = facts.filter(({ relation }) => relation === 'TAUGHT').map(({ head, score }) => ({ head: head.name, score }))
    const best = taught.sort((a, b) => b.score - a.score)[0]
    if (best) expect(best.head).toBe('Emma Clarke')
  })
})
