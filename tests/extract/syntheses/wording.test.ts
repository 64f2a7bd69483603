import { describe, expect, it } from 'vitest'
import { framesOf } from '../../../extract/syntheses/frames.ts'
import { phrasesOf } from '../../../extract/syntheses/wording.ts'
import { compileOntology, parseOntology } from '../../../ontology/index.ts'

const types = 'types: { Person: { ner: [PER] }, Company: { ner: [ORG] }, City: { ner: [LOC] }, Thing: {} }'

async function phrases(label: string, aliases: readonly string[], domain: string, range: string) {
  const yaml = `name: x\nversion: 1.0.0\n${types}\nrelations: { R: { label: ${JSON.stringify(label)}, aliases: ${JSON.stringify(aliases)}, domain: ${domain}, range: ${range}, description: "The head and the tail." } }`
  const ontology = compileOntology((await parseOntology(yaml, 'x.yaml', async () => '')).ontology!)
  const relation = ontology.ontology.relations['R']!
  return { relation, found: phrasesOf(relation, ontology) }
}
const one = async (label: string, alias: string, domain: string, range: string) => (await phrases(label, [alias], domain, range)).found.find(({ words }) => alias.endsWith(words))

describe('the wording of a relation', () => {
  it.each([
    ['works for', 'verb'], ['reports to', 'verb'], ['owns', 'verb'], ['joined', 'verb'], ['has its seat in', undefined], ['was born in', 'state'], ['is run by', 'state'], ['acquired by', 'state'], ['based in', 'state'],
    ['capital of', 'kind'], ['next to', 'state'], ['owner', 'role'], ['date of birth', 'role'], ['since', undefined], ['', undefined], ['head-on (collision) with', undefined],
  ])('"%s" is a %s', async (label, shape) => {
    expect((await phrases(label || 'x', [], 'Thing', 'Thing')).found.filter(({ words }) => label.endsWith(words) && label !== '')[0]?.shape).toBe(shape)
  })

  it.each([
    ['founded by', 'founder of', 'Company', 'Person', true],
    ['founded by', 'co-founded', 'Company', 'Person', true],
    ['founded by', 'set up by', 'Company', 'Person', false],
    ['employed by', 'joined', 'Person', 'Company', false],
    ['employed by', 'works for', 'Person', 'Company', false],
    ['acquired', 'acquired by', 'Company', 'Company', true],
    ['acquired', 'bought', 'Company', 'Company', false],
    ['led by', 'director of', 'Company', 'Person', true],
    ['led by', 'director', 'Company', 'Person', false],
  ])('of a relation "%s" the alias "%s" (%s to %s) is turned: %s', async (label, alias, domain, range, turned) => {
    expect((await one(label, alias, domain, range))?.reversed).toBe(turned)
  })

  it('keeps silent where nothing tells the direction', async () => {
    expect(await one('related to', 'parent of', 'Person', 'Person')).toBeUndefined()
  })

  it('gives templates in which each end stands once', async () => {
    const { relation, found } = await phrases('works for', ['employer', 'based at', 'member of', 'hired by'], 'Person', 'Company')
    const frames = framesOf(relation, found, { headWord: 'person', headIsPerson: true, tailIsPerson: false })
    expect(frames.length).toBeGreaterThan(40)
    for (const { template } of frames) for (const end of ['‹H›', '‹T›']) expect(template.split(end)).toHaveLength(2)
  })
})
