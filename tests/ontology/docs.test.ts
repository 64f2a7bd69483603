// The snippets of the guide are run, so that it cannot say what is not so.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readExamples } from '../../ontology/examples.ts'
import { parseOntology, RESERVED_NAMES } from '../../ontology/index.ts'
import { startReport } from '../../ontology/report.ts'

const guide = readFileSync('docs/ontology.md', 'utf8')
const blocks = (language: string) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, block]) => block!)

it.each(blocks('yaml').map((block, index) => [index + 1, block] as const))('has a yaml snippet %i without a problem', async (_, block) => {
  const { ontology, problems } = await parseOntology(block, 'docs/ontology.md', async () => blocks('csv')[0]!)
  expect(problems).toEqual([])
  expect(ontology).toBeDefined()
})

it('has examples that are examples', () => {
  const report = startReport()
  const examples = readExamples(blocks('jsonl')[0]!, 'docs/ontology.md', report)
  expect(report.problems).toEqual([])
  expect(examples.map(({ text, head, tail }) => [text.slice(...head), text.slice(...tail)])).toEqual([['Ada Lovelace', 'Acme Corp'], ['Ada Lovelace', 'Acme Corp']])
})

it('names every reserved name', () => {
  for (const name of [...RESERVED_NAMES.type, ...RESERVED_NAMES.relation]) expect(guide).toContain(`\`${name}\``)
})
