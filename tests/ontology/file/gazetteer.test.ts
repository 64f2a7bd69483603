import { describe, expect, it } from 'vitest'
import { parseOntology } from '../../../ontology/index.ts'
import { readGazetteer } from '../../../ontology/file/gazetteer.ts'

describe('a gazetteer', () => {
  it('has an id, a name and any number of aliases in a row; the header is optional', () => {
    const rows = 'C1,Acme Corp,Acme,"Acme, Inc."\n,Nameless Ltd\n'
    const entries = [{ id: 'C1', name: 'Acme Corp', aliases: ['Acme', 'Acme, Inc.'] }, { name: 'Nameless Ltd', aliases: [] }]
    expect(readGazetteer(rows, 'g.csv')).toEqual({ entries, problems: [] })
    expect(readGazetteer(`\uFEFFID,Name,alias,alias\r\n${rows.replaceAll('\n', '\r\n')}\r\n`, 'g.csv')).toEqual({ entries, problems: [] })
    expect(readGazetteer('C1\tAcme, Corp\n', 'g.tsv').entries).toEqual([{ id: 'C1', name: 'Acme, Corp', aliases: [] }])
  })

  it('joins rows of one id, the first name leading', () => {
    expect(readGazetteer('C1,Acme\nC2,Other\nC1,Acme Corp,Acme,ACME\n', 'g.csv').entries).toEqual([
      { id: 'C1', name: 'Acme', aliases: ['Acme Corp', 'ACME'] }, { id: 'C2', name: 'Other', aliases: [] },
    ])
  })

  it('reports rows without a name and quotes that never close, with their lines', () => {
    expect(readGazetteer('C1,Acme\n\nC2\nC3,,x\n', 'g.csv').problems.map(({ line }) => line)).toEqual([3, 4])
    const broken = readGazetteer('C1,Acme\nC2,"open\n', 'g.csv')
    expect(broken.problems).toHaveLength(1)
    expect(broken.problems[0]!.line).toBeGreaterThan(0)
  })

  it('may have more rows than a function call can have arguments', async () => {
    const csv = Array.from({ length: 200_000 }, (_, index) => `C${index},Company ${index}`).join('\n')
    const { ontology } = await parseOntology('name: n\nversion: 1.0.0\ntypes:\n  A: { names: [Acme], gazetteer: g.csv }\n', 'o.yaml', async () => csv)
    expect(ontology!.types['A']!.gazetteer).toHaveLength(200_001)
  })
})
